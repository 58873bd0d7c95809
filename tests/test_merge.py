"""Merge: position first, nothing a person wrote is lost, twice is once."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from workflow.model import Catalog, Role, Segment, Text, Unit
from workflow.stages.merge import merge


def segments_of(*sources: str) -> list[Segment]:
    seen: dict[str, int] = {}
    out = []
    for source in sources:
        seen[source] = seen.get(source, 0) + 1
        key = f"k-{source}" + (f".{seen[source]}" if seen[source] > 1 else "")
        out.append(
            Segment(key=key, role=Role.PARAGRAPH, text=Text(source), block=0, start=0, end=0)
        )
    return out


def catalog_of(*sources: str) -> Catalog:
    empty = Catalog(slug="a", language="ru")
    merged = run(empty, *sources)
    units = tuple(replace(unit, target=f"[{unit.source}]") for unit in merged.units)
    return replace(merged, units=units)


def run(catalog: Catalog, *sources: str, is_source: bool = False) -> Catalog:
    return merge(catalog, segments_of(*sources), is_source=is_source, notes={})


def targets(catalog: Catalog) -> list[tuple[str, bool]]:
    return [(unit.target, unit.fuzzy) for unit in catalog.units]


def test_an_inserted_paragraph_moves_nothing():
    merged = run(catalog_of("One.", "Two."), "Zero.", "One.", "Two.")
    assert targets(merged) == [("", False), ("[One.]", False), ("[Two.]", False)]
    assert merged.obsolete == ()


def test_an_edited_sentence_keeps_its_target_fuzzy_with_the_previous_source():
    merged = run(catalog_of("A b c d.", "Two.", "Three."), "A b c e.", "Two.", "Three.")
    unit = merged.units[0]
    assert (unit.target, unit.fuzzy) == ("[A b c d.]", True)
    assert (unit.previous_source, unit.previous_key) == ("A b c d.", "k-A b c d.")


def test_editing_twice_keeps_the_source_the_target_was_made_from():
    once = run(catalog_of("A b c d.", "Two."), "A b c e.", "Two.")
    again = run(once, "A b c f.", "Two.")
    assert again.units[0].previous_source == "A b c d."


def test_the_text_in_the_same_place_is_preferred_to_one_that_is_more_alike_elsewhere():
    before = catalog_of("Five men were held.", "x1.", "Six men were held.", "x2.")
    merged = run(before, "Five men were heard.", "x1.", "Six men were held.", "x2.")
    assert merged.units[0].target == "[Five men were held.]"
    assert merged.units[2].target == "[Six men were held.]"
    assert not merged.units[2].fuzzy


def test_a_removed_sentence_goes_obsolete_and_comes_back_as_it_was():
    gone = run(catalog_of("One.", "Two."), "One.")
    assert [unit.target for unit in gone.obsolete] == ["[Two.]"]
    back = run(gone, "One.", "Two.")
    assert targets(back) == [("[One.]", False), ("[Two.]", False)]
    assert back.obsolete == ()


def test_the_same_sentence_in_two_places_keeps_two_translations():
    before = catalog_of("A.", "Same.", "B.", "Same.", "C.")
    units = list(before.units)
    units[3] = replace(units[3], target="[other]")
    merged = run(replace(before, units=tuple(units)), "B.", "Same.", "C.")
    assert merged.units[1].target == "[other]"


def test_the_source_language_follows_its_source_until_somebody_mends_it():
    empty = Catalog(slug="a", language="en")
    first = run(empty, "One two three.", is_source=True)
    assert targets(first) == [("One two three.", False)]
    followed = run(first, "One two four.", is_source=True)
    assert targets(followed) == [("One two four.", False)]
    assert followed.obsolete == ()
    mended = replace(first, units=(replace(first.units[0], target="One, two, three."),))
    held = run(mended, "One two four.", is_source=True)
    assert targets(held) == [("One, two, three.", True)]


_lists = st.lists(
    st.sampled_from(["A b c.", "A b d.", "Same.", "Other text.", "x", "y"]), max_size=7
)


@given(_lists, _lists)
def test_merging_twice_is_merging_once(before: list[str], after: list[str]):
    once = run(catalog_of(*before), *after)
    assert run(once, *after) == once


@given(_lists, _lists)
def test_no_target_is_ever_lost(before: list[str], after: list[str]):
    old = catalog_of(*before)
    merged = run(old, *after)
    kept = {unit.target for unit in (*merged.units, *merged.obsolete)}
    assert {unit.target for unit in old.units} <= kept


@given(_lists, _lists)
def test_only_an_unchanged_source_keeps_a_target_accepted(before: list[str], after: list[str]):
    merged = run(catalog_of(*before), *after)
    for unit in merged.units:
        assert isinstance(unit, Unit)
        if unit.is_accepted:
            assert unit.target == f"[{unit.source}]"
