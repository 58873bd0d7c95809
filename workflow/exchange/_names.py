"""``<slug>.<tag>.<suffix>``: what the name of an exchange file says."""

from __future__ import annotations

import re

_NAME = re.compile(
    r"(?P<slug>[a-z0-9-]+)\.(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)(?![A-Za-z0-9]).*\.\w+"
)


def from_file_name(path: str) -> tuple[str, str]:
    """Slug and language tag, empty where the name has none.

    What people and programs add to a name, as in ``x.kk (1).csv``, is passed over.
    """
    found = _NAME.fullmatch(path.replace("\\", "/").rpartition("/")[2])
    return (found["slug"], found["tag"]) if found else ("", "")
