"""Coverage-guided fuzzing of the PO reader (needs ``pip install atheris``; not part of the tests).

    python tests/fuzz/po.py CORPUS_FOLDER... -max_total_time=600

Whatever the bytes: a `CatalogError` with a line, or entries that give the bytes back, whose fields
can be written anew and read again, and of which one can be changed and the others stay.
"""

import sys
from dataclasses import replace

import atheris

with atheris.instrument_imports(include=["workflow"]):
    from workflow.errors import CatalogError
    from workflow.stores.charsets import decode_po, encode_po
    from workflow.stores.po import (
        Fields,
        Layout,
        format_entry,
        layout_of,
        merge_texts,
        parse,
        refuse_duplicates,
        rewrite,
    )


def check(data: bytes) -> None:
    """One round: every promise of the reader and the writer on ``data``."""
    try:
        file = decode_po(data, path="a.po")
        entries = parse(file.text, path="a.po", charset=file.charset)
    except CatalogError:
        return
    text = "".join(entry.raw for entry in entries)
    assert encode_po(text, file=file, path="a.po") == data
    layout = layout_of(entries)
    for number, entry in enumerate(entries):
        fields = entry.fields
        assert 1 <= entry.first_line <= max(entry.line, entry.target_line)
        if fields.source is None:
            continue
        raw = format_entry(fields, obsolete=entry.obsolete, layout=Layout(width=79))
        (again,) = parse(raw, path="a.po")
        assert plain(again.fields) == plain(fields), (fields, again.fields)
        if number < 4:
            changed = replace(fields, targets=("Жаңа\n" * 3, *fields.targets[1:]), flags=("fuzzy",))
            raw = rewrite(entry, changed, layout=layout)
            assert plain(parse(raw, path="a.po")[0].fields) == plain(changed)
    try:
        refuse_duplicates(entries, path="a.po")
        half = "".join(entry.raw for entry in entries[: len(entries) // 2])
        parse(merge_texts(half, text, f'{half}\nmsgid "Ә"\nmsgstr ""\n', path="a.po").text, path="")
    except CatalogError:
        return


def plain(fields: Fields) -> Fields:
    """Fields without what gettext spells in its own way: spaces of comments, lines of references."""
    return replace(
        fields,
        comments=tuple(line.removeprefix(" ") for line in fields.comments),
        notes=tuple(line.removeprefix(" ") for line in fields.notes),
        references=tuple(" ".join(fields.references).split()),
        flags=tuple(sorted(fields.flags)),
    )


def main() -> None:
    """Fuzz until libFuzzer's limits."""
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
