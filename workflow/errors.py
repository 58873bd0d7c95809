"""What can go wrong, in the words of the person at the keyboard.

WorkflowError                something the user must mend outside the text
├── UsageError               the command was called in a way that cannot work
├── SettingsError            workflow.toml says something it cannot mean
├── SourceError              a release cannot be read
├── CatalogError             a PO file cannot be read or must not be written
│   └── StaleError           somebody saved the file meanwhile
├── GlossaryError            locales/glossary.toml cannot be used
├── TemplateError            the theme cannot be rendered
├── StoreError               the disk refused
├── EngineError              a translation engine cannot be used, or a request of it failed
│   ├── EngineBusyError      it asks for patience
│   └── EngineRefusedError   it will not answer in this run: no key, no quota, not allowed
└── ExchangeError            a file for or from a translator cannot be used

What is wrong with a *text* is never an error: it is a `workflow.model.Issue`.
"""


class WorkflowError(Exception):
    """One thing that is wrong: where, what, and what to do about it."""

    def __init__(
        self, what: str, *, path: str | None = None, line: int | None = None, hint: str = ""
    ) -> None:
        super().__init__(what)
        self.what = what
        self.path = path
        self.line = line
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders, and BaseException would forget the keywords.
        return _rebuild, (type(self), self.what, self.path, self.line, self.hint)

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.path and self.line else ""
        if self.path and not self.line:
            place = f"{self.path}: "
        hint = f" ({self.hint})" if self.hint else ""
        return " ".join(f"{place}{self.what}{hint}".split())


def _rebuild(
    kind: type[WorkflowError], what: str, path: str | None, line: int | None, hint: str
) -> WorkflowError:
    return kind(what, path=path, line=line, hint=hint)


class UsageError(WorkflowError):
    """The command was called in a way that cannot work."""


class SettingsError(WorkflowError):
    """``workflow.toml`` says something it cannot mean."""


class SourceError(WorkflowError):
    """A release cannot be read."""


class CatalogError(WorkflowError):
    """A PO file cannot be read, or must not be written."""


class StaleError(CatalogError):
    """Somebody saved the file between our reading and our writing of it."""


class GlossaryError(WorkflowError):
    """``locales/glossary.toml`` cannot be used."""


class TemplateError(WorkflowError):
    """The theme cannot be rendered."""


class StoreError(WorkflowError):
    """The disk refused: no room, no right, no such place."""


class EngineError(WorkflowError):
    """A translation engine cannot be used, or failed. Never carries the text it was given."""


class EngineBusyError(EngineError):
    """The service asks for patience: too many requests, or it is overloaded."""


class EngineRefusedError(EngineError):
    """The service will not answer in this run: no key, no quota, or the text may not go there."""


class ExchangeError(WorkflowError):
    """A file for or from a translator cannot be written or read."""
