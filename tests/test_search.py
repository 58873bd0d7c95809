"""Search: a page is found by any form of its words."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations
from pathlib import Path

import pytest

from workflow.languages import language
from workflow.morphology import Morphology, load

DATA = Path(__file__).parents[2] / "shared" / "data" / "morphology"


def morphology(tag: str) -> Morphology:
    return load(language(tag).inflection.strategy, tag)


def finds(asked: str, roots: frozenset[str]) -> bool:
    """How Pagefind looks a word up: it finds longer words, and failing these, its own beginnings."""
    return any(root.startswith(asked) or asked.startswith(root) for root in roots)


@pytest.mark.parametrize(
    ("tag", "asked", "written"),
    [
        ("kk", "пункттің", "пунктінде"),
        ("kk", "кітабымызды", "кітап"),
        ("kk", "кітапқа", "кітабын"),
        ("kk", "халқымыздың", "халық"),
        ("kk", "халықтар", "халқы"),
        ("kk", "қазақстанда", "қазақстанның"),
        ("ky", "китебибизди", "китепке"),
        ("ky", "мүлкүн", "мүлк"),
        ("ky", "уюмунун", "уюмдар"),
        ("ky", "кыргызстандагы", "кыргызстандын"),
        ("ru", "человек", "люди"),
        ("ru", "ребёнок", "дети"),
        ("en", "foot", "feet"),
    ],
)
def test_a_word_is_found_by_another_form_of_it(tag: str, asked: str, written: str):
    assert finds(asked, morphology(tag).roots(written))


@pytest.mark.parametrize(
    ("tag", "asked", "written"),
    [
        ("kk", "қала", "қалқан"),
        ("kk", "балық", "балаға"),
        ("ky", "таш", "тамга"),
        ("ky", "он", "оң"),
    ],
)
def test_a_word_is_not_found_by_one_that_begins_like_it(tag: str, asked: str, written: str):
    assert not any(asked.startswith(root) for root in morphology(tag).roots(written))


def forms(tag: str, name: str) -> list[set[str]]:
    """The forms of each word of the development data that has several."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in (DATA / f"{tag}.{name}.tsv").read_text(encoding="utf-8").splitlines():
        label, lemma, form, *_ = line.split("\t")
        if label == "1" and " " not in lemma:
            found[lemma.lower()] |= {lemma.lower(), form.lower()}
    return [several for several in found.values() if len(several) > 1]


@pytest.mark.skipif(not DATA.is_dir(), reason="the development data is not here (../shared)")
@pytest.mark.parametrize(
    ("tag", "name", "floor"),
    [
        ("kk", "udclean", 0.99),
        ("kk", "unimorph", 0.99),
        ("ky", "udclean", 0.98),
        ("ky", "apgold", 0.97),
    ],
)
def test_nearly_all_forms_find_one_another(tag: str, name: str, floor: float):
    roots = morphology(tag).roots
    pairs = [pair for several in forms(tag, name)[:150] for pair in permutations(several, 2)]
    found = sum(finds(asked, roots(written)) for asked, written in pairs)
    assert found / len(pairs) >= floor
    plain = sum(written.startswith(asked) or asked.startswith(written) for asked, written in pairs)
    assert plain / len(pairs) < 0.75  # what a search that knows no endings would find
