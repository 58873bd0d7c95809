"""A "not" of the source that nothing in the target says."""

import functools
import re
from collections.abc import Iterable

from workflow.languages import Language, language_data
from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def _find(pair: Pair) -> Iterable[Finding]:
    """Only plain words of denial count in the source; in the target any denial does."""
    if pair.source_language is pair.target_language:
        return
    plain = _denials(pair.source_language.tag)
    found = plain.search(pair.source.plain)
    if found and not _is_denied(pair.target.plain, pair.target_language):
        yield Finding(
            message=f"“{found[0]}” of the source: the target denies nothing",
            source_start=found.start(),
            source_end=found.end(),
        )


def _is_denied(text: str, language: Language) -> bool:
    return any(_denies(word.lower(), language) for word in _WORD.findall(text))


@functools.lru_cache(maxsize=65536)
def _denies(word: str, language: Language) -> bool:
    guards = language.guards
    return (
        guards.negation.fullmatch(word) is not None
        or word.endswith(guards.negation_endings)
        or word.startswith(guards.negation_prefixes)
        or _contrary(language).search(word) is not None
    )


@functools.cache
def _contrary(language: Language) -> re.Pattern[str]:
    """A denied form of a verb, or a word of the language's own list."""
    data = language_data(language.tag)["denials"]
    suffixes, tails = "|".join(language.guards.negation_suffixes), "|".join(data["tails"])
    words = "|".join(rf"\A{re.escape(word)}".replace(r"\*", "") for word in data["words"])
    shapes = [words] if words else []
    if suffixes:
        shapes.append(rf"\w{{2}}(?:{suffixes})(?:{tails})")
    return re.compile("|".join(shapes) or "(?!)")


@functools.cache
def _denials(tag: str) -> re.Pattern[str]:
    plain = "|".join(
        re.escape(word).replace(r"\*", r"\w+") for word in language_data(tag)["denials"]["plain"]
    )
    return re.compile(rf"(?<!\w)(?:{plain or '(?!)'})(?!\w)(?! only\b)", re.IGNORECASE)


CHECK = Check(
    name="denials",
    severity=Severity.MINOR,
    about="What the source denies with “not” or “never” the target denies too.",
    find=_find,
    good=(
        Example(source="The talks are not over.", target="Переговоры не завершены."),
        Example(source="It didn’t happen.", target="Ол болған жоқ.", language="kk"),
        Example(source="He did not come.", target="Ол келмеді.", language="kk"),
        Example(source="He cannot come.", target="Ал келе албайт.", language="ky"),
        Example(source="not only drugs", target="наркотики и оружие"),
    ),
    bad=(
        Example(source="The talks are not over.", target="Переговоры завершены."),
        Example(source="He did not come.", target="Ол келді.", language="kk"),
        Example(source="He cannot come.", target="Ал келет.", language="ky"),
    ),
)
