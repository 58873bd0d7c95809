"""Feeds and sitemaps → issues: not well formed, leading nowhere, something left out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from lxml import etree

from workflow.model import Issue, Page, Severity, Site

_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_HREFS = etree.XPath("*/*/@href", smart_strings=False)
_JSON_FEED = "https://jsonfeed.org/version/"
Schemas = Mapping[str, etree.RelaxNG]
_Addresses = tuple[list[str], list[str]]
"""What a file lists, and where it leads besides."""


def verify_files(
    pages: Sequence[Page],
    listed: Collection[str],
    files: Collection[str],
    site: Site,
    *,
    schemas: Schemas,
) -> tuple[Issue, ...]:
    """What is wrong with feeds or sitemaps that together list the pages ``listed``, each once.

    ``files`` are the paths of everything in the site; ``schemas`` are by the name of a root.
    """
    everything = frozenset(files)
    found: Counter[str] = Counter()
    issues: list[Issue] = []
    for page in pages:
        try:
            lists, leads = _addresses(page, schemas)
        except (etree.XMLSyntaxError, ValueError, KeyError, TypeError) as fault:
            issues.append(_issue(page.path, f"is not well formed: {fault}"))
            continue
        found.update(_path(address, site) for address in lists)
        outside = {_path(address, site) for address in set(leads)} - everything
        issues.extend(_issue(page.path, f"leads to {path}, which is not there") for path in outside)
    where = pages[0].path if pages else ""
    issues.extend(_issue(where, what) for what in _differences(found, listed))
    return tuple(sorted(issues, key=lambda issue: (issue.path, issue.message)))


def _differences(found: Counter[str], listed: Collection[str]) -> Iterable[str]:
    yield from (f"lacks {path}" for path in set(listed) - set(found))
    yield from (f"lists {path}, which does not belong there" for path in set(found) - set(listed))
    yield from (f"lists {path} more than once" for path in found if found[path] > 1)


def verify_file(page: Page, schemas: Schemas) -> tuple[Issue, ...]:
    """What is wrong with a feed or sitemap by itself."""
    try:
        _addresses(page, schemas)
    except (etree.XMLSyntaxError, ValueError, KeyError, TypeError) as fault:
        return (_issue(page.path, f"is not well formed: {fault}"),)
    return ()


def _addresses(page: Page, schemas: Schemas) -> _Addresses:
    if page.path.endswith(".json"):
        return _of_json(json.loads(page.content))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(page.content.encode("utf-8"), parser)
    kind = etree.QName(root).localname
    if not schemas[kind].validate(root):
        fault = schemas[kind].error_log[0]
        raise ValueError(f"not valid at line {fault.line}: {fault.message}")
    if kind == "feed":
        own = [link for child in root for link in child.findall(f"{_ATOM}link")]
        return [str(link.attrib["href"]) for link in own], _leads(root)
    places = [place.text or "" for place in root.iter(f"{_SITEMAP}loc")]
    if kind == "sitemapindex":
        return [], places
    hrefs: Any = _HREFS(root)
    return places, [*places, *hrefs]


def _of_json(data: Mapping[str, Any]) -> _Addresses:
    """Of a JSON feed. Each item has an id of its own and a text (JSON Feed 1.1)."""
    ids = [item["id"] for item in data["items"]]
    if not data["version"].startswith(_JSON_FEED) or not data["title"]:
        raise ValueError("not a JSON feed with a title")
    if len(set(ids)) < len(ids) or not all(isinstance(one, str) and one for one in ids):
        raise ValueError("an item has no id of its own")
    if not all("content_html" in item or "content_text" in item for item in data["items"]):
        raise ValueError("an item has no text")
    return [item["url"] for item in data["items"]], [data["home_page_url"], data["feed_url"]]


def _leads(element: etree._Element) -> list[str]:
    return [str(child.attrib["href"]) for child in element if "href" in child.attrib]


def _path(address: str, site: Site) -> str:
    """The file at an address of the site; an address elsewhere stays as it is."""
    if not address.startswith(f"{site.url}/"):
        return address
    path = address.removeprefix(f"{site.url}/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def _issue(path: str, what: str) -> Issue:
    return Issue(check="page", severity=Severity.CRITICAL, message=what, path=path)
