"""Firefox's neural models on this machine, through fxtranslate. The models are the user's.

``[engines.fxtranslate] model`` is a folder with the files of a pair, say en-ru, in it or in its
folder ``en-ru``: ``model.enru.*.bin``, ``vocab.enru.spm`` (or ``srcvocab`` and ``trgvocab``) and,
where there is one, ``lex.*.enru.*.bin``.
"""

from __future__ import annotations

import importlib.util
import queue
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workflow.engines._named import named
from workflow.errors import EngineError
from workflow.plugins import EngineOptions, EngineTraits, Query, Reach

_TRAITS = EngineTraits(keeps_data=False, longest=10_000, at_once=20)
_SECONDS = 120.0  # for one text
_MISSING = 'fxtranslate is not installed: pip install "workflow[local]"'


@dataclass(frozen=True, slots=True)
class _Fx:
    name: str = "fxtranslate"
    traits: EngineTraits = _TRAITS

    def reach(self, options: EngineOptions) -> Reach:
        """See `workflow.plugins.Engine`."""
        del options
        return Reach.LOCAL

    def ready(self, options: EngineOptions, *, source: str, target: str) -> str:
        """See `workflow.plugins.Engine`."""
        if importlib.util.find_spec("fxtranslate") is None:
            return _MISSING
        if not options.model:
            return "no models named: [engines.fxtranslate] model is their folder"
        return "" if _files(options, source, target) else f"no model for {source}-{target}"

    @named
    def translate(
        self, queries: Sequence[Query], *, source: str, target: str, options: EngineOptions
    ) -> Iterator[tuple[str, str]]:
        """See `workflow.plugins.Engine`."""
        owner = _owner(options, source, target)
        for query in queries:
            yield query.key, owner.ask(query.text)


class _Owner(threading.Thread):
    """A model may be used by no thread but the one that has loaded it."""

    def __init__(self, files: dict[str, Path]) -> None:
        super().__init__(daemon=True, name="fxtranslate")
        self._files = files
        self._inbox: queue.SimpleQueue[tuple[str, Future[str]]] = queue.SimpleQueue()

    def ask(self, text: str) -> str:
        """The translation of one text."""
        answer: Future[str] = Future()
        self._inbox.put((text, answer))
        try:
            return answer.result(timeout=_SECONDS)
        except TimeoutError:
            raise EngineError(f"no answer in {_SECONDS:g} seconds") from None

    def run(self) -> None:
        """Answer, until the program ends."""
        model: Any = None
        while True:
            text, answer = self._inbox.get()
            try:
                model = model or _loaded(self._files)
                answer.set_result(str(model.translate_long(text)))
            except BaseException as fault:
                answer.set_exception(EngineError(f"cannot translate: {type(fault).__name__}"))


_owners: dict[tuple[str, ...], _Owner] = {}
_starting = threading.Lock()


def _owner(options: EngineOptions, source: str, target: str) -> _Owner:
    files = _files(options, source, target)
    place = tuple(str(path) for path in files.values())
    with _starting:
        if place not in _owners:
            _owners[place] = _Owner(files)
            _owners[place].start()
    return _owners[place]


def _files(options: EngineOptions, source: str, target: str) -> dict[str, Path]:
    """The files of a pair by what they are; none when one that is needed is not there."""
    pair = source.partition("-")[0] + target.partition("-")[0]
    for folder in (Path(options.model), Path(options.model) / f"{source}-{target}"):
        found = {
            name: next(iter(sorted(folder.glob(f"{name}.*{pair}*"))), None)
            for name in ("model", "vocab", "srcvocab", "trgvocab", "lex")
        }
        found["srcvocab"] = found["srcvocab"] or found["vocab"]
        found["trgvocab"] = found["trgvocab"] or found["vocab"]
        if found["model"] and found["srcvocab"] and found["trgvocab"]:
            return {name: path for name, path in found.items() if path}
    return {}


def _loaded(files: dict[str, Path]) -> Any:
    import fxtranslate  # an extra

    data = {name: path.read_bytes() for name, path in files.items()}
    more = {"shortlist": data["lex"]} if "lex" in data else {}
    return fxtranslate.Translator(
        model=data["model"], src_vocab=data["srcvocab"], trg_vocab=data["trgvocab"], **more
    )


ENGINE = _Fx()
