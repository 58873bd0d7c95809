"""Apertium: its program on this machine, or its server (APY) where an endpoint is named.

``model`` is a folder of language data (``apertium -d``) where it is not the system's own. Its pairs
are few and close (kk-ky, ru-uk): see ``[engine.pairs]``.
"""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from workflow.engines._http import send
from workflow.engines._named import named
from workflow.engines._reach import reach_of
from workflow.errors import EngineError
from workflow.plugins import EngineOptions, EngineTraits, Query, Reach

_TRAITS = EngineTraits(keeps_data=False, longest=10_000)
_SECONDS = 60.0
_CODES = {"en": "eng", "ru": "rus", "kk": "kaz", "ky": "kir", "uk": "ukr", "be": "bel", "es": "spa"}
"""Apertium's names; where it has another, it is the tag itself."""


@dataclass(frozen=True, slots=True)
class _Apertium:
    name: str = "apertium"
    traits: EngineTraits = _TRAITS

    def reach(self, options: EngineOptions) -> Reach:
        """See `workflow.plugins.Engine`."""
        return reach_of(options.endpoint) if options.endpoint else Reach.LOCAL

    def ready(self, options: EngineOptions, *, source: str, target: str) -> str:
        """See `workflow.plugins.Engine`."""
        if options.endpoint:
            return ""
        if shutil.which("apertium") is None:
            return (
                "apertium is not installed (Debian: apertium, and a pair such as apertium-eng-spa)"
            )
        return (
            "" if _mode(options, source, target) else f"no pair {_pair(source, target)} installed"
        )

    @named
    def translate(
        self, queries: Sequence[Query], *, source: str, target: str, options: EngineOptions
    ) -> Iterator[tuple[str, str]]:
        """See `workflow.plugins.Engine`."""
        for query in queries:
            if options.endpoint:
                said = _from_server(query.text, source, target, options)
                if isinstance(said, str):
                    yield query.key, said
            else:
                yield query.key, _from_program(query.text, source, target, options)


def _from_program(text: str, source: str, target: str, options: EngineOptions) -> str:
    mode = _mode(options, source, target)
    done = _run([*_data(options.model), "-u", mode], text)
    if done.returncode:
        raise EngineError(f"the program ended with {done.returncode}")
    return done.stdout.strip()


def _from_server(text: str, source: str, target: str, options: EngineOptions) -> object:
    pair = _pair(source, target).replace("-", "|")
    form = urlencode({"langpair": pair, "q": text, "markUnknown": "no", "format": "txt"})
    head = {"Content-Type": "application/x-www-form-urlencoded"}
    url = f"{options.endpoint.rstrip('/')}/translate"
    data = send(url, form.encode(), ceiling=options.ceiling, headers=head)
    try:
        return json.loads(data)["responseData"]["translatedText"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise EngineError("answers in another form than APY's") from None


def _mode(options: EngineOptions, source: str, target: str) -> str:
    """The installed mode for a pair, empty where there is none."""
    listed = _modes(options.model)
    wanted = (_pair(source, target), f"{source}-{target}")
    return next((mode for mode in wanted if mode in listed), "")


@functools.cache
def _modes(folder: str) -> frozenset[str]:
    """What is installed: the program is asked once a run, not once a text."""
    return frozenset(_run([*_data(folder), "-l"], "").stdout.split())


def _pair(source: str, target: str) -> str:
    return f"{_CODES.get(source, source)}-{_CODES.get(target, target)}"


def _data(folder: str) -> list[str]:
    return ["-d", folder] if folder else []


def _run(arguments: list[str], text: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("apertium") or "apertium"
    try:
        return subprocess.run(  # noqa: S603 -- no shell; the text goes in by a pipe
            [program, *arguments],
            input=text,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise EngineError(f"no answer in {_SECONDS:g} seconds") from None
    except OSError as fault:
        raise EngineError(f"cannot be started: {fault.strerror}") from None


ENGINE = _Apertium()
