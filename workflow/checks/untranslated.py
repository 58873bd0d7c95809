"""A unit without a target."""

from collections.abc import Iterable

from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair


def _find(pair: Pair) -> Iterable[Finding]:
    if not pair.unit.target:
        yield Finding(message="not translated")


CHECK = Check(
    name="untranslated",
    severity=Severity.MAJOR,
    about="The unit has no target yet.",
    find=_find,
    about_state=True,
    needs_target=False,
    good=(Example(source="The operation is over.", target="Операция завершена."),),
    bad=(Example(source="The operation is over.", target=""),),
)
