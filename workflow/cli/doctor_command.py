"""``workflow doctor``."""

from pathlib import Path

import click

from workflow.pipeline.doctor import Remark, doctor


@click.command("doctor")
@click.pass_obj
def command(where: Path) -> int:
    """Tell what is missing or wrong on this machine and in this newsroom, and what mends it.

    Exit code 1 when something stops the work.
    """
    remarks = doctor(where)
    for remark in remarks:
        click.echo(_line(remark))
    return 1 if any(remark.serious for remark in remarks) else 0


def _line(remark: Remark) -> str:
    if not remark.mend:
        return f"{click.style('ok  ', fg='green')} {remark.about:9} {remark.what}"
    mark = click.style("!!  ", fg="red") if remark.serious else click.style("note", fg="yellow")
    return f"{mark} {remark.about:9} {remark.what}\n{'':15}→ {remark.mend}"
