"""The translation memory: what people accepted, with an index over it.

What is remembered is in the catalogues and in ``locales/memory/*.tmx``. Under ``.workflow/memory/``
stands, for each pair of languages, what makes it quick to ask: a SQLite file and a table of
sketches. Both can be worked out again at any time and are brought up to date before they are asked.
"""

from workflow.stores.memory.counting import Counts, count
from workflow.stores.memory.index import Index, Refreshed, drop_indexes, open_index
from workflow.stores.memory.looking import View
from workflow.stores.memory.sources import (
    MEMORIES,
    Scope,
    digest,
    file_digest,
    memory_files,
    read_memory,
    usable_units,
)

__all__ = [
    "MEMORIES",
    "Counts",
    "Index",
    "Refreshed",
    "Scope",
    "View",
    "count",
    "digest",
    "drop_indexes",
    "file_digest",
    "memory_files",
    "open_index",
    "read_memory",
    "usable_units",
]
