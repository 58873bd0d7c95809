"""``workflow serve``."""

import sys
import webbrowser
from pathlib import Path

import click

from workflow.pipeline.preview import EDITORS
from workflow.preview.server import PreviewServer
from workflow.stores.project import open_project, wanted_languages, wanted_targets


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Without it, a free one.")
@click.option("--lang", metavar="TAG", help="The language to begin with.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option(
    "--editor",
    type=click.Choice(tuple(EDITORS)),
    default="none",
    help="Where the places of units lead.",
)
@click.pass_obj
def command(where: Path, port: int, lang: str | None, no_browser: bool, editor: str) -> int:
    """Show drafts in the browser, as the catalogues are this moment; stop with Ctrl+C.

    What nobody has accepted is marked; a click on a unit tells its catalogue and line, its state
    and its issues. The page follows every change of the files. Only this machine can see it.
    """
    project = open_project(where)
    first = wanted_targets(project) or wanted_languages(project, ())
    home = wanted_languages(project, (lang,))[0] if lang else first[0]
    with PreviewServer(project.root, port, home=home, editor=editor) as server:
        click.echo(server.address)
        sys.stdout.flush()
        if not no_browser and sys.stdout.isatty():
            webbrowser.open(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            server.stopped.set()
    return 0
