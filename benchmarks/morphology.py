"""How well each language's inflection is known: recall, refusals, F1, and speed.

    python benchmarks/morphology.py [--lang TAG] [--data FOLDER] [--errors SET]

The data is one file a set, `<lang>.<set>.tsv`: 1 or 0, the citation form, a word, and for a 0 its
kind. A 1 is a form of the term, a `hard` 0 another word that looks alike, a `very-hard` one shares
all but the last letter with it. F1 is that of as many hard negatives as forms, and in brackets
that of all lines. Needs `pip install -e .` and data of that shape.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import random
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from workflow import morphology as package
from workflow.errors import WorkflowError
from workflow.morphology import Morphology

Row = tuple[bool, str, str, str]
DATA = Path(__file__).parents[2] / "shared" / "data" / "morphology"
JUDGED = (
    *("udclean", "apgold", "ud", "unimorph", "multiword", "possessed", "possessed alone"),
    "abbreviations",
)


def strategy(tag: str) -> Callable[[str], Morphology] | None:
    """The first strategy that knows the language."""
    for found in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{found.name}")
        load: Callable[[str], Morphology] | None = getattr(module, "load", None)
        try:
            if load is not None and load(tag):
                return load
        except WorkflowError:
            continue
    return None


def rows(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").splitlines():
        truth, term, form, *rest = line.split("\t")
        yield truth == "1", term, form, (rest or [""])[0] or "hard"


def matches(known: Morphology, name: str, term: str, form: str) -> bool:
    if name == "abbreviations":
        return known.match_abbreviation(term, form) is not None
    # The terms of `possessed` are heads of phrases, or the whole of a term.
    before = ("x",) if name == "possessed" else ()
    return known.match((*before, *term.split()), (*before, *form.split())) is not None


def judge(known: Morphology, tag: str, name: str, path: Path, show: bool) -> None:
    right, seen = Counter[str](), Counter[str]()
    for is_form, term, form, kind in rows(path):
        kind = "form" if is_form else kind
        found = matches(known, name, term, form)
        seen[kind] += 1
        right[kind] += found == is_form
        if show and found != is_form:
            print("   missed " if is_form else "   taken  ", term, form, kind)
    recall = right["form"] / seen["form"]
    taken = 1 - right["hard"] / seen["hard"] if seen["hard"] else 0.0
    refused = {k: right[k] for k in seen if k != "form"}
    alarms = sum(seen[k] for k in refused) - sum(refused.values())
    plain = 2 * right["form"] / (seen["form"] + right["form"] + alarms)
    shares = "  ".join(
        f"{k} refused {100 * n / seen[k]:.2f} of {seen[k]}" for k, n in refused.items()
    )
    print(
        f"{tag} {name:15}  F1 {200 * recall / (1 + recall + taken):.2f} ({100 * plain:.2f})  "
        f"recall {100 * recall:.2f} of {seen['form']}  {shares}"
    )


def speed(make: Callable[[str], Morphology], tag: str, pairs: Sequence[tuple[str, str]]) -> None:
    """Terms built a second and their memory; checks a second of alike words and of any words."""
    terms = sorted({term for term, _ in pairs})
    many = [(start + term,) for start in ("", "а", "ба", "са", "та") for term in terms][:5000]
    make.cache_clear()  # type: ignore[attr-defined]
    known, start = make(tag), time.perf_counter()
    for term in many:
        known.match(term, term)
    built = len(many) / (time.perf_counter() - start)
    alike = [((term,), (form,)) for term, form in pairs]
    forms = [form for _, form in alike]
    random.Random(3).shuffle(forms)
    rates = []
    for cases in (alike, [(term, form) for (term, _), form in zip(alike, forms, strict=True)]):
        for _ in range(2):
            start = time.perf_counter()
            for term, form in cases:
                known.match(term, form)
            rate = len(cases) / (time.perf_counter() - start)
        rates.append(rate)
    make.cache_clear()  # type: ignore[attr-defined]
    tracemalloc.start()
    known = make(tag)
    for term in many:
        known.match(term, term)
    size = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    print(
        f"{tag} speed            {built:,.0f} terms/s built, {rates[0]:,.0f} checks/s of words "
        f"that look alike, {rates[1]:,.0f} of any; {len(many):,} terms are {size:.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lang", help="one language (all that have data)")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--errors", default="", help="sets whose errors are listed, by comma")
    told = parser.parse_args()
    for tag in [told.lang] if told.lang else sorted({p.name[:2] for p in told.data.glob("*.tsv")}):
        make = strategy(tag)
        if make is None:
            print(f"{tag}: no strategy")
            continue
        pairs: list[tuple[str, str]] = []
        for name in JUDGED:
            path = told.data / f"{tag}.{name.split()[0]}.tsv"
            if path.exists():
                judge(make(tag), tag, name, path, name in told.errors.split(","))
                if name in ("udclean", "apgold", "ud", "unimorph", "possessed"):
                    pairs += [(term, form) for _, term, form, _ in rows(path)]
        if pairs:
            speed(make, tag, pairs)


if __name__ == "__main__":
    main()
