"""A target much longer or shorter than its source."""

from collections.abc import Iterable

from workflow.model import Severity
from workflow.plugins import Check, Example, Finding, Pair

_SHORT = 40  # characters: below that a length says nothing
_LEAST, _MOST = 0.5, 2.2  # of people's translations into ru, kk and ky 3 in 738 are outside


def _find(pair: Pair) -> Iterable[Finding]:
    ours, theirs = len(pair.source.plain), len(pair.target.plain)
    if ours >= _SHORT and theirs < _LEAST * ours:
        yield Finding(message=f"{theirs} characters for {ours} of the source: is it whole?")
    elif ours >= _SHORT and theirs > _MOST * ours:
        yield Finding(message=f"{theirs} characters for {ours} of the source: what was added?")


_SAID = "The members of the council met in Bishkek and heard three reports."

CHECK = Check(
    name="length",
    severity=Severity.MINOR,
    about="The target is much longer or much shorter than its source.",
    find=_find,
    good=(
        Example(source=_SAID, target="Члены совета собрались в Бишкеке и заслушали три доклада."),
        Example(source="Yes, of course.", target="Да."),
    ),
    bad=(
        Example(source=_SAID, target="Члены совета собрались"),
        Example(source=_SAID, target="Кеңеш мүшөлөрү чогулду.", language="ky"),
        Example(source=_SAID, target="Члены совета собрались в Бишкеке. " * 5),
    ),
)
