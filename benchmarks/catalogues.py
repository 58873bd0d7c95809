"""PO files: what is read, what is written, how fast, beside polib and GNU gettext, in one run.

    python benchmarks/catalogues.py FOLDER...

For every PO file under the folders: is it read and written back with the same bytes, or refused,
and what does msgfmt say of it? When one msgstr changes, do lines outside its entry change? Is a
file that we write from nothing the one that msgcat writes, at width 79 and unwrapped? Then, on
2,000 catalogues of 50 units: seconds to read and write, against polib.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import polib

from workflow.errors import WorkflowError
from workflow.stores.charsets import PoFile, decode_po, encode_po
from workflow.stores.po import (
    Entry,
    Fields,
    Layout,
    format_entry,
    layout_of,
    parse,
    refuse_duplicates,
    rewrite,
)

FILES, UNITS = 2000, 50
SUFFIXES = (".po", ".pot")
NAMES = """c objc python python-brace java java-printf csharp javascript scheme lisp elisp librep
ruby sh awk lua object-pascal smalltalk qt qt-plural kde kde-kuit boost tcl perl perl-brace php
gcc-internal gfc-internal ycp"""
KNOWN = frozenset(f"{no}{name}-format" for no in ("", "no-") for name in re.split(r"\s+", NAMES))
NEW = ("Жаңа котормо.", "Жаңы котормо " * 12)


def read(path: Path) -> tuple[PoFile, list[Entry]]:
    file = decode_po(path.read_bytes(), path=path.name)
    entries = parse(file.text, path=path.name, charset=file.charset)
    refuse_duplicates(entries, path=path.name)
    return file, entries


def msgfmt(path: Path) -> str:
    done = subprocess.run(["msgfmt", "-o", "/dev/null", path], capture_output=True, check=False)
    lines = done.stderr.decode("utf-8", "replace").replace(str(path), "").splitlines()
    told = [line.strip(" .") for line in lines if "warning" not in line and line.strip()]
    return told[0] if done.returncode and told else ""


def fidelity(paths: Sequence[Path]) -> None:
    """Identity, agreement with msgfmt, one change."""
    counts: Counter[str] = Counter()
    rng = random.Random(1)
    for path in paths:
        theirs = msgfmt(path)
        try:
            file, entries = read(path)
        except WorkflowError as fault:
            counts["refused"] += 1
            if not theirs:
                print(f"  we refuse, msgfmt reads: {fault}")
            continue
        text = "".join(entry.raw for entry in entries)
        same = encode_po(text, file=file, path=path.name) == path.read_bytes()
        counts["read, written back the same" if same else "WRITTEN BACK OTHERWISE"] += 1
        if theirs:
            counts["read where msgfmt refuses"] += 1
            print(f"  we read, msgfmt refuses: {path.name}: {theirs}")
        live = [e for e in entries if e.fields.source and e.fields.targets and not e.obsolete]
        if live:
            entry = rng.choice(live)
            told = change(entry, rng.choice(NEW).strip(), layout_of(entries))
            counts["one msgstr changed, " + told] += 1
    print("  " + "; ".join(f"{what}: {count}" for what, count in sorted(counts.items())))


def change(entry: Entry, target: str, layout: Layout) -> str:
    fields = replace(entry.fields, targets=(target, *entry.fields.targets[1:]))
    raw = rewrite(entry, fields, layout=layout)
    lines = entry.raw.split("\n")
    first = next(n for n, line in enumerate(lines) if line.lstrip().startswith("msgstr"))
    kept = raw.split("\n")[:first] == lines[:first]
    return "the rest kept" if kept and parse(raw, path="")[0].fields == fields else "MORE CHANGED"


def layout(paths: Sequence[Path]) -> None:
    """Our writing against msgcat's, file by file; what differs is explained or printed."""
    for width in (79, 0):
        counts: Counter[str] = Counter()
        for path in paths:
            command = ["msgcat", *([] if width else ["--no-wrap"]), str(path)]
            theirs = subprocess.run(command, capture_output=True, check=False)
            try:
                file, entries = read(path)
            except WorkflowError:
                continue
            if theirs.returncode or not file.charset.startswith("utf-8"):
                continue
            told = explain(entries, theirs.stdout.decode("utf-8", "replace"), Layout(width=width))
            counts[told] += 1
            if told.startswith("UNEXPLAINED"):
                print(f"  {path.name}")
        print(f"  width {width or 'none'}: {sum(counts.values())} files as msgcat writes them, but")
        for told, count in counts.most_common():
            print(f"    {count:5} {told}")


