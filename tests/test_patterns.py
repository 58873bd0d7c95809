"""Terms that are patterns: what they find, and that no text can make them slow."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.languages import language
from workflow.model import Concept, Term
from workflow.terminology.matching import find_terms
from workflow.terminology.patterns import MOST, fold, parse_pattern


def found(tag: str, text: str, pattern: str, case: str = "smart") -> list[str]:
    term = Term(text=pattern, match="regex", case=case)
    concepts = (Concept(id="c", terms=((tag, (term,)),)),)
    hits = find_terms(text, concepts, language(tag))
    assert {hit.features for hit in hits} <= {"PATTERN"}
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("tag", "pattern", "text", "wanted"),
    [
        ("ru", r"РС-\d{2}", "РС-24, РС-245, АРС-24, РС-24-25, «РС-25»", ["РС-24", "РС-25"]),
        ("ru", r"РС\d{2}(-[а-я]{1,3})?", "РС24-ми и РС24", ["РС24-ми", "РС24"]),
        ("ru", "Сем[её]н(?:у|ом)?", "Семён, Семену, Се\u00adмёном, Семенов", ["Семён", "Семену", "Се\u00adмёном"]),
        ("ru", "оп[еэ]рация", "oперация с латинской o", ["oперация"]),
        ("ru", r"№ ?\d{1,3}", "№\u00a012 и №7", ["№\u00a012", "№7"]),
        ("en", "e-?mail", "E-mail, email, emails, an e-mail-like", ["E-mail", "email"]),
        ("en", r"C\+\+", "in C++ and C++17", ["C++"]),
        ("en", "colou?r|gr[ae]y", "Color, grey", ["Color", "grey"]),
        ("en", "[^a-z ]{2}", "ab AB", ["AB"]),
        ("en", "a.c", "abc a\nc", ["abc", "a\nc"]),
        ("en", "x{2}", "xx xxx", ["xx"]),
    ],
)  # fmt: skip
def test_a_pattern_is_found_at_the_borders_of_words(
    tag: str, pattern: str, text: str, wanted: list[str]
):
    assert found(tag, text, pattern) == wanted


def test_capitals_of_a_pattern_are_asked_for_as_its_term_says():
    assert found("en", "Ab ab AB aB", "Ab") == ["Ab", "AB"]
    assert found("en", "Ab ab AB aB", "Ab", "exact") == ["Ab"]
    assert found("en", "Ab ab AB aB", "Ab", "any") == ["Ab", "ab", "AB", "aB"]
    assert found("en", "Ab AB", "A[a-c]") == ["Ab", "AB"]


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        ("a*", "“*” has no end; say how often, as {0,20}"),
        ("a+", "“+” has no end"),
        ("(a+)+$", "“+” has no end"),
        ("a{2,}", "“{” has no end"),
        ("a{3,2}", "“{3,2}” is no number of times"),
        ("a{0}", "“{0}” is no number of times"),
        ("a{1,2}{1,2}", "“{” repeats a repeat"),
        ("a??", "“?” repeats a repeat"),
        ("(?=a)b", "“(?” is not known"),
        ("(?<n>a)", "“(?” is not known"),
        (r"(a)\1", "“\\1” is not known"),
        (r"\bab", "“\\b” is not known"),
        ("^ab", "“^” is not needed"),
        ("ab$", "“$” is not needed"),
        ("ab(", "ends in the middle"),
        ("(ab", "ends in the middle"),
        ("ab)", "“)” closes no group"),
        ("[ab", "ends in the middle"),
        ("[]", "“[]” is empty"),
        ("[b-a]", "“b-a” is no range"),
        (r"[\d-z]", "is no range"),
        ("ab\\", "ends in the middle"),
        ("?ab", "“?” has nothing before it"),
        ("", "matches nothing that has a letter"),
        ("a?", "matches nothing that has a letter"),
        ("a|", "matches nothing that has a letter"),
        ("--", "matches nothing that has a letter"),
        ("(" * 11 + "a" + ")" * 11, "more than 10 groups"),
        ("a" * 201, "is longer than 200 characters"),
        ("(a?){20}b", "in too many ways"),
        ("a?" * 30 + "a" * 30, "in too many ways"),
        ("(a|a){12}b", "in too many ways"),
        ("((a{0,20}){0,20}){0,20}b", "in too many ways"),
        ("(a{0,50}b{0,50}){2}", "in too many ways"),
        ("|".join(["a{0,30}b{0,30}c"] * 12), "in too many ways"),
        ("(((((((((a{1,999}){1,999}){1,999}){1,999}){1,999}){1,999}){1,999}){1,999}){1,999}){1,999}", "in too many ways"),
    ],
)  # fmt: skip
def test_what_could_run_away_or_find_nothing_is_refused_in_one_line(pattern: str, what: str):
    with pytest.raises(ValueError) as caught:
        parse_pattern(pattern)
    assert what in str(caught.value)
    assert "\n" not in str(caught.value)


Node = tuple
atoms = st.sampled_from("ab").map(lambda char: ("char", char))
nodes = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: ("then", *parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: ("or", *parts)),
        st.tuples(inner, st.integers(0, 3), st.integers(1, 4)).map(
            lambda t: ("times", t[0], t[1], max(t[1], t[2]))
        ),
    ),
    max_leaves=12,
)


def written(node: Node) -> str:
    kind, *parts = node
    if kind == "char":
        return parts[0]
    if kind == "times":
        return f"(?:{written(parts[0])}){{{parts[1]},{parts[2]}}}"
    return f"({('' if kind == 'then' else '|').join(map(written, parts))})"


class Backtracking:
    """The plainest matcher there is. It counts the characters that it looks at."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.looked = 0

    def ends(self, node: Node, at: int) -> Iterator[int]:
        kind, *parts = node
        if kind == "char":
            self.looked += 1
            if self.text[at : at + 1] == parts[0]:
                yield at + 1
        elif kind == "or":
            for part in parts:
                yield from self.ends(part, at)
        elif kind == "then":
            yield from self.row(parts, at)
        else:
            yield from self.times(parts[0], at, low=parts[1], left=parts[2])

    def times(self, node: Node, at: int, *, low: int, left: int) -> Iterator[int]:
        for end in self.ends(node, at) if left else ():
            yield from self.times(node, end, low=low - 1, left=left - 1)
        if low <= 0:
            yield at

    def row(self, parts: list[Node], at: int) -> Iterator[int]:
        for end in self.ends(parts[0], at):
            yield from self.row(parts[1:], end) if len(parts) > 1 else [end]


@given(nodes, st.text("ab", min_size=1, max_size=40))
def test_the_count_of_steps_is_never_exceeded(node: Node, text: str):
    """By a matcher that tries every way to the end; `re` leaves some out."""
    try:
        pattern = parse_pattern(written(node))
    except ValueError:
        return
    assert pattern.steps <= MOST
    matcher = Backtracking(text)
    ends = set(matcher.ends(node, 0))
    assert matcher.looked <= pattern.steps
    whole = len(text) in ends
    assert bool(list(pattern.spans(fold(text)))) == whole


@given(st.text("abcеё-' »\u00ad1", max_size=30))
def test_offsets_are_those_of_the_text(text: str):
    plain = [m.span() for m in re.finditer("\u00ad", text)]
    view = fold(text)
    assert len(view.text) == len(view.places) == len(text) - len(plain)
    assert list(view.places) == sorted(view.places)


@given(st.text(max_size=30))
def test_any_text_is_a_pattern_or_refused(text: str):
    with contextlib.suppress(ValueError):
        pattern = parse_pattern(text)
        assert pattern.steps <= MOST
        assert pattern.regex.search("") is None
