"""Release → what machines read on its page: Open Graph properties and JSON-LD of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from workflow.languages import language
from workflow.model import Alternate, Correction, CorrectionType, Moments, Release, Site
from workflow.stages.addresses import absolute, index_path
from workflow.stages.assemble import own_summary

_SAFE = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
"""A data block ends at ``</script``; these characters are kept out of it altogether."""


def open_graph(
    site: Site,
    *,
    kind: str,
    title: str,
    tag: str,
    path: str,
    translations: Sequence[Alternate],
    description: str = "",
    moments: Moments | None = None,
    section: str = "",
) -> tuple[tuple[str, str], ...]:
    """(property, content) pairs; none where the site has no address, for they would lead nowhere.

    ``kind`` is article or website.
    """
    if not site.url:
        return ()
    others = (language(other.tag).locale for other in translations if other.tag != tag)
    pairs = [
        ("og:type", kind),
        ("og:title", title),
        ("og:description", description),
        ("og:url", absolute(site, path)),
        ("og:site_name", site.name),
        ("og:locale", language(tag).locale),
        *(("og:locale:alternate", locale) for locale in others),
        ("article:published_time", moments.published if moments else ""),
        ("article:modified_time", moments.updated if moments else ""),
        ("article:section", section),
    ]
    return tuple((name, content) for name, content in pairs if content)


def news_article(
    release: Release,
    site: Site,
    *,
    path: str,
    translations: Sequence[Alternate],
    moments: Moments,
    section: str = "",
    language_shown: str = "",
) -> Markup:
    """The JSON-LD of a release, ready to stand in a data block; empty without a site address.

    ``translations`` are all languages of the release, its own among them. ``language_shown`` is
    the language that the page is mostly in; empty: the release's.
    """
    if not site.url:
        return Markup("")
    address = absolute(site, path)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": release.title,
        "description": own_summary(release),
        "inLanguage": language_shown or release.language,
        "datePublished": moments.published,
        "dateModified": moments.updated or moments.published,
        "articleSection": section,
        "correction": [_comment(one, release) for one in release.corrections if _is_mended(one)],
        "publisher": _publisher(site, release.language),
        **_relations(release, site, translations),
    }
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
    return Markup(text.translate(_SAFE))  # noqa: S704  # nothing is left that ends the block


def _is_mended(correction: Correction) -> bool:
    """What only happened since is no correction to schema.org."""
    return correction.type is not CorrectionType.UPDATE


def _comment(correction: Correction, release: Release) -> dict[str, str]:
    return {
        "@type": "CorrectionComment",
        "text": correction.note,
        "datePublished": correction.date.isoformat(),
        "inLanguage": release.language,
    }


def _publisher(site: Site, tag: str) -> dict[str, str]:
    return {"@type": "Organization", "name": site.name, "url": absolute(site, index_path(tag))}


def _relations(release: Release, site: Site, translations: Sequence[Alternate]) -> dict[str, Any]:
    """Of the source to its translations, and of a translation to its source."""
    if all(other.tag != release.language for other in translations):
        return {}
    others = [other for other in translations if other.tag != release.language]
    if release.language == release.original or not release.original:
        return {"workTranslation": list(_works(site, others))}
    sources = list(_works(site, (other for other in others if other.tag == release.original)))
    return {"translationOfWork": sources[0]} if sources else {}


def _works(site: Site, pages: Iterable[Alternate]) -> Iterable[dict[str, str]]:
    for page in pages:
        yield {
            "@type": "NewsArticle",
            "@id": absolute(site, page.path),
            "inLanguage": page.tag,
        }
