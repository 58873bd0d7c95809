"""The search index of a site: a folder of small files that the reader's browser asks for.

Made by Pagefind (MIT), which comes with the extra ``search``.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Iterable
from pathlib import Path

from workflow.errors import StoreError

_UNUSED = ("pagefind-*.js", "pagefind-*.css")
_NEEDED = frozenset({"pagefind-worker.js"})


def can_index() -> bool:
    """Whether Pagefind is here."""
    try:
        import pagefind.index  # noqa: F401
    except ImportError:
        return False
    return True


def write_index(folder: Path, pages: Iterable[tuple[str, str]], *, tag: str) -> None:
    """Index ``pages``, (path in the site, HTML) pairs of the language ``tag``, into ``folder``.

    Raises `StoreError` where Pagefind is not here, or fails.
    """
    if not can_index():
        raise StoreError("search needs Pagefind", hint="pip install 'workflow[search]'")
    shutil.rmtree(folder, ignore_errors=True)  # a build may begin with the files of another
    logging.getLogger("pagefind").setLevel(logging.CRITICAL)
    try:
        asyncio.run(_write(folder, pages, tag))
    except (OSError, RuntimeError, AssertionError, FileNotFoundError) as fault:
        raise StoreError(f"the search index was not made: {fault}", path=str(folder)) from None
    for pattern in _UNUSED:
        for file in folder.glob(pattern):
            if file.name not in _NEEDED:
                file.unlink()
    shutil.rmtree(folder / "playground", ignore_errors=True)


async def _write(folder: Path, pages: Iterable[tuple[str, str]], tag: str) -> None:
    from pagefind.index import IndexConfig, PagefindIndex

    settings = IndexConfig(
        output_path=str(folder), force_language=tag.partition("-")[0], keep_index_url=True
    )
    async with PagefindIndex(config=settings) as index:
        for path, content in pages:
            await index.add_html_file(content=content, url=f"/{path}")
