"""Whose fault it is: errors of an engine begin with its name."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

from workflow.errors import EngineError

_Translate = Callable[..., Iterator[tuple[str, str]]]


def named(translate: _Translate) -> _Translate:
    """``translate`` of an engine, with the engine's name before what it raises."""

    @functools.wraps(translate)
    def told(engine: Any, *args: Any, **options: Any) -> Iterator[tuple[str, str]]:
        try:
            yield from translate(engine, *args, **options)
        except EngineError as fault:
            raise type(fault)(f"{engine.name}: {fault.what}", hint=fault.hint) from None

    return told
