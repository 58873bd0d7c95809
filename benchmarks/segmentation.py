"""How well and how fast sentences are found: this engine beside the others that are installed.

    python benchmarks/segmentation.py FOLDER [--differences]

FOLDER holds ``<tag>.treebank.jsonl`` (one paragraph a line: ``{"from", "segments"}``) and
``<tag>.rules.jsonl`` (``{"from", "text", "segments"}``). Prints, for every engine:

- F1 over all gold boundaries of a treebank, and F1 over those after a final mark (the first also
  counts headings and verse, which no punctuation shows);
- rule cases cut exactly, up to white space; segmentation-differences.md says why ours differ;
- MB/s of UTF-8 on one core, the best of five runs over the treebank's paragraphs.

The other engines are imports that may be missing; one that is missing is named. An engine without
rules for a language gets Russian ones (pysbd, punkt); "icu" is PyICU. With ``--differences`` the
rule cases that ours cuts in another way follow.
"""

import importlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

Engine = Callable[[str], Iterable[int]]  # text → where its sentences end, white space aside
NAMES = {"en": "english", "ru": "russian"}
FINAL = re.compile(r"[.!?…][\s\"'”’»“)\]}*_>`]*\Z")


def ours(tag: str) -> Engine:
    from workflow.languages import language
    from workflow.languages.sentences import sentences

    rules = language(tag)
    return lambda text: [end for _, end in sentences(text, rules)]


def placed(cut: Callable[[str], Iterable[str]]) -> Engine:
    """Ends of the pieces of an engine that gives strings."""

    def ends(text: str) -> Iterator[int]:
        at = 0
        for piece in cut(text):
            for char in piece.split():
                found = text.find(char, at)
                at = found + len(char) if found >= 0 else at
            yield at

    ends.cut = cut  # type: ignore[attr-defined]  # its speed is that of cutting alone
    return ends


def nupunkt(_: str) -> Engine:
    from nupunkt import sent_spans

    return lambda text: [end for _, end in sent_spans(text)]


def razdel(_: str) -> Engine:
    from razdel import sentenize

    return lambda text: [piece.stop for piece in sentenize(text)]


def pysbd(tag: str) -> Engine:
    from pysbd import Segmenter
    from pysbd.languages import LANGUAGE_CODES

    return placed(Segmenter(language=tag if tag in LANGUAGE_CODES else "ru", clean=False).segment)


def sentencex(tag: str) -> Engine:
    from sentencex import segment

    return placed(lambda text: segment(tag, text))


def icu(tag: str) -> Engine:
    from icu import BreakIterator, Locale

    breaker = BreakIterator.createSentenceInstance(Locale(tag))

    def ends(text: str) -> list[int]:
        breaker.setText(text)
        return list(breaker)

    return ends


def icu4py(tag: str) -> Engine:
    from icu4py.breakers import SentenceBreaker

    return lambda text: [end for _, end in SentenceBreaker(text, tag).segments()]


def choppa(tag: str) -> Engine:
    import choppa
    from choppa import SrxDocument, SrxTextIterator

    rules = Path(choppa.__file__).parent / "data" / "srx" / "languagetool_segment.srx"
    document = SrxDocument(ruleset=str(rules))
    return placed(lambda text: SrxTextIterator(document, f"{tag}_two", text))


def yasbd(tag: str) -> Engine:
    from yasbd import BoundaryDetector

    return BoundaryDetector(lang=tag).detect


def punkt(tag: str) -> Engine:
    import punkt

    model = punkt.load_model(NAMES.get(tag, "russian"))
    tokenizer = punkt.PunktSentenceTokenizer(model)
    return lambda text: [end for _, end in tokenizer.span_tokenize(text)]


def blingfire(_: str) -> Engine:
    from blingfire import text_to_sentences_and_offsets

    return lambda text: [end for _, end in text_to_sentences_and_offsets(text)[1]]


def segtok(_: str) -> Engine:
    from segtok.segmenter import split_single

    return placed(split_single)


