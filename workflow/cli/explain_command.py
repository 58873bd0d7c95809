"""``workflow explain``."""

import click

from workflow.errors import UsageError
from workflow.plugins import Check, Example, discover


@click.command("explain")
@click.argument("name", required=False)
def command(name: str | None) -> int:
    """Tell what a check looks for, with examples; without a NAME, list the checks."""
    checks: dict[str, Check] = discover("workflow.checks", "CHECK")
    if name is None:
        for check in checks.values():
            click.echo(f"{check.name:14} {check.severity.name.lower():8} {check.about}")
        return 0
    if name not in checks:
        raise UsageError(f"no check “{name}”", hint=f"known: {', '.join(checks)}")
    check = checks[name]
    click.echo(f"{check.name} ({check.severity.name.lower()}): {check.about}")
    for title, examples in (("passes", check.good), ("is reported", check.bad)):
        click.echo(f"\n{title}:")
        for example in examples:
            click.echo(f"  {_shown(example)}")
    return 0


def _shown(example: Example) -> str:
    terms = "; ".join(f"{tag}: {', '.join(words)}" for tag, words in example.terms.items())
    return f"en “{example.source}” · {example.language} “{example.target}”" + (
        f"  [glossary {terms}]" if terms else ""
    )
