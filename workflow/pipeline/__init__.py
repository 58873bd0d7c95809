"""The verbs. Each reads, runs stages, writes; nothing else touches both disk and stages."""
