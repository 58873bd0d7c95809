"""What comes back from a translator is merged by unit, late or not, and no word is lost."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.newsrooms import RELEASE, make_newsroom, translate, tree, write_release
from tests.test_cli import run
from workflow.errors import ExchangeError
from workflow.model import Catalog, State, Unit
from workflow.pipeline.exchange import (
    exchanges,
    hand_out_files,
    read_returned,
    take_back_files,
)
from workflow.pipeline.sync import sync
from workflow.plugins import Handout, Returned, ReturnedUnit
from workflow.stages.hand_out import canonical, hand_out, seal
from workflow.stages.take_back import Fate, take_back
from workflow.stores.catalogs import read_catalog, write_catalog

BOLD = "It heard <b>12,100</b> reports today."


def unit(key: str, source: str, target: str = "", *, fuzzy: bool = False, **more) -> Unit:
    return Unit(key=key, source=source, target=target, fuzzy=fuzzy, **more)


def catalog(*units: Unit, obsolete: tuple[Unit, ...] = ()) -> Catalog:
    return Catalog(slug="s", language="ru", units=units, obsolete=obsolete)


def sent(before: Catalog) -> Handout:
    return hand_out(before, source_language="en")


def back(before: Catalog, **targets: str) -> Returned:
    """What a translator returns who wrote ``targets`` (by key, ``_`` for ``-``), accepted."""
    units = [
        ReturnedUnit(
            key=one.key,
            source=one.source,
            target=targets.get(one.key, one.target),
            state=State.REVIEWED if one.key in targets else one.state,
            seal=one.seal,
            line=number,
        )
        for number, one in enumerate(sent(before).units, 1)
    ]
    return Returned(slug="s", language="ru", units=tuple(units), path="s.ru.xlf")


def states(returned: Returned, state: State) -> Returned:
    return replace(returned, units=tuple(replace(u, state=state) for u in returned.units))


A = unit("a", "The council met in Bishkek on 25 July 2024.")
B = unit("b", BOLD)
C = unit("c", "first item", "первый пункт")


def test_a_target_is_taken_where_key_and_source_fit():
    before = catalog(A, B, C)
    after, outcomes = take_back(before, back(before, a="Совет собрался."))
    assert after.units == (replace(A, target="Совет собрался."), B, C)
    assert [o.fate for o in outcomes] == [Fate.TAKEN, Fate.UNCHANGED, Fate.UNCHANGED]
    assert {o.remark for o in outcomes} == {""}


@pytest.mark.parametrize(("state", "fuzzy"), [(State.REVIEWED, False), (State.TRANSLATED, True)])
def test_the_state_decides_whether_a_person_still_has_to_look(state: State, fuzzy: bool):
    before = catalog(A)
    after, _ = take_back(before, states(back(before, a="Совет."), state))
    assert after.units[0].fuzzy is fuzzy


def test_a_draft_that_came_back_accepted_is_accepted():
    draft = replace(A, target="Совет.", fuzzy=True, previous_source="x", previous_key="y")
    before = catalog(
        replace(draft, comments=("pretranslated: memory, exact match, from z", "mine"))
    )
    after, (outcome,) = take_back(before, states(back(before), State.REVIEWED))
    assert outcome.fate is Fate.TAKEN
    (found,) = after.units
    assert (found.target, found.is_accepted, found.previous_source) == ("Совет.", True, None)


def test_a_persons_words_no_longer_say_that_a_machine_drafted_them():
    comments = ("pretranslated: memory, exact match, from z", "mine")
    before = catalog(replace(A, target="Совет.", fuzzy=True, comments=comments))
    after, _ = take_back(before, back(before, a="Совет заседал."))
    assert after.units[0].comments == ("mine",)


def test_an_accepted_unit_is_sent_back_only_when_nobody_accepted_it_meanwhile():
    before = catalog(replace(A, target="Совет."))
    lowered = states(back(before), State.TRANSLATED)
    after, (outcome,) = take_back(before, lowered)
    assert after.units[0].fuzzy
    assert outcome.remark == "sent back to be looked at again"
    fuzzy = catalog(replace(A, target="Совет.", fuzzy=True))
    after, (outcome,) = take_back(before, back(fuzzy))
    assert after == before
    assert outcome.fate is Fate.UNCHANGED


def test_what_was_accepted_here_meanwhile_gives_way_only_to_what_is_accepted_too():
    before = catalog(replace(C, fuzzy=True))
    returned = back(before, c="1-й пункт")
    after, (outcome,) = take_back(catalog(C), states(returned, State.TRANSLATED))
    assert after == catalog(C)
    assert (outcome.fate, outcome.remark) == (Fate.HELD, "accepted here meanwhile")
    assert take_back(catalog(C), returned)[0].units[0].target == "1-й пункт"


def test_an_empty_target_never_erases_words():
    before = catalog(C)
    after, (outcome,) = take_back(before, back(before, c="  "))
    assert after == before
    assert outcome.fate is Fate.UNCHANGED
    assert outcome.remark == "came back empty: its words stay"


def test_what_was_edited_here_and_there_stays_and_shows_both():
    before = catalog(C)
    now = catalog(replace(C, target="пункт первый"))
    after, (outcome,) = take_back(now, back(before, c="1-й пункт"))
    assert after == now
    assert (outcome.fate, outcome.remark) == (Fate.HELD, "edited here and there")
    assert (outcome.ours, outcome.theirs) == ("пункт первый", "1-й пункт")


def test_what_was_edited_here_only_stays_without_a_word():
    now = catalog(replace(C, target="пункт первый"))
    after, (outcome,) = take_back(now, back(catalog(C)))
    assert after == now
    assert (outcome.fate, outcome.remark) == (Fate.UNCHANGED, "")


@pytest.mark.parametrize(
    ("now", "fate"),
    [
        (C, Fate.HELD),
        (replace(C, target=""), Fate.TAKEN),
        (replace(C, fuzzy=True, comments=("pretranslated: engine libre",)), Fate.TAKEN),
        (replace(C, fuzzy=True), Fate.HELD),
    ],
)
def test_without_a_seal_only_empty_units_and_drafts_of_a_machine_are_replaced(now, fate):
    returned = back(catalog(C), c="1-й пункт")
    bare = replace(returned, units=tuple(replace(u, seal="") for u in returned.units))
    after, (outcome,) = take_back(catalog(now), bare)
    assert outcome.fate is fate
    assert (after.units[0].target == "1-й пункт") is (fate is Fate.TAKEN)


def test_the_same_source_under_another_key_is_taken_and_said():
    before = catalog(A)
    now = catalog(replace(A, key="a.2"))
    after, (outcome,) = take_back(now, back(before, a="Совет."))
    assert after.units[0].target == "Совет."
    assert outcome.fate is Fate.TAKEN
    assert outcome.remark.startswith("under another key")


def test_of_units_with_the_same_source_each_gets_its_own():
    first, second = unit("k", "Yes."), unit("k.2", "Yes.")
    before = catalog(first, A, second)
    returned = back(before, **{"k.2": "Да, второе."})
    only_second = replace(returned, units=returned.units[2:])
    after, _ = take_back(before, only_second)
    assert [u.target for u in after.units] == ["", "", "Да, второе."]


def test_each_of_two_that_moved_gets_its_own():
    before = catalog(unit("k", "Yes."), unit("k.2", "Yes."))
    now = catalog(unit("n", "Yes."), unit("n.2", "Yes."))
    after, _ = take_back(now, back(before, **{"k": "Да, первое.", "k.2": "Да, второе."}))
    assert [u.target for u in after.units] == ["Да, первое.", "Да, второе."]


def test_what_was_offered_once_is_known_again_among_others_that_were_like_it():
    before = catalog(unit("headline", "One."), unit("a", "One."))
    now = catalog(unit("headline", "Two."), unit("a", "Two."))
    returned = back(before, a="да")
    after, _ = take_back(now, returned)
    assert [u.target for u in after.units] == ["", "да"]
    assert take_back(after, returned)[0] == after


def test_a_source_edited_meanwhile_is_offered_when_the_unit_is_empty():
    before = catalog(A, B, C)
    edited = unit("x", "The council met in Almaty on 25 July 2024.")
    after, outcomes = take_back(catalog(edited, B, C), back(before, a="Совет собрался."))
    found = after.units[0]
    assert (found.target, found.fuzzy) == ("Совет собрался.", True)
    assert (found.previous_key, found.previous_source) == ("a", A.source)
    assert outcomes[0].remark == "taken as fuzzy: its source was edited meanwhile"


def test_a_unit_that_remembers_its_old_key_is_known_by_it():
    carried = unit("y", "Two.", "да", fuzzy=True, previous_key="x.2", previous_source="One.")
    returned = back(catalog(unit("x", "One."), unit("x.2", "One.")), **{"x.2": "да"})
    after, outcomes = take_back(catalog(carried), returned)
    assert after == catalog(carried)
    assert {outcome.fate for outcome in outcomes} == {Fate.UNCHANGED}


def test_between_the_same_neighbours_little_likeness_is_enough_and_elsewhere_it_is_not():
    rewritten = unit("x", "The council gathered on Monday in Bishkek.")
    before = catalog(A, B, C)
    returned = back(before, a="Совет собрался.")
    after, _ = take_back(catalog(rewritten, B, C), returned)
    assert after.units[0].target == "Совет собрался."
    after, (outcome, *_) = take_back(catalog(B, C, rewritten), returned)
    assert after.units[2].target == ""
    assert outcome.fate is Fate.HELD


def test_a_source_edited_meanwhile_is_reported_when_the_unit_has_words():
    before = catalog(replace(A, target="Совет."))
    edited = unit("x", "The council met in Almaty.", "Совет в Алматы.", previous_source=A.source)
    now = catalog(edited)
    after, (outcome,) = take_back(now, back(before, a="Совет собрался."))
    assert after == now
    assert outcome.fate is Fate.HELD
    assert (outcome.ours, outcome.theirs) == ("Совет в Алматы.", "Совет собрался.")


def test_an_old_draft_that_was_carried_over_gives_way_to_its_correction():
    before = catalog(replace(A, target="Совет."))
    carried = unit(
        "x", "The council met in Almaty.", "Совет.", fuzzy=True, previous_source=A.source
    )
    after, (outcome,) = take_back(catalog(carried), back(before, a="Совет собрался."))
    assert (after.units[0].target, after.units[0].fuzzy) == ("Совет собрался.", True)
    assert outcome.fate is Fate.TAKEN


def test_a_headline_that_was_edited_is_known_by_its_key():
    old, new = unit("headline", "Council"), unit("headline", "A wholly different title here")
    after, _ = take_back(catalog(new), back(catalog(old), headline="Совет"))
    assert (after.units[0].target, after.units[0].fuzzy) == ("Совет", True)
    assert after.units[0].previous_source == "Council"


def test_a_unit_that_is_gone_is_reported_and_its_words_become_obsolete():
    before = catalog(A, C)
    after, (outcome, _) = take_back(catalog(C), back(before, a="Совет."))
    assert after.units == (C,)
    assert after.obsolete == (replace(A, target="Совет."),)
    assert (outcome.fate, outcome.remark) == (
        Fate.HELD,
        "its text is no longer in the release: kept as obsolete",
    )


def test_a_unit_that_is_gone_and_was_translated_here_stays_as_it_is():
    now = catalog(C, obsolete=(replace(A, target="Наш совет."),))
    after, (outcome, _) = take_back(now, back(catalog(A, C), a="Совет."))
    assert after == now
    assert (outcome.ours, outcome.theirs) == ("Наш совет.", "Совет.")


def test_an_obsolete_unit_nobody_touched_gets_the_correction():
    old = replace(A, target="Совет.")
    now = catalog(C, obsolete=(old,))
    after, _ = take_back(now, back(catalog(old, C), a="Совет собрался."))
    assert [u.target for u in after.obsolete] == ["Совет собрался."]
    after, (outcome, _) = take_back(now, back(catalog(old, C)))
    assert after == now
    assert outcome.fate is Fate.UNCHANGED


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("Заслушал 12 100.", "<b> is missing"),
        ("Заслушал <b>12 100.", "</b> is missing"),
        ("Заслушал </b>12 100<b>.", "its codes are not well nested"),
        ("Заслушал <b>12</b> <i>100</i>.", "<i> is not in the source"),
    ],
)
def test_broken_codes_make_it_fuzzy_and_are_said_and_stay_so(target: str, why: str):
    before = catalog(B)
    returned = back(before, b=target)
    after, (outcome,) = take_back(before, returned)
    assert (after.units[0].target, after.units[0].fuzzy) == (target, True)
    assert (outcome.fate, outcome.remark) == (Fate.TAKEN, f"taken as fuzzy: {why}")
    assert take_back(after, returned)[0] == after


def test_a_link_may_lead_elsewhere():
    before = catalog(unit("l", '<a href="/en/">here</a>'))
    after, (outcome,) = take_back(before, back(before, l='<a href="/ru/">тут</a>'))
    assert after.units[0].is_accepted
    assert outcome.remark == ""


def test_a_unit_that_came_twice_is_said():
    before = catalog(A)
    one = back(before, a="Совет.").units[0]
    returned = Returned(
        slug="s", language="ru", units=(one, replace(one, target="Другой.", line=2))
    )
    after, (_, outcome) = take_back(before, returned)
    assert after.units[0].target == "Совет."
    assert (outcome.fate, outcome.remark) == (Fate.HELD, "came back twice; the first stays")


def test_a_source_that_a_tool_laid_out_or_composed_anew_still_fits():
    before = catalog(unit("k", "Kyrgyz caf\u00e9 <b>one</b>"))
    returned = back(before, k="Кафе <b>раз</b>")
    loose = replace(returned.units[0], source="\n  Kyrgyz cafe\u0301\n  <b>one</b> ")
    after, _ = take_back(before, replace(returned, units=(loose,)))
    assert after.units[0].is_accepted


def test_words_without_a_source_are_shown():
    lost = ReturnedUnit(key="zz", source="", target="слова", line=7)
    after, (outcome,) = take_back(catalog(A), Returned(slug="s", language="ru", units=(lost,)))
    assert after == catalog(A)
    assert (outcome.fate, outcome.theirs) == (Fate.HELD, "слова")


def test_a_seal_is_the_same_for_every_spelling_and_differs_by_state():
    assert seal(unit("k", "a", "R&amp;D")) == seal(unit("k", "a", "R&D"))
    assert seal(unit("k", "a", "b")) != seal(unit("k", "a", "b", fuzzy=True))


def test_a_unit_that_is_gone_and_was_left_as_it_went_out_is_no_news():
    after, (outcome, _) = take_back(catalog(C), back(catalog(replace(A, target="Совет."), C)))
    assert after == catalog(C)
    assert (outcome.fate, outcome.remark) == (Fate.UNCHANGED, "")


# -- laws ----------------------------------------------------------------------------------------

_words = st.sampled_from(["", "да", "нет <b>x</b>", "<b>x", "ещё", "совет"])
_sources = st.sampled_from(["One.", "Two <b>x</b>.", "The council met.", "The council meets.", "Z"])


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    units: list[Unit] = []
    for key in draw(st.lists(st.sampled_from(["headline", "a", "b", "c", "a.2"]), unique=True)):
        target = draw(_words)
        units.append(
            unit(
                key,
                draw(_sources),
                target,
                fuzzy=bool(target) and draw(st.booleans()),
                previous_source=draw(st.none() | _sources),
            )
        )
    live = draw(st.integers(0, len(units)))
    return catalog(*units[:live], obsolete=tuple(u for u in units[live:] if u.target))


@settings(deadline=None, max_examples=300)
@given(catalogs(), catalogs(), st.lists(_words, min_size=5, max_size=5), st.booleans())
def test_twice_is_once_and_no_word_is_lost(before: Catalog, now: Catalog, said, is_sealed: bool):
    units = [
        ReturnedUnit(
            key=one.key,
            source=one.source,
            target=said[number],
            state=State.REVIEWED if number % 2 else State.TRANSLATED,
            seal=one.seal if is_sealed else "",
            line=number,
        )
        for number, one in enumerate(sent(before).units)
    ]
    returned = Returned(slug="s", language="ru", units=tuple(units))
    after, outcomes = take_back(now, returned)
    again, outcomes_again = take_back(after, returned)
    assert again == after
    assert not [o for o in outcomes_again if o.fate is Fate.TAKEN]
    assert len(outcomes) == len(units)
    assert [(u.key, u.source) for u in after.units] == [(u.key, u.source) for u in now.units]
    # Words of the catalogue go only where the translator had seen and replaced them.
    seen = {canonical(one.target) for one in before.units}
    kept = {canonical(u.target) for u in (*after.units, *after.obsolete)}
    for old in (*now.units, *now.obsolete):
        assert not old.target or canonical(old.target) in kept | (seen if is_sealed else set())
    # Words of the translator are in the catalogue, or on the report.
    shown = {canonical(o.theirs) for o in outcomes}
    for one in units:
        assert not one.target or canonical(one.target) in kept | shown | seen


# -- the verbs -----------------------------------------------------------------------------------


@pytest.fixture
def newsroom(tmp_path: Path):
    project = make_newsroom(tmp_path / "room")
    text = RELEASE.replace("12,100 reports", "**12,100** [reports](https://example.org/a?b=1&c=2)")
    write_release(project, text=text)
    sync(project)
    return project


def found(project) -> dict[str, Unit]:
    read = read_catalog(project.root, "ru", "council-met")
    assert read is not None
    return {one.source: one for one in read.units}


def worked_on(path: Path, **targets: str) -> None:
    """Rewrite a file with accepted targets by source, as a tool that reads it would."""
    format_name = {".csv": "csv", ".xlsx": "xlsx"}.get(path.suffix)
    exchange = next(
        one
        for one in exchanges().values()
        if format_name in (None, one.name)
        and path.suffix in one.suffixes
        and one.claims(path.read_bytes(), "")
    )
    returned = exchange.read(path.read_bytes(), "")
    from workflow.plugins import HandedUnit

    units = tuple(
        HandedUnit(
            key=one.key,
            source=one.source,
            target=targets.get(one.source, one.target),
            state=State.REVIEWED if one.source in targets else one.state,
            seal=one.seal,
        )
        for one in returned.units
    )
    handout = Handout(slug="council-met", language="ru", source_language="en", units=units)
    path.write_bytes(exchange.write(handout))


@pytest.mark.parametrize("name", ["xliff12", "xliff21", "csv", "xlsx"])
def test_a_release_goes_out_and_comes_back_translated(newsroom, name: str):
    if name == "xlsx":
        pytest.importorskip("openpyxl")
    report = hand_out_files(newsroom, "ru", name)
    suffix = exchanges()[name].suffixes[0]
    assert report.written == (newsroom.root / f"exchange/council-met.ru{suffix}",)
    before = tree(newsroom.root)
    untouched = take_back_files(newsroom, report.written)
    assert untouched.counts == {Fate.TAKEN: 0, Fate.UNCHANGED: 5, Fate.HELD: 0}
    assert tree(newsroom.root) == before
    bold = next(source for source in found(newsroom) if "<b>" in source)
    target = bold.replace("It heard", "Заслушал").replace("reports", "доклады")
    worked_on(report.written[0], **{"first item": "первый пункт", bold: target})
    dry = take_back_files(newsroom, report.written, dry_run=True)
    assert dry.written == ("locales/ru/releases/council-met.po",)
    assert found(newsroom)["first item"].target == ""
    done = take_back_files(newsroom, report.written)
    assert done.counts == {Fate.TAKEN: 2, Fate.UNCHANGED: 3, Fate.HELD: 0}
    assert done.exit_code == 0
    assert found(newsroom)["first item"].is_accepted
    assert found(newsroom)[bold].target == target
    assert take_back_files(newsroom, report.written).written == ()


def test_only_open_units_go_out_when_that_is_asked(newsroom):
    translate(newsroom)
    report = hand_out_files(newsroom, "ru", "csv", is_open_only=True)
    assert (report.written, report.finished) == ((), ("council-met",))
    read = read_catalog(newsroom.root, "ru", "council-met")
    assert read is not None
    fuzzy = (replace(read.units[0], fuzzy=True), *read.units[1:])
    write_catalog(newsroom.root, replace(read, units=fuzzy), source_language="en")
    (path,) = hand_out_files(newsroom, "ru", "csv", is_open_only=True).written
    assert [one.key for one in read_returned(path).units] == ["headline"]


def test_a_file_that_was_worked_on_is_not_overwritten_before_it_is_taken_back(newsroom):
    (path,) = hand_out_files(newsroom, "ru", "csv").written
    worked_on(path, **{"first item": "первый пункт"})
    work = path.read_bytes()
    (fault,) = hand_out_files(newsroom, "ru", "csv").faults
    assert "take it back first: workflow exchange import" in str(fault)
    assert path.read_bytes() == work
    take_back_files(newsroom, [path])
    assert hand_out_files(newsroom, "ru", "csv").written == (path,)
    assert read_returned(path).units[3].seal.startswith("reviewed:")


def test_a_late_file_meets_a_source_that_was_edited(newsroom):
    (path,) = hand_out_files(newsroom, "ru", "xliff21").written
    worked_on(path, **{"The council met in Bishkek on 25 July 2024.": "Совет собрался."})
    text = (newsroom.root / "sources/council-met.md").read_text(encoding="utf-8")
    write_release(newsroom, text=text.replace("in Bishkek", "in Almaty"))
    sync(newsroom)
    report = take_back_files(newsroom, [path])
    one = found(newsroom)["The council met in Almaty on 25 July 2024."]
    assert (one.target, one.fuzzy) == ("Совет собрался.", True)
    assert one.previous_source == "The council met in Bishkek on 25 July 2024."
    (issue,) = report.issues
    assert (issue.path, issue.line, issue.check) == (path.as_posix(), 9, "take-back")
    sync(newsroom)
    before = tree(newsroom.root)
    assert take_back_files(newsroom, [path]).counts[Fate.TAKEN] == 0
    assert tree(newsroom.root) == before


def test_odd_characters_survive_the_way_into_the_catalogue(newsroom):
    (path,) = hand_out_files(newsroom, "ru", "xliff21").written
    odd = ' \u202bпервый\u202c 🏔️\t\n\\n "пункт" \x07\r\u2028'
    worked_on(path, **{"first item": odd})
    take_back_files(newsroom, [path])
    assert found(newsroom)["first item"].target == odd
    assert take_back_files(newsroom, [path]).written == ()


def test_a_person_may_vouch_for_a_whole_file_but_not_for_broken_codes(newsroom):
    (path,) = hand_out_files(newsroom, "ru", "csv").written
    bold = next(source for source in found(newsroom) if "<b>" in source)
    text = path.read_text(encoding="utf-8").replace("first item,,", "first item,первый,")
    path.write_text(text, encoding="utf-8")
    take_back_files(newsroom, [path])
    assert found(newsroom)["first item"].fuzzy
    worked_on(path, **{bold: "без тегов"})
    report = take_back_files(newsroom, [path], is_accepted=True)
    assert found(newsroom)["first item"].is_accepted
    assert found(newsroom)[bold].fuzzy
    assert len(report.issues) == 1


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("council-met.ru,", "../../etc/passwd.ru,"), "no catalogue"),
        (("hash council-met.ru", "hash nothing.ru"), "no catalogue “nothing” in ru"),
        (("hash council-met.ru", "hash council-met.de"), "language “de”"),
        (("hash council-met.ru", "hash council-met.en"), "none of its texts"),
    ],
)
def test_a_file_for_another_place_is_refused(newsroom, tmp_path: Path, change, what: str):
    (path,) = hand_out_files(newsroom, "ru", "csv").written
    text = path.read_text(encoding="utf-8").replace(*change)
    if "passwd" in change[1]:
        text = path.read_text(encoding="utf-8").replace("hash council-met.ru", "hash")
        path = path.rename(path.with_name("other.ru.csv"))
    if what.startswith("none"):
        text = "\ufeffkey,source,target,state,hash council-met.ru\r\nq,Other words.,Иное.,reviewed,\r\n"
    path.write_text(text, encoding="utf-8")
    before = tree(newsroom.root)
    report = take_back_files(newsroom, [path])
    (fault,) = report.faults
    assert what in str(fault)
    assert report.exit_code == 2
    assert tree(newsroom.root) == before


@pytest.mark.parametrize("said", ["ru-RU", "RU", "ru_KZ", "ru"])
def test_a_tool_may_write_the_language_its_own_way(newsroom, said: str):
    (path,) = hand_out_files(newsroom, "ru", "xliff12").written
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('target-language="ru"', f'target-language="{said}"'), encoding="utf-8"
    )
    assert take_back_files(newsroom, [path]).faults == ()


def test_a_fault_of_one_file_leaves_the_others(newsroom, tmp_path: Path):
    (path,) = hand_out_files(newsroom, "ru", "csv").written
    worked_on(path, **{"first item": "первый пункт"})
    broken = tmp_path / "broken.ru.xlf"
    broken.write_text("<xliff", encoding="utf-8")
    report = take_back_files(newsroom, [tmp_path / "none.csv", tmp_path / "x.docx", broken, path])
    assert report.counts[Fate.TAKEN] == 1
    assert [type(fault) for fault in report.faults][1:] == [ExchangeError, ExchangeError]
    assert "broken.ru.xlf:1: not well-formed XML" in str(report.faults[2])


def test_xml_that_is_no_xliff_is_said_to_be_neither(tmp_path: Path):
    path = tmp_path / "x.xlf"
    path.write_text("<html/>", encoding="utf-8")
    with pytest.raises(ExchangeError, match="not xliff12 or xliff21"):
        read_returned(path)


# -- the command line ----------------------------------------------------------------------------


def test_the_command_line_exports_names_what_is_secret_and_imports(newsroom):
    text = (newsroom.root / "sources/council-met.md").read_text(encoding="utf-8")
    secret = text.replace("section: news", "embargo: 2030-01-01T00:00:00+06:00")
    write_release(newsroom, "secret", secret)
    write_release(newsroom, "private", text.replace("section: news", "confidential: true"))
    sync(newsroom)
    words = ("exchange", "export", "--lang", "ru", "--format", "csv", "--output", "out")
    done = run(newsroom.root, *words)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "out/council-met.ru.csv",
        "out/private.ru.csv",
        "out/secret.ru.csv",
    ]
    assert "out/secret.ru.csv: under embargo until 2030-01-01T00:00:00+06:00; keep" in done.stderr
    assert "out/private.ru.csv: confidential; keep it safe" in done.stderr
    assert "out/council-met.ru.csv:" not in done.stderr
    path = newsroom.root / "out/council-met.ru.csv"
    worked_on(path, **{"first item": "первый пункт"})
    imported = run(newsroom.root, "exchange", "import", "out/council-met.ru.csv")
    assert imported.returncode == 0, imported.stderr
    assert "1 files: 1 taken, 4 unchanged, 0 held" in imported.stderr


def test_the_report_has_a_line_for_what_was_held_in_every_output_format(newsroom):
    translate(newsroom)
    (path,) = hand_out_files(newsroom, "ru", "csv").written
    worked_on(path, **{"first item": "1-й пункт"})
    read = read_catalog(newsroom.root, "ru", "council-met")
    assert read is not None
    mine = tuple(
        replace(u, target="пункт № 1") if u.source == "first item" else u for u in read.units
    )
    write_catalog(newsroom.root, replace(read, units=mine), source_language="en")
    shown = path.relative_to(newsroom.root).as_posix()
    result = run(newsroom.root, "exchange", "import", shown)
    assert result.returncode == 1
    assert result.stdout == (
        f"{shown}:5: major: edited here and there; kept: “пункт № 1”; came back: “1-й пункт” "
        "[take-back]\n"
    )
    (issue,) = json.loads(
        run(newsroom.root, "exchange", "import", "--output-format", "json", shown).stdout
    )["issues"]
    assert (issue["line"], issue["severity"]) == (5, "major")
    github = run(newsroom.root, "exchange", "import", "--output-format", "github", shown).stdout
    assert github.startswith(f"::error file={shown},line=5::edited here and there")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("export", "--lang", "ru", "--format", "tmx"), "no exchange format “tmx” (known: csv, "),
        (("export", "--lang", "de", "--format", "csv"), "“de” is not a language"),
        (("export", "--lang", "ru", "--format", "csv", "nope"), "no release “nope” in sources/"),
        (("export", "--lang", "ru"), "Missing option '--format'"),
        (("import", "none.csv"), "error: none.csv: "),
        (("import",), "Missing argument"),
        (("imprt",), "No such command"),
    ],
)
def test_a_wrong_call_of_exchange_is_one_line_and_code_2(newsroom, words, what: str):
    result = run(newsroom.root, "exchange", *words)
    assert result.returncode == 2
    assert what in result.stderr
    assert "Traceback" not in result.stderr


def test_without_a_catalogue_the_way_is_told(newsroom):
    (newsroom.root / "locales/ru/releases/council-met.po").unlink()
    result = run(newsroom.root, "exchange", "export", "--lang", "ru", "--format", "csv")
    assert result.returncode == 2
    assert "there is no catalogue yet (workflow sync)" in result.stderr


def test_a_release_in_the_translators_own_language_is_passed_over(newsroom):
    result = run(newsroom.root, "exchange", "export", "--lang", "en", "--format", "csv")
    assert (result.returncode, result.stdout) == (0, "")


def test_a_return_leaves_the_language_of_the_release_in_the_header(tmp_path: Path):
    project = make_newsroom(tmp_path / "room", settings='source_language = "en"\n')
    write_release(project, text=RELEASE.replace("title:", "language: ru\ntitle:"))
    sync(project)
    (path,) = hand_out_files(project, "en", "csv").written
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("first item,,initial", "first item,first item,reviewed"), "utf-8")
    assert take_back_files(project, [path]).counts[Fate.TAKEN] == 1
    catalog = project.root / "locales/en/releases/council-met.po"
    assert '"X-Source-Language: ru\\n"' in catalog.read_text(encoding="utf-8")
    sync(project)
    taken = read_catalog(project.root, "en", "council-met")
    assert taken is not None
    assert [unit.target for unit in taken.units if unit.is_accepted] == ["first item"]
