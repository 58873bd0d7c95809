"""Listing → what it is called, in its language."""

from __future__ import annotations

from workflow.model import Listing
from workflow.theme import Theme


def list_title(listing: Listing, theme: Theme) -> str:
    """What a list is called, in its language."""
    gettext = theme.strings[listing.tag].gettext
    if listing.section:
        words = gettext(listing.section)
        return words[:1].upper() + words[1:]
    if listing.year.isdigit():
        return gettext("Releases of %(year)s").replace("%(year)s", listing.year)
    return gettext("Undated releases") if listing.year else gettext("Releases")
