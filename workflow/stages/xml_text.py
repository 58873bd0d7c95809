"""Words → words as they may stand in an XML file."""

from __future__ import annotations

from markupsafe import Markup, escape


def xml_text(text: str) -> Markup:
    """Escaped, without the characters that XML 1.0 has no place for."""
    return escape("".join(filter(_is_allowed, text)))


def _is_allowed(char: str) -> bool:
    if char < " ":
        return char in "\t\n\r"
    return not ("\ud800" <= char <= "\udfff" or char in "\ufffe\uffff")
