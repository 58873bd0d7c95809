"""Inline codes: the target has those of the source, well nested, and leads where it may."""

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from workflow.markup import format_text, tags
from workflow.model import CodeKind, Severity, Text
from workflow.plugins import Check, Example, Finding, Pair

_SAFE = frozenset({"", "http", "https", "mailto", "tel"})


def _find(pair: Pair) -> Iterable[Finding]:
    if "<" not in pair.unit.source and "<" not in pair.unit.target:
        return
    wanted, given = Counter(tags(pair.unit.source)), Counter(tags(pair.unit.target))
    links_differ = False
    for tag in sorted((wanted - given) | (given - wanted)):
        if tag.startswith("<a "):
            links_differ = True
        elif tag.startswith("</") and _names(pair.unit.target).count(f"<{tag[2:-1]}") == given[tag]:
            continue  # its opening tag is reported
        elif wanted[tag] > given[tag]:
            yield Finding(message=f"{tag} of the source is missing")
        else:
            yield Finding(message=f"{tag} is not in the source")
    if links_differ:
        yield from _links(pair.source, pair.target)
    elif wanted == given and _names(format_text(pair.target)) != _names(pair.unit.target):
        yield Finding(message="the codes are not well nested")
    yield from _unsafe(pair.target)


def _names(markup: str) -> list[str]:
    return [tag.partition(" ")[0].rstrip(">") for tag in tags(markup)]


def _links(source: Text, target: Text) -> Iterable[Finding]:
    """A link may lead to the same site's page in the other language, and nowhere else."""
    ours = Counter(urlsplit(link).netloc for link in _targets(source))
    theirs = Counter(urlsplit(link).netloc for link in _targets(target))
    if ours != theirs:
        yield Finding(message="the links are not those of the source")
        return
    for link in sorted(set(_targets(target)) - set(_targets(source))):
        yield Finding(message=f"the link leads to {link}", severity=Severity.MINOR)


def _targets(text: Text) -> list[str]:
    return [code.target for code in text.codes if code.kind is CodeKind.LINK]


def _unsafe(text: Text) -> Iterable[Finding]:
    for code in text.codes:
        bare = "".join(char for char in code.target if char.isprintable() and not char.isspace())
        try:
            scheme = urlsplit(bare).scheme.lower()
        except ValueError:
            scheme = "?"
        if scheme not in _SAFE:
            yield Finding(
                message="the link is not one that may be published",
                start=code.start,
                end=code.end,
                severity=Severity.CRITICAL,
            )


CHECK = Check(
    name="markup",
    severity=Severity.MAJOR,
    about="Bold, italic, links, breaks and images of the source are in the target too.",
    find=_find,
    good=(
        Example(source="a <b>bold</b> word", target="<b>жирное</b> слово"),
        Example(source="5 < 6 & 7", target="5 < 6 & 7"),
    ),
    bad=(
        Example(source="a <b>bold</b> word", target="жирное слово"),
        Example(source="a word", target="<i>слово</i>"),
        Example(source="<b>a</b> <i>b</i>", target="<b>а <i>б</b></i>"),
        Example(
            source='<a href="https://example.org/">here</a>',
            target='<a href="https://example.com/">тут</a>',
        ),
        Example(source='<a href="/a">a</a>', target='<a href="javascript:x()">а</a>'),
    ),
)
