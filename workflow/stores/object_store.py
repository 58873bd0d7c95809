"""An object store (S3 and its like) as a target, through fsspec: the extra ``deploy``.

Keys come from the environment or the files of the service's own tools, never from workflow.toml.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from workflow.errors import StoreError, UsageError

_INSTALL = "pip install 'workflow[deploy]'"


@dataclass(frozen=True, slots=True)
class ObjectTarget:
    """A folder of an object store. See `stores.targets.Target`."""

    store: Any
    root: str

    @classmethod
    def of(cls, address: str, endpoint: str) -> Self:
        """The target at ``address``, as s3://bucket/folder; ``endpoint`` where it is not AWS."""
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise UsageError("fsspec is not installed", hint=_INSTALL) from None
        options = {"endpoint_url": endpoint} if endpoint else {}
        try:
            store, root = url_to_fs(address, **options)
        except (ImportError, ValueError) as fault:
            raise UsageError(f"“{address}” cannot be used: {fault}", hint=_INSTALL) from None
        return cls(store, str(root).rstrip("/"))

    def read(self, path: str) -> bytes | None:
        """See `Target.read`."""
        try:
            self.store.invalidate_cache()
            return bytes(self.store.cat_file(self._place(path)))
        except FileNotFoundError:
            return None
        except Exception as fault:
            raise _refused(fault) from None

    def put(self, folder: Path, paths: Sequence[str]) -> Iterator[str]:
        """See `Target.put`."""
        for path in paths:
            self.write(path, (folder / path).read_bytes())
            yield path

    def write(self, path: str, data: bytes) -> None:
        """See `Target.write`. An object appears whole; what it is, its name says."""
        place = self._place(path)
        kind, _ = mimetypes.guess_type(path)
        is_s3 = "s3" in self.store.protocol
        try:
            if not is_s3:  # where there are folders; on S3 a bucket would be made
                self.store.makedirs(place.rpartition("/")[0], exist_ok=True)
            self.store.pipe_file(place, data, **({"ContentType": kind} if is_s3 and kind else {}))
        except Exception as fault:
            raise _refused(fault) from None

    def delete(self, paths: Sequence[str]) -> None:
        """See `Target.delete`."""
        for path in paths:
            try:
                self.store.rm_file(self._place(path))
            except FileNotFoundError:
                continue
            except Exception as fault:
                raise _refused(fault) from None

    def _place(self, path: str) -> str:
        return f"{self.root}/{path}"


def _refused(fault: Exception) -> StoreError:
    """A fault of whatever library it is. What it says may name keys, so its kind is all we tell."""
    return StoreError(
        f"the object store refused ({type(fault).__name__})",
        hint="see its address, keys and rights; then run it again: it goes on where it stopped",
    )
