"""Words → words as they may stand in an XML file."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_NOT_ALLOWED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> Markup:
    """Escaped, without the characters that XML 1.0 has no place for."""
    return escape(_NOT_ALLOWED.sub("", str(text)))
