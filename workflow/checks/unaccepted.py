"""A target that no person has accepted (PO: fuzzy)."""

from collections.abc import Iterable

from workflow.model import DRAFTED, RECHECK, Severity, State
from workflow.plugins import Check, Example, Finding, Pair


def _find(pair: Pair) -> Iterable[Finding]:
    unit = pair.unit
    if unit.state is not State.TRANSLATED:
        return
    mark = next((c for c in unit.comments if c.startswith(RECHECK)), "")
    why = next((c for c in unit.comments if c.startswith(DRAFTED)), "")
    if mark:
        about = mark.removeprefix(RECHECK).partition(",")[0]
        yield Finding(message=f"the {mark}; correct it, then clear “fuzzy”", about=about)
    elif why:
        yield Finding(message=f"not yet accepted ({why}): correct it, then clear “fuzzy”")
    elif unit.previous_source is not None:
        yield Finding(message="the source has changed: correct the target, then clear “fuzzy”")
    else:
        yield Finding(message="marked fuzzy: correct it, then clear “fuzzy”")


CHECK = Check(
    name="unaccepted",
    severity=Severity.MAJOR,
    about="The target is marked fuzzy: a person has to read it and clear the mark.",
    find=_find,
    about_state=True,
    good=(Example(source="The talks are over.", target="Переговоры завершены."),),
    bad=(Example(source="The talks are over.", target="Переговоры завершены.", fuzzy=True),),
)
