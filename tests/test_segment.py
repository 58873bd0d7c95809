"""Segments: nothing of a release is lost between cutting it and putting it together again."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import letters, texts
from workflow.languages import known_tags, language
from workflow.languages.sentences import sentences
from workflow.markup import format_text
from workflow.model import Block, BlockKind, Catalog, Release, Role, Text, Unit
from workflow.stages.assemble import assemble
from workflow.stages.segment import segment

SHARED = Path(__file__).parents[2] / "shared" / "data" / "segmentation"

CASES = {
    "en": [
        ["Deputy Minister A.I. Khrapov spoke.", "Lt. Gen. K.I. Suntaev agreed."],
        ["48 firearms were seized.", "854 offences were detected."],
        ["See No. 5 and Art. 7 of the plan.", "It is short."],
        ["The U.S. Security Council delegation left.", "They met at 5 p.m. in Almaty."],
        [".Joint efforts unmasked a group."],
        ["It was completed.", "The end"],
        ["“We agree. We will act,” he said.", "Then he left."],
        ["Some 5 kg.", "Nothing else."],
    ],
    "ru": [
        ["25 июля 2024 г. в г. Бишкеке прошла встреча.", "В ней участвовал В.А. Семериков."],
        ["Изъято 300 тыс. руб. и т. д.", "Следствие идёт."],
        ["«Мы согласны. Мы готовы», — сказал он.", "Затем он ушёл."],
        ["Создан в 1898 г.", "В 1900 г. закрыт."],
    ],
    "kk": [
        ["2023 ж. 15 қыркүйекте Ә.Б. Серікұлы келді.", "Жиын өтті."],
        ["5 млрд. теңге бөлінді.", "Астана қ. өткен жиын аяқталды."],
        ["Қару, оқ-дәрі т.б. табылды.", "Өткен апта."],
    ],
    "ky": [
        ["2023-ж. 15-сентябрда жыйын болду.", "Өлкө тынч."],
        ["“Макулбуз. Даярбыз”, — деди ал.", "Кийин кетти."],
    ],
}


@pytest.mark.parametrize(
    ("tag", "wanted"), [(tag, case) for tag, cases in CASES.items() for case in cases]
)
def test_sentences_end_where_a_reader_says(tag: str, wanted: list[str]):
    text = " ".join(wanted)
    assert [text[a:b] for a, b in sentences(text, language(tag))] == wanted


@given(st.sampled_from(known_tags()), letters)
def test_only_white_space_lies_between_sentences(tag: str, text: str):
    at = 0
    for start, end in sentences(text, language(tag)):
        assert text[at:start].strip() == ""
        assert text[start:end] == text[start:end].strip() != ""
        at = end
    assert text[at:].strip() == ""


@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data is not here")
@pytest.mark.parametrize(("tag", "least"), [("en", 93), ("kk", 96), ("ky", 99)])
def test_treebank_sentences_are_found(tag: str, least: float):
    right = wrong = missed = 0
    for line in (SHARED / f"{tag}.treebank.jsonl").read_text(encoding="utf-8").splitlines():
        pieces = json.loads(line)["segments"]
        gold, at = set(), 0
        for piece in pieces:
            at += len(piece)
            gold.add(at)
            at += 1
        found = {end for _, end in sentences(" ".join(pieces), language(tag))}
        right += len(gold & found)
        wrong += len(found - gold)
        missed += len(gold - found)
    assert 200 * right / (2 * right + wrong + missed) >= least


@st.composite
def releases(draw: st.DrawFn) -> Release:
    kinds = st.sampled_from([k for k in BlockKind if k is not BlockKind.VERBATIM])
    blocks = draw(st.lists(st.builds(Block, kind=kinds, text=texts()), max_size=4))
    return Release(
        slug="a", title="A title", language="en", summary=draw(letters), blocks=tuple(blocks)
    )


@given(releases())
def test_assembling_the_source_gives_the_source(release: Release):
    segments = segment(release)
    units = tuple(
        Unit(key=s.key, source=format_text(s.text), target=format_text(s.text)) for s in segments
    )
    catalog = Catalog(slug="a", language="ru", units=units)
    assert assemble(release, segments, catalog) == replace(release, language="ru", original="en")


@given(releases())
def test_every_key_is_there_once(release: Release):
    keys = [s.key for s in segment(release)]
    assert len(keys) == len(set(keys))


def release_of(*texts: str) -> Release:
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=Text(text)) for text in texts)
    return Release(slug="a", title="Title", language="en", summary="Sum.", blocks=blocks)


def test_the_translator_is_told_what_a_segment_is():
    found = segment(release_of("Lead. More.", "Rest."))
    assert [(s.role, s.text.plain) for s in found] == [
        (Role.HEADLINE, "Title"),
        (Role.SUMMARY, "Sum."),
        (Role.LEAD, "Lead."),
        (Role.LEAD, "More."),
        (Role.PARAGRAPH, "Rest."),
    ]


def test_a_key_does_not_move_when_a_paragraph_is_put_before_it():
    before = {s.text.plain: s.key for s in segment(release_of("One.", "Two."))}
    after = {s.text.plain: s.key for s in segment(release_of("Zero.", "One.", "Two."))}
    assert before.items() <= after.items()


def test_a_target_of_an_older_source_is_not_shown():
    release = release_of("One.")
    segments = segment(release)
    units = tuple(Unit(key=s.key, source="something else", target="x") for s in segments)
    assembled = assemble(release, segments, Catalog(slug="a", language="ru", units=units))
    assert assembled.untranslated == {-1, -2, 0}
    assert assembled.blocks == release.blocks


def test_a_draft_shows_what_is_there_and_marks_the_rest():
    release = release_of("One. Two.", "Three.")
    segments = segment(release)
    units = tuple(
        Unit(
            key=s.key, source=s.text.plain, target="x" if s.text.plain != "Two." else "", fuzzy=True
        )
        for s in segments
    )
    catalog = Catalog(slug="a", language="ru", units=units)
    draft = assemble(release, segments, catalog, draft=True)
    assert [b.text.plain for b in draft.blocks] == ["x Two.", "x"]
    assert draft.untranslated == {0}
    assert assemble(release, segments, catalog).untranslated == {-1, -2, 0, 1}