def rusenttokenize(_: str) -> Engine:
    from rusenttokenize import ru_sent_tokenize

    return placed(ru_sent_tokenize)


ENGINES = (
    ours, nupunkt, razdel, pysbd, sentencex, icu, icu4py, choppa, yasbd, punkt, blingfire, segtok,
    rusenttokenize,
)  # fmt: skip


def lines(path: Path) -> list[dict]:
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def gold(segments: list[str]) -> set[int]:
    return {after - 1 for after in accumulate(len(piece) + 1 for piece in segments)}


def found(engine: Engine, text: str) -> set[int]:
    return {len(text[:end].rstrip()) for end in engine(text)}


def f1(pairs: list[tuple[set[int], set[int]]]) -> float:
    right = sum(len(a & b) for a, b in pairs)
    return 200 * right / max(1, sum(len(a) + len(b) for a, b in pairs))


def after_mark(text: str, ends: set[int]) -> set[int]:
    return {end for end in ends if FINAL.search(text[max(0, end - 12) : end])}


def scores(engine: Engine, rows: list[dict]) -> str:
    every, marked = [], []
    for row in rows:
        text = " ".join(row["segments"])
        wanted, got = gold(row["segments"]), found(engine, text)
        every.append((wanted, got))
        marked.append((after_mark(text, wanted), after_mark(text, got)))
    return f"{f1(every):6.2f} {f1(marked):6.2f}"


def passed(engine: Engine, rows: list[dict]) -> Iterator[bool]:
    for row in rows:
        got, start = [], 0
        for end in sorted({*engine(row["text"]), len(row["text"])}):
            got.append(" ".join(row["text"][start:end].split()))
            start = end
        yield [g for g in got if g] == [" ".join(s.split()) for s in row["segments"]]


def speed(engine: Engine, rows: list[dict]) -> float:
    texts = [" ".join(row["segments"]) for row in rows]
    cut = getattr(engine, "cut", engine)
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        for text in texts:
            list(cut(text))
        best = min(best, time.perf_counter() - start)
        if best > 5:
            break
    return sum(len(text.encode()) for text in texts) / best / 1e6


def table(folder: Path, tag: str, engines: list[Callable[[str], Engine]]) -> None:
    rows, cases = lines(folder / f"{tag}.treebank.jsonl"), lines(folder / f"{tag}.rules.jsonl")
    banks = {row["from"]: [r for r in rows if r["from"] == row["from"]] for row in rows}
    if len(banks) > 1:
        banks["all"] = rows
    names = "".join(f"{name.split('-')[0][:13]:>15}" for name in banks)
    print(f"\n{tag:15}{names}  rules   MB/s")
    for load in engines:
        try:
            engine = load(tag)
            figures = "".join(f"  {scores(engine, bank)}" for bank in banks.values())
        except Exception as error:  # what a peer cannot do is a line of the table
            said = " ".join(f"{type(error).__name__}: {error}".split())
            print(f"{load.__name__:15}  {said[:80]}")
            continue
        rules = f"{sum(passed(engine, cases))}/{len(cases)}" if cases else "–"
        print(f"{load.__name__:15}{figures} {rules:>8} {speed(engine, rows):6.2f}", flush=True)


def differences(folder: Path, tag: str) -> None:
    engine = ours(tag)
    cases = lines(folder / f"{tag}.rules.jsonl")
    for case, right in zip(cases, passed(engine, cases), strict=True):
        if not right:
            print(f"{tag}: {' ¦ '.join(' '.join(s.split()) for s in case['segments'])}")


def is_installed(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


def main() -> None:
    folder = Path(sys.argv[1])
    engines = [load for load in ENGINES if load is ours or is_installed(load.__name__)]
    missing = [load.__name__ for load in ENGINES if load not in engines]
    print("not installed:", ", ".join(missing) or "none")
    for tag in ("en", "ru", "kk", "ky"):
        table(folder, tag, engines)
        if "--differences" in sys.argv:
            differences(folder, tag)


if __name__ == "__main__":
    main()
