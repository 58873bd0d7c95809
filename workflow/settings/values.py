"""What a newsroom has decided. The comment of a field is the documentation of its key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflow.model import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much may be sent to engines; 0: as much as there is."""

    characters: int = 0
    requests: int = 0
    cost: float = 0.0
    """In the money of ``price``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What a newsroom says of one engine."""

    endpoint: str = ""
    """endpoint: its address, where it is not the usual one."""
    key_variable: str = ""
    """key_variable: the environment variable that holds its key."""
    model: str = ""
    """model: the model of a service; for an engine on this machine, the folder of its models."""
    price: float = 0.0
    """price: what a million characters cost, in whatever money."""
    pivot: str = ""
    """pivot: the language it is to translate from, by what was accepted in it, as kk for ky."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a newsroom deploys its site to."""

    kind: str = "folder"
    """kind: folder, rsync, or store: S3 and its like."""
    to: str = ""
    """to: a folder; host:folder; or s3://bucket/folder. Keys are never here."""
    endpoint: str = ""
    """endpoint: the address of a store that is not the usual one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a newsroom has decided. The field's comment is the documentation of its key."""

    name: str = "Newsroom"
    """[newsroom] name: what the site is called; site.po may translate it."""
    languages: tuple[str, ...] = ("en", "ru", "kk", "ky")
    """[newsroom] languages: the languages it publishes in, in the order readers see."""
    source_language: str = "en"
    """[newsroom] source_language: what a release is written in when it does not say."""
    site_url: str = ""
    """[newsroom] site_url: where the site will be, as https://…; empty: links stay relative."""
    output: str = "site"
    """[publish] output: the folder of the site, relative to the project."""
    gate: Severity = Severity.MAJOR
    """[publish] gate: the severity from which an issue holds a release back."""
    jobs: int = 2
    """[publish] jobs: how many processes work at once."""
    keep: int = 5
    """[publish] keep: how many builds stay on disk for a way back."""
    together: str = "embargo"
    """[publish] together: which releases go out for the first time in all languages at once or in
    none: embargo (those with an embargo), always or never."""
    search: bool = False
    """[publish] search: a page in each language that searches its releases, by Pagefind."""
    partial: Mapping[str, float] = field(default_factory=dict)
    """[publish.languages] TAG = { partial = SHARE }: a release goes out in that language from this
    share of accepted units on, what is missing in the source language and marked; default: all."""
    unit: str = "sentence"
    """[newsroom] unit: what a translator gets at once: sentence or paragraph."""
    keep_typography: bool = True
    """[newsroom] keep_typography: a source in which only quotation marks, dashes or spaces
    changed keeps its accepted translation."""
    threshold: int = 75
    """[memory] threshold: the least score of a draft from memory. 102 and 101 are the same text in
    context, 100 the same text, 99 a patched one; below that it is likeness in per cent, less what
    differs (another name: 84 at the most; another statement: never a draft)."""
    memory_url: str = ""
    """[memory] url: a PostgreSQL server with a memory that is shared, as postgres://me@host/tm;
    empty: the memory is on this machine only. The password is never here."""
    engines: tuple[str, ...] = ()
    """[engine] order: the engines to be asked, the best first; empty: memory only."""
    pairs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """[engine.pairs] SOURCE-TARGET: the order for one pair of languages, as kk-ky."""
    third_parties: tuple[str, ...] = ()
    """[engine] third_parties: services of somebody else that may be sent a text, by name."""
    per_run: Budget = Budget(characters=500_000)
    """[engine] per_run: the most that one run sends: { characters, requests, cost }."""
    per_day: Budget = Budget(characters=1_000_000)
    """[engine] per_day: the same for a day (UTC), all runs together."""
    services: Mapping[str, Service] = field(default_factory=dict)
    """[engines.NAME]: what is to be known of an engine."""
    boilerplate: tuple[str, ...] = ()
    """[import] boilerplate: lines that are never part of a release."""
    quotes: str = "keep"
    """[typography] quotes: keep quotation marks on pages as they were typed, or house: those of
    the language."""
    hyphenate: bool = False
    """[typography] hyphenate: soft hyphens in the long words of Kazakh and Kyrgyz pages."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """[checks] NAME = minor | major | critical | off: the severity of a check in this house."""
    disabled: frozenset[str] = frozenset()
    """Checks that are off."""
    dates: Mapping[str, str] = field(default_factory=dict)
    """[dates] TAG: the date pattern (CLDR letters) for a language, instead of the built-in."""
    targets: Mapping[str, Place] = field(default_factory=dict)
    """[deploy.NAME]: where the site is deployed to."""
