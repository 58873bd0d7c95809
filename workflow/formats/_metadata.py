"""What a file says about itself → the fields of a `Release`, strictly or with good will."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from workflow.dates import parse_date
from workflow.errors import SourceError
from workflow.formats._notices import corrections_of, embargo_of, speaks_of_embargo, withdrawal_of
from workflow.formats._scalars import NO, YES, iso_date, words_of
from workflow.model import Block, Issue, Release, Severity
from workflow.plugins import Reading
from workflow.slugs import is_slug, slug_of

_ORDER = (
    "title slug formerly date language section summary embargo status confidential corrections "
    "withdrawn"
)
KEYS = tuple(_ORDER.split())
"""What a release may say about itself, in the order it is written."""

STATUSES = ("usable", "withheld", "canceled")

_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "title": ("headline", "subject"),
    "date": ("pubdate", "published_at", "published_time"),
    "language": ("lang", "locale"),
    "section": ("category", "rubric"),
    "summary": ("excerpt", "description", "deck", "tagline", "lead", "abstract"),
}
_FOREIGN_STATUS = {
    "publish": "usable",
    "published": "usable",
    "draft": "withheld",
    "private": "withheld",
    "pending": "withheld",
    "cancelled": "canceled",
}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The metadata of one file, before anybody has judged it."""

    values: Mapping[str, object]
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each key, from 1."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """What the format knows to be no field of a release; never refused."""


def reading_of(
    said: Statement,
    blocks: tuple[Block, ...],
    *,
    path: str,
    slug: str,
    strict: bool,
    issues: tuple[Issue, ...] = (),
) -> Reading:
    """The release that the statement and the blocks make; see `SourceFormat.read`."""
    judge = _Judge(said=said, path=path, strict=strict)
    if strict:
        judge.refuse_unknown()
    release = replace(judge.release(slug), blocks=blocks)
    judge.refuse_unsaid_embargo(release)
    if not blocks and not strict:
        judge.report("body", "there is no text under the metadata")
    rest = {key: value for key, value in said.values.items() if key not in judge.used}
    return Reading(
        release=release, metadata={**said.extra, **rest}, issues=(*issues, *judge.issues)
    )


@dataclass(slots=True, kw_only=True)
class _Judge:
    said: Statement
    path: str
    strict: bool
    issues: list[Issue] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def release(self, slug: str) -> Release:
        return Release(
            slug=self.slug(slug),
            title=self.title(),
            language=self.language(),
            date=self.date(),
            section=self.text("section"),
            summary=self.text("summary"),
            embargo=self.read("embargo", embargo_of, ""),
            status=self.status(),
            confidential=self.confidential(),
            formerly=self.formerly(),
            corrections=self.read("corrections", corrections_of, ()),
            withdrawn=self.read("withdrawn", withdrawal_of, None),
            path=self.path,
        )

    def text(self, key: str) -> str:
        """One line of words; under another name too, when the file is not ours."""
        names = (key,) if self.strict else (key, *_SYNONYMS.get(key, ()))
        for name in names:
            if name not in self.said.values:
                continue
            value = self.said.values[name]
            words = words_of(value)
            if words is None:
                if name == key:
                    self._fault(key, f"{key} must be one line of text", hint="write it in quotes")
                continue
            self.used.add(name)
            if words:
                return words
        return ""

    def title(self) -> str:
        title = self.text("title")
        if not title:
            self._fault("title", "the release has no title", hint="add title: … at the top")
        return title

    def slug(self, fallback: str) -> str:
        slug = self.text("slug")
        if not slug:
            return fallback
        if not is_slug(slug) and not self.strict:
            return slug_of(slug, "")
        if not is_slug(slug):
            hint = "small Latin letters and figures, joined by hyphens; at most 80"
            self._fault("slug", f"“{slug}” cannot be a slug", hint=hint)
        return slug

    def formerly(self) -> tuple[str, ...]:
        """A list, or one line with commas."""
        written = self.said.values.get("formerly")
        self.used.add("formerly")
        words = words_of(written)
        named = words.replace(",", " ").split() if words is not None else written
        if not isinstance(named, list) or not all(isinstance(one, str) for one in named):
            self._fault("formerly", "formerly must be a list of slugs", hint='["old-slug"]')
            return ()
        for one in named:
            if not is_slug(one):
                hint = "small Latin letters and figures, joined by hyphens; at most 80"
                self._fault("formerly", f"“{one}” cannot be a slug", hint=hint)
        return tuple(dict.fromkeys(one for one in named if is_slug(one)))

    def language(self) -> str:
        tag = self.text("language").replace("_", "-")
        if tag and not _LANGUAGE.fullmatch(tag):
            hint = "write a tag such as en, ru, kk or ky"
            self._fault("language", f"“{tag}” is not a language tag", hint=hint)
            return ""
        return tag

    def date(self) -> dt.date | None:
        written = self.text("date")
        if not written:
            return None
        date = iso_date(written)
        if date is None and not self.strict:
            date = parse_date(written)
        if date is None:
            hint = "write it as 2024-07-25"
            self._fault("date", f"“{written}” is not a date", hint=hint)
        return date

    def read(self, key: str, reader: Callable[..., _T], nothing: _T) -> _T:
        """What ``reader`` makes of a value. An embargo fails closed, in foreign material too."""
        self.used.add(key)
        if key not in self.said.values:
            return nothing
        try:
            return reader(self.said.values[key], path=self.path, line=self._line(key))
        except SourceError as fault:
            if self.strict or key == "embargo":
                raise
            self.report(key, fault.what)
            return nothing

    def status(self) -> str:
        written = self.text("status") or "usable"
        status = written.lower()
        if not self.strict:
            status = _FOREIGN_STATUS.get(status, status)
            if self._flag("draft", default=False) or not self._flag("published", default=True):
                status = "withheld"
        if status not in STATUSES:
            self._fault("status", f"“{written}” is no status", hint=f"one of {', '.join(STATUSES)}")
            return "withheld"
        return status

    def confidential(self) -> bool:
        written = self.text("confidential").lower()
        if written in YES or written in ("", *NO):
            return written in YES
        hint = "write true or false"
        self._fault("confidential", f"confidential cannot be “{written}”", hint=hint)
        return True

    def refuse_unknown(self) -> None:
        for key in self.said.values:
            if key in KEYS:
                continue
            close = difflib.get_close_matches(key, KEYS, n=1, cutoff=0.6)
            hint = f"did you mean “{close[0]}”?" if close else f"known are {', '.join(KEYS)}"
            raise SourceError(
                f"unknown key “{key}”", path=self.path, line=self._line(key), hint=hint
            )

    def refuse_unsaid_embargo(self, release: Release) -> None:
        """An embargo that only people can read is none to a machine."""
        if not release.embargo and speaks_of_embargo(release):
            what = "its first lines speak of an embargo, and embargo: does not say until when"
            self._fault("embargo", what, hint="add embargo:, or take the words away")

    def report(self, key: str, what: str) -> None:
        """Something that does not stop the reading of foreign material."""
        self.issues.append(
            Issue(
                check=f"import-{key}",
                severity=Severity.MAJOR,
                message=what,
                path=self.path,
                line=self._line(key),
            )
        )

    def _flag(self, key: str, *, default: bool) -> bool:
        written = words_of(self.said.values.get(key))
        return default if not written else written.lower() in YES

    def _line(self, key: str) -> int:
        names = (key, *_SYNONYMS.get(key, ()))
        nearest = 1 if self.said.lines else 0
        return next((self.said.lines[name] for name in names if name in self.said.lines), nearest)

    def _fault(self, key: str, what: str, *, hint: str) -> None:
        line = self._line(key)
        if self.strict:
            raise SourceError(what, path=self.path, line=line, hint=hint)
        self.report(key, what)
