"""What the most costly patterns that are accepted take on texts made to be slow.

    python benchmarks/patterns.py

Prints, for each pattern, its steps and the microseconds a character of text takes at three lengths
of text: what grows with the length is no constant, and a fault.
"""

from __future__ import annotations

import time

from workflow.terminology.patterns import fold, parse_pattern

PATTERNS = (
    "a{0,200}b",
    "(?:a{0,12}){2}b",
    "(?:a?){8}b",
    "(?:a|a){8}b",
    "(?:a|ab|abc){5}d",
    r"(?:\w{1,9} ){0,3}\w{1,2}b",
    r"(?:a{0,9}){3}b",
    r"(?:a?){11}b",
    r"\d{1,3}(?: \d{3}){0,3}(?:,\d{1,2})?",
)
TEXTS = ("a" * 10, "a ", "ab abc ", "a-", "1 111 ", "aaaaaaaaaaaa ", "aaaaaaaa aaaaaaaaa ")
LENGTHS = (1_000, 10_000, 100_000)


def main() -> None:
    for spelled in PATTERNS:
        pattern = parse_pattern(spelled)
        worst = [0.0] * len(LENGTHS)
        for text in TEXTS:
            for at, length in enumerate(LENGTHS):
                view = fold((text * length)[:length])
                start = time.perf_counter()
                list(pattern.spans(view))
                worst[at] = max(worst[at], (time.perf_counter() - start) / length * 1e6)
        times = " ".join(f"{each:8.3f}" for each in worst)
        print(f"{spelled:45} {pattern.steps:5} steps {times} µs a character")


if __name__ == "__main__":
    main()