def explain(entries: Sequence[Entry], theirs: str, layout: Layout) -> str:
    """What msgcat leaves out on purpose, found by leaving it out too."""
    steps: list[tuple[str, Callable[[Fields, bool], Fields | None]]] = [
        ("nothing", lambda fields, _: fields),
        ("flags that gettext does not know or orders in its way", _known_flags),
        (
            "obsolete entries without a translation",
            lambda f, old: f if any(f.targets) or not old else None,
        ),
        ("a header that is fuzzy or names no charset", lambda f, _: f if f.source else None),
        ("references, which it sorts out", lambda f, _: replace(f, references=())),
        ("comments, of which it writes each once", lambda f, _: replace(f, comments=(), notes=())),
    ]
    said: list[str] = []
    changes: list[Callable[[Fields, bool], Fields | None]] = []
    for told, step in steps:
        changes.append(step)
        said.append(told)
        one, two = (written(part, layout, changes) for part in (entries, parse(theirs, path="")))
        if one == two if len(changes) > 1 else one == theirs:
            return said[0] if len(said) == 1 else ", ".join(said[1:])
    return "UNEXPLAINED"


def _known_flags(fields: Fields, _obsolete: bool) -> Fields:
    known = (f for f in fields.flags if f in ("fuzzy", "no-wrap") or f in KNOWN)
    flags = sorted(f for f in known if f != "fuzzy" or any(fields.targets))
    return replace(fields, flags=tuple(flags))


def written(
    entries: Sequence[Entry],
    layout: Layout,
    changes: Sequence[Callable[[Fields, bool], Fields | None]] = (),
) -> str:
    texts = []
    for entry in sorted(entries, key=lambda entry: entry.obsolete):
        fields: Fields | None = entry.fields
        for change in changes:
            fields = change(fields, entry.obsolete) if fields is not None else None
        if fields is not None and fields.source is not None:
            texts.append(format_entry(fields, obsolete=entry.obsolete, layout=layout))
    return "\n".join(texts)


def speed(entries: Sequence[str], label: str) -> None:
    """2,000 catalogues of 50 units: read, write; and read with every field, change one, write."""
    folder = Path(tempfile.mkdtemp())
    head = 'msgid ""\nmsgstr ""\n"Language: kk\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    for number in range(FILES):
        chosen = [entries[(number * UNITS + i) % len(entries)] for i in range(UNITS)]
        named = [
            raw
            if "msgctxt" in raw
            else re.sub(r"(?m)^msgid ", f'msgctxt "{i}"\nmsgid ', raw, count=1)
            for i, raw in enumerate(chosen)
        ]
        (folder / f"{number}.po").write_text("\n\n".join([head.rstrip(), *named]) + "\n", "utf-8")
    paths = sorted(folder.glob("*.po"))
    runs: dict[str, Callable[[Path], None]] = {
        "ours": copy,
        "ours, all fields, one changed": edit,
        "polib": by_polib,
    }
    best = {name: float("inf") for name in runs}
    for _ in range(3):
        for name, run in runs.items():
            start = time.process_time()
            for path in paths:
                run(path)
            best[name] = min(best[name], time.process_time() - start)
    for name, seconds in best.items():
        rate = FILES * UNITS / seconds
        print(f"  {label}: {name}: {rate:10,.0f} units/s, {best['polib'] / seconds:5.1f} x polib")
    shutil.rmtree(folder)


def copy(path: Path) -> None:
    file = decode_po(path.read_bytes(), path=path.name)
    entries = parse(file.text, path=path.name)
    out = encode_po("".join(entry.raw for entry in entries), file=file, path=path.name)
    path.with_suffix(".out").write_bytes(out)


def edit(path: Path) -> None:
    file = decode_po(path.read_bytes(), path=path.name)
    entries = parse(file.text, path=path.name)
    fields = [entry.fields for entry in entries]
    one = replace(fields[5], targets=tuple("Жаңы." for _ in fields[5].targets))
    raws = [entry.raw for entry in entries]
    raws[5] = rewrite(entries[5], one, layout=layout_of(entries))
    path.with_suffix(".out").write_bytes(encode_po("".join(raws), file=file, path=path.name))


def by_polib(path: Path) -> None:
    polib.pofile(str(path)).save(str(path.with_suffix(".out")))


def main() -> None:
    folders = [Path(name) for name in sys.argv[1:]]
    for folder in folders:
        paths = sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES and p.is_file())
        print(f"{folder.name}: {len(paths)} files")
        fidelity(paths)
        layout(paths)
    own = [
        entry.raw.strip("\n")
        for path in sorted(Path(__file__).parents[1].glob("locales/*/releases/*.po"))
        for entry in read(path)[1]
        if entry.fields.source
    ]
    print("speed")
    speed(own, "our catalogues")
    for folder in folders[-1:]:
        real = []
        for path in sorted(folder.rglob("*.po")):
            try:
                real += [
                    e.raw.strip("\n")
                    for e in read(path)[1]
                    if e.fields.source
                    and e.fields.plural is None
                    and not e.obsolete
                    and "#~" not in e.raw
                ]
            except WorkflowError:
                continue
        speed(real[:100_000], folder.name)


if __name__ == "__main__":
    main()
