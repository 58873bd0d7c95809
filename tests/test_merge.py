"""Merge: position first, nothing a person wrote is lost, twice is once."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from workflow.languages import language
from workflow.markup import parse_text
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


def kk(*pairs: tuple[str, str], fuzzy: bool = False) -> Catalog:
    units = tuple(
        Unit(key=f"k{n}", source=source, target=target, fuzzy=fuzzy)
        for n, (source, target) in enumerate(pairs)
    )
    return Catalog(slug="a", language="kk", units=units)


TWO = (("It met in Almaty.", "Ол Алматыда өтті."), ("It took 2 days.", "Ол 2 күнге созылды."))


def test_sentences_that_become_a_paragraph_keep_their_translation_accepted():
    merged = run(kk(("Before.", "Бұрын."), *TWO), "Before.", "It met in Almaty. It took 2 days.")
    assert targets(merged)[1] == ("Ол Алматыда өтті. Ол 2 күнге созылды.", False)
    assert merged.obsolete == ()


def test_a_paragraph_that_becomes_sentences_is_cut_where_the_target_is():
    whole = ("It met in Almaty. It took 2 days.", "Ол Алматыда өтті. Ол 2 күнге созылды.")
    merged = run(kk(whole, ("After.", "Кейін.")), "It met in Almaty.", "It took 2 days.", "After.")
    assert targets(merged) == [(t, False) for _, t in (*TWO, ("", "Кейін."))]


def test_sentences_to_paragraphs_and_back_is_where_it_began():
    before = kk(("Before.", "Бұрын."), *TWO)
    there = run(before, "Before.", "It met in Almaty. It took 2 days.")
    back = run(there, "Before.", "It met in Almaty.", "It took 2 days.")
    assert targets(back) == targets(before)


def test_a_target_of_other_sentences_is_offered_whole_and_not_accepted():
    whole = ("It met in Almaty. It took 2 days.", "Алматыдағы отырыс 2 күнге созылды.")
    merged = run(kk(whole), "It met in Almaty.", "It took 2 days.")
    assert targets(merged) == [(whole[1], True), ("", False)]
    assert merged.units[0].previous_source == whole[0]


def test_a_piece_with_other_numbers_or_codes_than_its_source_has_to_be_looked_at():
    whole = ("It met on 3 May. It took 2 days.", "Ол 2 күнге созылды. Ол 3 мамырда өтті.")
    merged = run(kk(whole), "It met on 3 May.", "It took 2 days.")
    assert [fuzzy for _, fuzzy in targets(merged)] == [True, True]
    bold = ("<b>One.</b>", "<b>Бір.</b>"), ("<b>Two.</b>", "<b>Екі.</b>")
    units = tuple(Unit(key=str(n), source=s, target=t) for n, (s, t) in enumerate(bold))
    text = parse_text("<b>One. Two.</b>")
    segment = Segment(key="k", role=Role.PARAGRAPH, text=text, block=0, start=0, end=0)
    catalog = Catalog(slug="a", language="kk", units=units)
    merged = merge(catalog, [segment], is_source=False, notes={})
    assert targets(merged) == [("<b>Бір. Екі.</b>", False)]


def test_half_translated_sentences_that_join_are_not_accepted():
    merged = run(kk(TWO[0], ("It took 2 days.", "")), "It met in Almaty. It took 2 days.")
    assert targets(merged) == [("Ол Алматыда өтті.", True)]
    untranslated = run(kk(("A one.", ""), ("B two.", "")), "A one. B two.")
    assert targets(untranslated) == [("", False)]


def test_a_sentence_split_with_an_edit_is_offered_in_both_halves():
    long = "The council met in Almaty, and it heard reports on the year."
    target = "Кеңес Алматыда жиналды. Ол жыл туралы есептерді тыңдады."
    merged = run(
        kk(("Before.", "Бұрын."), (long, target), ("After.", "Кейін.")),
        "Before.",
        "The council met in Almaty.",
        "And it heard reports on the year.",
        "After.",
    )
    assert targets(merged)[1:3] == [
        ("Кеңес Алматыда жиналды.", True),
        ("Ол жыл туралы есептерді тыңдады.", True),
    ]
    assert merged.units[1].previous_source == long


def test_a_mended_source_language_follows_the_cut_and_a_copy_stays_a_copy():
    merged = run(kk(("A one.", "A one."), ("B.", "B.")), "A one. B.", is_source=True)
    assert targets(merged) == [("A one. B.", False)]
    mended = run(kk(("A one.", "A 1."), ("B.", "B.")), "A one. B.", is_source=True)
    assert targets(mended) == [("A 1. B.", True)]


def test_marks_and_spaces_need_no_second_look_when_the_house_says_so():
    before = kk(('He said "yes" - twice.', "Ол екі рет «иә» деді."))
    merged = run(before, "He said “yes” – twice.")
    assert targets(merged) == [("Ол екі рет «иә» деді.", False)]
    assert merged.units[0].source == "He said “yes” – twice."
    strict = merge(
        before,
        segments_of("He said “yes” – twice."),
        is_source=False,
        notes={},
        keep_typography=False,
    )
    assert targets(strict) == [("Ол екі рет «иә» деді.", True)]


def test_a_unit_whose_facts_changed_says_which():
    before = kk(("The council did approve 12,100 posts for 2027.", "Мақұлдады."))
    after = segments_of("The council did not approve 12,300 posts for 2027.")
    merged = merge(before, after, is_source=False, notes={}, source_rules=language("en"))
    assert merged.units[0].notes == ("source changed: fact: added: not; 12,100 → 12,300",)
    again = merge(merged, after, is_source=False, notes={}, source_rules=language("en"))
    assert again == merged
    accepted = replace(merged, units=(replace(merged.units[0], fuzzy=False),))
    later = merge(accepted, after, is_source=False, notes={}, source_rules=language("en"))
    assert later.units[0].notes == ()


@given(
    st.lists(
        st.builds("{0}x y{1}.".format, st.sampled_from("ABCD"), st.integers(0, 9)),
        min_size=1,
        max_size=12,
        unique=True,
    ),
    st.data(),
)
def test_cutting_anew_loses_no_word_and_twice_is_once(texts: list[str], data: st.DataObject):
    def cut_up() -> list[str]:
        out = [texts[0]]
        for text in texts[1:]:
            if data.draw(st.booleans()):
                out[-1] += f" {text}"
            else:
                out.append(text)
        return out

    one, two = cut_up(), cut_up()
    before = kk(*((text, text.upper()) for text in one))
    after = run(before, *two)
    assert run(after, *two) == after
    said = " ".join(unit.target for unit in (*after.units, *after.obsolete)).split()
    assert sorted(said) == sorted(" ".join(texts).upper().split())
    assert not any(unit.fuzzy for unit in after.units)


def test_nothing_obsolete_stands_under_the_key_of_a_live_unit():
    before = kk(("One.", "Бір."))
    twin = Unit(key="k-One.", source="One.", target="Біреу.")
    before = replace(before, obsolete=(twin, replace(twin, target="Бір.")))
    merged = run(before, "One.")
    assert merged.obsolete == ()
    assert merged.units[0].target == "Бір."
    assert merged.units[0].comments == ("earlier: Біреу.",)
    assert run(merged, "One.") == merged


def test_the_whole_target_on_the_first_piece_is_never_accepted():
    whole = ("The minister came. He spoke.", "Министр келіп, сөз сөйледі.")
    merged = run(kk(whole), "The minister came.", "He spoke.")
    assert targets(merged) == [(whole[1], True), ("", False)]
    own = run(
        kk((whole[0], "The minister came and spoke.")),
        "The minister came.",
        "He spoke.",
        is_source=True,
    )
    assert [(unit.target, unit.fuzzy) for unit in own.units] == [
        ("The minister came and spoke.", True),
        ("He spoke.", True),
    ]
    assert run(own, "The minister came.", "He spoke.", is_source=True) == own


def test_as_many_pieces_as_sentences_is_no_proof():
    whole = ("The minister came. He spoke. Then all went home.", "Келді. Сөйлеп болған соң тарады.")
    merged = run(kk(whole), "The minister came. He spoke.", "Then all went home.")
    assert targets(merged) == [(whole[1], True), ("", False)]


def test_a_space_less_is_another_word():
    merged = run(kk(("It is now here. Yes.", "Осында. Иә.")), "It is nowhere.", "Yes.")
    assert all(unit.fuzzy for unit in merged.units if unit.target)


def test_a_live_unit_with_other_marks_comes_before_an_old_obsolete_one():
    before = replace(
        kk(("He said “yes”.", "Жаңа.")),
        obsolete=(Unit(key="x", source='He said "yes".', target="Ескі."),),
    )
    merged = run(before, 'He said "yes".')
    assert targets(merged) == [("Жаңа.", False)]
    assert [unit.target for unit in merged.obsolete] == ["Ескі."]


def test_large_catalogues_take_their_time_and_no_more():
    texts = [f"Sentence number {n} of the release about {n % 97} things." for n in range(6000)]
    fresh = run(Catalog(slug="a", language="kk"), *texts)
    done = replace(fresh, units=tuple(replace(u, target="Т.") for u in fresh.units))
    other = [f"{n} wholly different words stand here, {n % 89} of them." for n in range(6000)]
    assert len(run(done, *other).units) == 6000
    assert len(run(done, *reversed(texts)).units) == 6000


def edit(before: str, target: str, after: str, *, fuzzy: bool = False) -> tuple[Catalog, Catalog]:
    """The catalogue of one paragraph after an edit of its source, and after a second merge."""
    catalog, segments, rules = kk((before, target), fuzzy=fuzzy), segments_of(after), language("en")
    once = merge(catalog, segments, is_source=False, notes={}, source_rules=rules)
    again = merge(once, segments, is_source=False, notes={}, source_rules=rules)
    return once, again


THREE = "The council met in Almaty. It heard a report on drugs. It adopted a plan for the year."
THREE_KK = "Кеңес Алматыда өтті. Ол есірткі туралы есепті тыңдады. Ол жылдық жоспар қабылдады."


def test_sentences_of_a_paragraph_that_stand_again_keep_their_translation():
    gone = "The council met in Almaty. It adopted a plan for the year."
    once, again = edit(THREE, THREE_KK, gone)
    (unit,) = once.units
    assert (unit.target, unit.fuzzy) == ("Кеңес Алматыда өтті. Ол жылдық жоспар қабылдады.", True)
    assert unit.previous_source == THREE
    assert unit.comments == (f"earlier: {THREE_KK}",)
    assert unit.notes[-1] == "unchanged: sentence 1, 2 of 2"
    assert again == once


def test_an_edited_sentence_keeps_its_old_translation_between_those_that_stand():
    once, again = edit(THREE, THREE_KK, THREE.replace("a report", "no report"))
    (unit,) = once.units
    assert (unit.target, unit.fuzzy) == (THREE_KK, True)
    assert unit.comments == ()
    assert unit.notes == (
        "source changed: fact: added: no; gone: a",
        "unchanged: sentence 1, 3 of 3",
    )
    assert again == once


def test_sentences_in_another_order_take_their_translations_along():
    first, rest = THREE.split(". ", 1)
    once, _ = edit(THREE, THREE_KK, f"{rest} {first}.")
    (unit,) = once.units
    ours, theirs = THREE_KK.split(". ", 1)
    assert (unit.target, unit.fuzzy) == (f"{theirs} {ours}.", True)


def test_a_translation_cut_otherwise_and_a_draft_are_left_whole():
    gone = "The council met in Almaty. It adopted a plan for the year."
    joined = THREE_KK.replace("өтті. Ол есірткі", "өтіп, есірткі")
    once, _ = edit(THREE, joined, gone)
    assert once.units[0].target == joined
    once, _ = edit(THREE, THREE_KK, gone, fuzzy=True)
    assert once.units[0].target == THREE_KK


def test_only_typography_keeps_a_translation_accepted():
    before = "The talks – a first – were “short”, said the minister’s aide in a café."
    for after, is_fuzzy in (
        ('The talks - a first - were "short", said the minister\'s aide in a cafe\u0301.', False),
        (
            "The\u00a0talks – a first – were “short”, said the minis\u00adter’s aide in a café.",
            False,
        ),
        ("the talks – a first – were “short”, said the minister’s aide in a café.", True),
        ("The talks – a first – were “short”, said the minister’s aide in a café", True),
        ("The talks – a first – were “shorts”, said the minister’s aide in a café.", True),
        ("The talks – a first – were “short”, said the minister’s aide, in a café.", True),
    ):
        once, again = edit(before, "Аударма.", after)
        assert targets(once) == [("Аударма.", is_fuzzy)]
        assert again == once
