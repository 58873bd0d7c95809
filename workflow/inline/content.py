"""Text → the mixed content of an element; each format spells the codes its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from workflow.errors import ExchangeError
from workflow.foreign_xml import ILLEGAL, Element
from workflow.inline.codes import Event, events
from workflow.model import STANDALONE, Code, Text


class Spelling(Protocol):
    """How a format writes inline codes."""

    def pair(self, parent: Element, number: int, code: Code) -> Element:
        """A code over words: its element, still empty."""

    def point(self, parent: Element, number: int, code: Code) -> None:
        """A code that stands alone."""

    def character(self, parent: Element, char: str) -> None:
        """A character that XML cannot hold."""


def fill(element: Element, text: Text, numbers: list[int], spelling: Spelling) -> None:
    """Write ``text`` into ``element``, which is empty."""
    stack = [element]
    standing = False
    for event in events(text, numbers):
        if event.opens is not None:
            standing = event.opens.kind in STANDALONE
            _open(stack, event, event.opens, spelling)
        elif event.closes:
            if not standing:
                stack.pop()
            standing = False
        else:
            append(stack[-1], event.words, character=spelling.character)


def append(element: Element, words: str, *, character: Callable[[Element, str], object]) -> None:
    """Write ``words`` behind what ``element`` has; ``character`` writes one XML cannot hold."""
    at = 0
    for found in ILLEGAL.finditer(words):
        _words(element, words[at : found.start()])
        character(element, found[0])
        at = found.end()
    _words(element, words[at:])


def safe(value: str, *, what: str, path: str, line: int = 0) -> str:
    """``value`` for an attribute. `ExchangeError` when XML cannot hold it there."""
    found = ILLEGAL.search(value)
    if found is not None:
        raise ExchangeError(
            f"{what} has the character U+{ord(found[0]):04X}, which XML cannot hold",
            path=path,
            line=line or None,
            hint="take it out, or export as csv",
        )
    return value


def pieces(element: Element) -> Iterator[Element | str]:
    """The content of ``element`` in order: its words and its children."""
    if element.text:
        yield element.text
    for inner in element:
        if isinstance(inner.tag, str):
            yield inner
        if inner.tail:
            yield inner.tail


def _open(stack: list[Element], event: Event, code: Code, spelling: Spelling) -> None:
    if code.kind in STANDALONE:
        spelling.point(stack[-1], event.number, code)
    else:
        stack.append(spelling.pair(stack[-1], event.number, code))


def _words(element: Element, words: str) -> None:
    if not words:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words
