"""What this program is: kept results of another one are not to be trusted."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from workflow import __version__
from workflow.morphology import LIBRARIES
from workflow.stores.files import seen

_ENDINGS = (".py", ".toml", ".txt")  # code, and the data that it decides by


@functools.cache
def program() -> str:
    """Its version, the interpreter, and what the file system says of its files and libraries.

    Inodes and the moments of change of some hundred files: on another machine it is another text.
    """
    own = sorted(
        f"{folder}/{name}"
        for folder, _, names in os.walk(Path(__file__).parents[1])
        for name in names
        if name.endswith(_ENDINGS)
    )
    return "/".join([__version__, sys.version, *(seen(file)[0] for file in (*own, *_libraries()))])


def _libraries() -> Iterator[str]:
    """A file of each library, which its every version brings anew."""
    specs = (find_spec(name) for name in LIBRARIES)
    return (spec.origin for spec in specs if spec is not None and spec.origin)
