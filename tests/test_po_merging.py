"""Merging by units: both sides' work is there, and what cannot be both is said."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.errors import CatalogError
from workflow.stores.po import Fields, Layout, format_entry, merge_texts, parse

HEADER = 'msgid ""\nmsgstr ""\n"Language: kk\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def po(*units: Fields, header: str = HEADER, gone: tuple[Fields, ...] = ()) -> str:
    live = [format_entry(unit, layout=Layout()) for unit in units]
    old = [format_entry(unit, obsolete=True, layout=Layout()) for unit in gone]
    return "\n".join([header, *live, *old])


def unit(key: str, target: str = "", *, fuzzy: bool = False, **fields: object) -> Fields:
    flags = ("fuzzy",) if fuzzy else ()
    made = Fields(context=key, source=f"Text {key}.", targets=(target,), flags=flags)
    return replace(made, **fields)  # type: ignore[arg-type]


def merged(base: str, ours: str, theirs: str) -> list[Fields]:
    result = merge_texts(base, ours, theirs, path="a.po")
    assert not result.conflicts
    return [entry.fields for entry in parse(result.text, path="a.po") if not entry.is_header]


A, B, C = unit("a", "А."), unit("b", "Б."), unit("c")


def test_edits_of_different_units_are_both_there():
    ours = po(replace(A, targets=("А өзгерді.",)), B, C)
    theirs = po(A, B, replace(C, targets=("Ц.",)))
    assert [fields.target for fields in merged(po(A, B, C), ours, theirs)] == [
        "А өзгерді.",
        "Б.",
        "Ц.",
    ]


def test_two_translations_of_a_unit_are_a_conflict_that_is_still_a_po_file():
    ours, theirs = po(unit("a", "Біздікі.")), po(unit("a", "Олардікі\nекі жол."))
    result = merge_texts(po(unit("a")), ours, theirs, path="a.po")
    entry = parse(result.text, path="a.po")[1]
    assert entry.fields == replace(
        unit("a", "Біздікі.", fuzzy=True), comments=(" conflict: Олардікі\\nекі жол.",)
    )
    assert [(conflict.source, conflict.line) for conflict in result.conflicts] == [
        ("Text a.", entry.line)
    ]


def test_the_same_translation_twice_is_no_conflict():
    one = po(unit("a", "Бір.", fuzzy=True))
    two = po(unit("a", "Бір."))
    assert merged(po(unit("a")), one, two) == [unit("a", "Бір.")]
    assert merged(po(unit("a")), two, one) == [unit("a", "Бір.")]


def test_a_machine_draft_gives_way_to_a_person():
    draft = unit(
        "a", "Жоба.", fuzzy=True, comments=(" pretranslated: engine x; nobody has read it",)
    )
    person = unit("a", "Адам жазды.")
    for sides in ((draft, person), (person, draft)):
        assert merged(po(unit("a")), *map(po, sides)) == [person]


def test_a_draft_that_a_person_has_worked_on_is_no_longer_a_machine_s():
    said = (" pretranslated: engine x; nobody has read it",)
    base = po(unit("a", "Жоба.", fuzzy=True, comments=said))
    ours = po(unit("a", "Жоба, түзетілді.", fuzzy=True, comments=said))
    theirs = po(unit("a", "Басқаша.", comments=said))
    for sides in ((ours, theirs), (theirs, ours)):
        result = merge_texts(base, *sides, path="a.po")
        assert len(result.conflicts) == 1
        assert "түзетілді" in result.text
        assert "Басқаша" in result.text


def test_a_doubt_raised_on_the_other_side_stays_a_doubt():
    base = po(unit("a", "Ескі."))
    ours, theirs = po(unit("a", "Жаңа.")), po(unit("a", "Ескі.", fuzzy=True))
    assert merged(base, ours, theirs) == [unit("a", "Жаңа.", fuzzy=True)]


def test_a_correction_follows_a_text_that_the_other_side_edited():
    base = po(A, B)
    carried = Fields(
        context="a2",
        source="Text a, edited.",
        targets=("А.",),
        flags=("fuzzy",),
        previous_context="a",
        previous_source="Text a.",
    )
    carried = replace(carried, comments=(" said of the edit",))
    corrected = replace(A, targets=("А түзетілді.",), comments=(" said of the correction",))
    ours, theirs = po(carried, B), po(corrected, B)
    for sides in ((ours, theirs), (theirs, ours)):
        first, second = merged(base, *sides)
        told = (" said of the edit", " said of the correction")
        assert first == replace(carried, targets=("А түзетілді.",), comments=told)
        assert second == B


def test_a_translation_of_a_text_that_is_gone_becomes_obsolete():
    base = po(A, C)
    ours, theirs = po(A), po(A, replace(C, targets=("Ц.",)))
    result = merge_texts(base, ours, theirs, path="a.po")
    assert [(e.fields.target, e.obsolete) for e in parse(result.text, path="a.po")[1:]] == [
        ("А.", False),
        ("Ц.", True),
    ]


def test_new_units_stand_behind_what_they_stood_behind():
    base, ours = po(A, B), po(A, unit("ours"), B)
    theirs = po(unit("first"), A, B, unit("last"))
    keys = [fields.context for fields in merged(base, ours, theirs)]
    assert keys == ["first", "a", "ours", "b", "last"]


def test_headers_are_merged_by_line_and_the_later_date_wins():
    def header(*lines: str) -> str:
        return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines)

    base = header("PO-Revision-Date: 2026-01-01 10:00+0600", "Last-Translator: ")
    ours = header("PO-Revision-Date: 2026-02-01 10:00+0600", "Last-Translator: Айгүл")
    theirs = header("PO-Revision-Date: 2026-03-01 10:00+0600", "Last-Translator: ", "X-Team: 1")
    (entry,) = parse(merge_texts(base, ours, theirs, path="a.po").text, path="a.po")
    assert entry.fields.target == (
        "PO-Revision-Date: 2026-03-01 10:00+0600\nLast-Translator: Айгүл\nX-Team: 1\n"
    )


def test_comments_of_both_sides_are_kept_and_removed_ones_go():
    base = replace(A, comments=(" one", " two"))
    ours = replace(A, comments=(" one", " two", " ours"))
    theirs = replace(A, comments=(" two", " theirs"))
    (fields,) = merged(po(base), po(ours), po(theirs))
    assert fields.comments == (" two", " ours", " theirs")


def test_our_untouched_units_keep_their_bytes():
    ours = HEADER + '\n\n\n#said\nmsgctxt "a"\nmsgid ""\n"Text "\n"a."\nmsgstr "А."\n# the end\n'
    theirs = po(A, unit("b", "Б."))
    text = merge_texts(po(A), ours, theirs, path="a.po").text
    assert text.startswith(ours.removesuffix("# the end\n"))
    assert text.endswith('msgstr "Б."\n\n# the end\n')


def test_what_is_no_po_is_refused():
    with pytest.raises(CatalogError, match="conflict marker"):
        merge_texts(po(A), f"<<<<<<< a\n{po(A)}", po(B), path="a.po")
    with pytest.raises(CatalogError, match="domain"):
        merge_texts(po(A), f'domain "x"\n{po(A)}', po(B), path="a.po")


@dataclass(frozen=True)
class Edit:
    """Something a translator or sync does to one unit of a file."""

    index: int
    what: str
    word: str

    def apply(self, units: dict[str, Fields]) -> dict[str, Fields]:
        key = f"k{self.index}"
        if self.what == "add":
            return {**units, f"n{self.word}": unit(f"n{self.word}", self.word)}
        if key not in units:
            return units
        now = units[key]
        done = {
            "translate": replace(now, targets=(self.word,), flags=()),
            "doubt": replace(now, flags=("fuzzy",)),
            "accept": replace(now, flags=()),
            "comment": replace(now, comments=(*now.comments, f" {self.word}")),
        }
        if self.what == "remove":
            return {name: fields for name, fields in units.items() if name != key}
        return {**units, key: done[self.what]}


def edits(marks: str, indexes: range) -> st.SearchStrategy[list[Edit]]:
    words = st.text(marks, min_size=3, max_size=6)
    kinds = st.sampled_from(("translate", "doubt", "accept", "comment", "remove", "add"))
    return st.lists(st.builds(Edit, st.sampled_from(indexes), kinds, words), max_size=8)


BASE = {f"k{n}": unit(f"k{n}", f"т{n}." if n % 3 else "") for n in range(8)}


def edited(by: list[Edit]) -> dict[str, Fields]:
    units = dict(BASE)
    for edit in by:
        units = edit.apply(units)
    return units


@given(edits("абв", range(0, 4)), edits("где", range(4, 8)))
def test_edits_of_different_units_always_merge(by_us: list[Edit], by_them: list[Edit]):
    ours, theirs = edited(by_us), edited(by_them)
    found = merged(po(*BASE.values()), po(*ours.values()), po(*theirs.values()))
    keys = {*BASE, *ours, *theirs}
    expected = {
        key: theirs.get(key) if ours.get(key) == BASE.get(key) else ours.get(key) for key in keys
    }
    assert {f.context: f for f in found} == {k: f for k, f in expected.items() if f is not None}


@given(edits("абв", range(8)), edits("где", range(8)))
def test_no_word_of_either_side_is_lost(by_us: list[Edit], by_them: list[Edit]):
    base = po(*BASE.values())
    ours, theirs = edited(by_us), edited(by_them)
    one = merge_texts(base, po(*ours.values()), po(*theirs.values()), path="a.po")
    entries = parse(one.text, path="a.po")
    shown = {entry.fields.target for entry in entries} | {
        comment.strip().removeprefix("conflict: ") for e in entries for comment in e.fields.comments
    }
    for side in (ours, theirs):
        for key, fields in side.items():
            before = BASE.get(key)
            if fields.target and (before is None or fields.target != before.target):
                assert fields.target in shown
    for entry in entries:
        accepted = {f.target for side in (ours, theirs, BASE) for f in side.values() if not f.flags}
        if entry.fields.target and not entry.fields.flags and not entry.is_header:
            assert entry.fields.target in accepted  # nothing becomes accepted by merging


@given(edits("абв", range(8)), edits("где", range(8)))
def test_both_orders_of_a_merge_say_the_same(by_us: list[Edit], by_them: list[Edit]):
    base, ours, theirs = (po(*side.values()) for side in (BASE, edited(by_us), edited(by_them)))
    one = merge_texts(base, ours, theirs, path="a.po")
    two = merge_texts(base, theirs, ours, path="a.po")
    assert {c.source for c in one.conflicts} == {c.source for c in two.conflicts}
    conflicts = {c.source for c in one.conflicts}
    said = [
        {
            (entry.fields.context, entry.obsolete): replace(
                entry.fields, comments=tuple(sorted(entry.fields.comments))
            )
            for entry in parse(result.text, path="a.po")
            if entry.fields.source not in conflicts
        }
        for result in (one, two)
    ]
    assert said[0] == said[1]


@given(edits("абв", range(8)))
def test_merging_with_an_older_version_changes_nothing(by_us: list[Edit]):
    base, ours = po(*BASE.values()), po(*edited(by_us).values())
    assert merge_texts(base, ours, base, path="a.po").text == ours
    assert merge_texts(base, base, ours, path="a.po").text == ours


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")
@settings(max_examples=15, deadline=None)
@given(edits("абв", range(8)), edits("где", range(8)))
def test_gettext_reads_what_was_merged(by_us: list[Edit], by_them: list[Edit]):
    sides = [po(*side.values()) for side in (BASE, edited(by_us), edited(by_them))]
    text = merge_texts(*sides, path="a.po").text
    done = subprocess.run(
        ["msgfmt", "-c", "-o", "/dev/null", "-"], input=text.encode(), check=False
    )
    assert done.returncode == 0


def test_a_file_with_windows_line_ends_keeps_them():
    ours = po(replace(A, targets=("Жаңа.",)), B).replace("\n", "\r\n")
    theirs = po(A, replace(B, targets=("Басқа.",)))
    text = merge_texts(po(A, B), ours, theirs, path="a.po").text
    assert text.count("\n") == text.count("\r\n")


def test_a_first_translation_follows_a_text_that_was_edited_meanwhile():
    base = po(A, unit("c"), B)
    edited = Fields(context="c2", source="Text c, edited.", targets=("",))
    ours, theirs = po(A, edited, B), po(A, replace(C, targets=("Ц.",)), B)
    for sides in ((ours, theirs), (theirs, ours)):
        fields = merged(base, *sides)[1]
        assert fields == replace(
            edited,
            targets=("Ц.",),
            flags=("fuzzy",),
            previous_context="c",
            previous_source="Text c.",
        )


def test_a_correction_follows_a_second_edit_too():
    base = unit("a", "Т.", fuzzy=True, previous_context="z", previous_source="Text z.")
    edited = Fields(
        context="b2",
        source="Text a, again.",
        targets=("Т.",),
        flags=("fuzzy",),
        previous_context="a",
        previous_source="Text z.",
    )
    corrected = replace(base, targets=("Түзетілді.",), flags=(), previous_source=None)
    (fields,) = merged(po(base), po(edited), po(replace(corrected, previous_context=None)))
    assert (fields.target, fields.flags) == ("Түзетілді.", ("fuzzy",))


def test_the_same_edit_on_both_sides_is_no_conflict_for_the_one_who_translated_it():
    edited = Fields(
        context="a2",
        source="Text a, edited.",
        targets=("А.",),
        flags=("fuzzy",),
        previous_context="a",
        previous_source="Text a.",
    )
    done = replace(
        edited, targets=("А, жаңа.",), flags=(), previous_context=None, previous_source=None
    )
    for sides in ((edited, done), (done, edited)):
        (fields,) = merged(po(A), *map(po, sides))
        assert (fields.target, fields.flags) == ("А, жаңа.", ())


def test_mended_words_of_the_source_language_meet_an_edit():
    base = unit("a", "Text a.")
    ours = Fields(context="a2", source="Text a, edited.", targets=("Text a, edited.",))
    theirs = replace(base, targets=("Text A, mended.",))
    result = merge_texts(po(base), po(ours), po(theirs), path="a.po")
    assert len(result.conflicts) == 1
    assert "Text A, mended." in result.text


def test_a_placeholder_is_no_date():
    def header(date: str, more: str = "") -> str:
        return f'msgid ""\nmsgstr ""\n"PO-Revision-Date: {date}\\n"\n{more}'

    ours = header("2026-02-01 10:00+0600")
    theirs = header("YEAR-MO-DA HO:MI+ZONE", '"X-Team: 1\\n"\n')
    text = merge_texts(header("YEAR-MO-DA HO:MI+ZONE"), ours, theirs, path="a.po").text
    assert "2026-02-01" in text
    assert "X-Team" in text
