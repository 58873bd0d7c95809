"""The values that flow through the pipeline. All are frozen; nothing here does anything."""

from workflow.model.issues import Issue, Severity, Waiver
from workflow.model.terms import (
    CASES,
    MATCHES,
    PARTS_OF_SPEECH,
    Concept,
    ConceptStatus,
    Term,
    TermStatus,
)
from workflow.model.texts import (
    STANDALONE,
    Block,
    BlockKind,
    Code,
    CodeKind,
    Page,
    Release,
    Role,
    Segment,
    Text,
)
from workflow.model.units import (
    DRAFTED,
    Candidate,
    Catalog,
    MatchClass,
    Remembered,
    State,
    Unit,
)

__all__ = [
    "CASES",
    "DRAFTED",
    "MATCHES",
    "PARTS_OF_SPEECH",
    "STANDALONE",
    "Block",
    "BlockKind",
    "Candidate",
    "Catalog",
    "Code",
    "CodeKind",
    "Concept",
    "ConceptStatus",
    "Issue",
    "MatchClass",
    "Page",
    "Release",
    "Remembered",
    "Role",
    "Segment",
    "Severity",
    "State",
    "Term",
    "TermStatus",
    "Text",
    "Unit",
    "Waiver",
]
