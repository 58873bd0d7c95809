"""What went wrong in a template → one line with its file and line."""

from __future__ import annotations

from types import TracebackType

import jinja2

from workflow.errors import TemplateError

FAULTS = (
    *(jinja2.TemplateError, ArithmeticError, AttributeError, LookupError),
    *(RecursionError, TypeError, ValueError),
)
"""What a template's own doing can raise; the values it is given raise nothing."""


def template_error(fault: BaseException, template: str) -> TemplateError:
    """One line for what jinja2 found: the template, the line, what is wrong."""
    name, line = _place(fault.__traceback__, template)
    what = getattr(fault, "message", None) or str(fault) or type(fault).__name__
    if isinstance(fault, jinja2.TemplateSyntaxError):
        name, line = fault.name or template, fault.lineno
    elif isinstance(fault, jinja2.TemplateNotFound):
        what = f"there is no template “{fault.name}”"
    return TemplateError(
        what,
        path=f"templates/{name}",
        line=line,
        hint="mend the template; the site was not changed",
    )


def _place(trace: TracebackType | None, template: str) -> tuple[str, int | None]:
    """The deepest line of a template; jinja2 puts the template's own lines into the traceback."""
    name, line = template, None
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".html"):
            name, line = file.rpartition("/templates/")[2], trace.tb_lineno
        trace = trace.tb_next
    return name, line
