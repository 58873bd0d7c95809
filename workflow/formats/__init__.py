"""Source formats, one a file; each offers ``FORMAT`` (see `workflow.plugins.SourceFormat`).

Files that begin with ``_`` are what the formats share: every format ends in the one reader of
HTML blocks (`workflow.formats._blocks`) or in plain `Block` values of its own.
"""
