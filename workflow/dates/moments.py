"""Moments as people write them: ISO 8601 with an offset, with the name of a zone, or with both."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from workflow.errors import UsageError

MOMENT = "2024-07-25T10:00+06:00, or 2024-07-25T10:00 Asia/Bishkek"
"""How a moment is written, for hints."""

_ZONE = re.compile(
    r"(?P<time>\S.*?)(?:\s*\[(?P<bracketed>[\w/+-]{1,60})\]|\s+(?P<named>UTC|GMT|[A-Z]\w*(?:/[\w+-]+)+))"
)
_TIMED = re.compile(r"[\dW-]{7,10}[T ]\d\d.*", re.DOTALL)
_PROBE = (dt.datetime(2025, 1, 1), dt.timedelta(hours=5))


def parse_moment(written: str) -> dt.datetime:
    """The moment, with its zone. Raises `UsageError` that says why there is none.

    A time needs a zone: an offset, or a name of the tz database after it or in brackets
    (RFC 9557). A time that a clock shows twice, as it is put back, is the later one; a time that it
    never shows is none.
    """
    written = written.strip()
    named = _ZONE.fullmatch(written)
    moment = _read(named["time"] if named else written, written)
    if named is None:
        if moment.tzinfo is None:
            raise UsageError(f"“{written}” has no time zone", hint=f"write it as {MOMENT}")
        return moment
    return _in_zone(moment, _zone(named["bracketed"] or named["named"]), written)


def is_ahead(moment: str, now: dt.datetime) -> bool:
    """Whether ``moment`` is still to come. One that cannot be read, or has no zone, never comes."""
    try:
        return parse_moment(moment) > now
    except UsageError:
        return True


def _read(time: str, written: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(time) if _TIMED.fullmatch(time) else dt.datetime.min
    except ValueError:
        moment = dt.datetime.min
    if dt.MINYEAR < moment.year < dt.MAXYEAR:  # at the ends there is no room for an offset
        return moment
    raise UsageError(f"“{written}” is not a moment with a time zone", hint=f"write it as {MOMENT}")


def _zone(name: str) -> ZoneInfo:
    try:
        zone = ZoneInfo(name)
        known = ZoneInfo("Asia/Almaty").utcoffset(_PROBE[0])
    except (OSError, ValueError, LookupError):
        raise UsageError(
            f"“{name}” is no time zone that is known here", hint="write the offset, as +06:00"
        ) from None
    if known != _PROBE[1]:  # Almaty is at UTC+5 since March 2024; by older rules all comes too soon
        raise UsageError(
            "the time zones of this machine are older than 2024", hint="write the offset, as +05:00"
        )
    return zone


def _in_zone(moment: dt.datetime, zone: ZoneInfo, written: str) -> dt.datetime:
    """The time in ``zone``; an offset beside the name must be one of the zone's then."""
    wall = moment.replace(tzinfo=None)
    found = [moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    offsets = {one.utcoffset() for one in found}
    if wall != found[0].astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None):
        hint = "clocks are put forward over it: write another time"
        raise UsageError(f"“{written}” is a time that never comes there", hint=hint)
    if moment.tzinfo is None:
        return max(one.astimezone(dt.UTC) for one in found)
    if moment.utcoffset() not in offsets:
        hint = "write the offset alone, or the name alone"
        raise UsageError(f"“{written}”: the offset is not that of the zone then", hint=hint)
    return moment
