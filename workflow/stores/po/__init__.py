"""PO files: text ⇄ entries that know their own bytes. The only place that knows the syntax.

`parse` cuts a file into entries without losing a character: joining ``raw`` of all entries gives
the file back. `rewrite` changes the lines of an entry that have to change and no others;
`format_entry` writes a new one as GNU gettext does.
Grammar: GNU gettext manual, "The Format of PO Files", and gettext's own reader where it is silent.
"""

from workflow.stores.po.entries import Entry, Fields
from workflow.stores.po.formatting import Layout, layout_of
from workflow.stores.po.merging import Conflict, Merged, merge_texts
from workflow.stores.po.places import Place, places
from workflow.stores.po.reading import lines_of, parse, refuse_duplicates
from workflow.stores.po.writing import format_entry, join_entries, rewrite

__all__ = [
    "Conflict",
    "Entry",
    "Fields",
    "Layout",
    "Merged",
    "Place",
    "format_entry",
    "join_entries",
    "layout_of",
    "lines_of",
    "merge_texts",
    "parse",
    "places",
    "refuse_duplicates",
    "rewrite",
]
