"""`workflow publish --all` beside Hugo on the same releases, and beside writing the files alone.

    python benchmarks/publish.py [RELEASES] [FOLDER]

Makes RELEASES releases (500 unless told) in four languages and publishes them with feeds and
sitemaps: for the first time (everything is judged), with another style sheet (every page is made
anew from what was judged), with nothing changed, and after one edited unit, as often as it takes
to come to the folders of a dropped build. Hugo gets the words that were published, as Markdown,
and a theme of the same lists, pages of 20, feeds, sitemap and links between languages. It judges
and verifies nothing. `apt-get install hugo` has it; without it, it is left out. The floor is to
write the files of our build, read into memory before, into new folders.

All of it in one run: compare lines with each other, seconds of processors rather than of the
clock where the machine has other work.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from newsroom import edit, make, measure, run, show, translate

from workflow.stores.site import read_manifest
from workflow.stores.snapshots import read_snapshot

TAGS = ("en", "ru", "kk", "ky")
ADDRESS = "https://news.example.org"
KEPT = 5  # builds; the sixth is made in the folders of the first
HEAD = """<!doctype html><html lang="{{ .Lang }}"><head><meta charset="utf-8">
<title>{{ .Title }}</title><link rel="canonical" href="{{ .Permalink }}">
{{ range .AllTranslations }}<link rel="alternate" hreflang="{{ .Lang }}" href="{{ .Permalink }}">
{{ end }}{{ range .AlternativeOutputFormats }}<link rel="{{ .Rel }}" type="{{ .MediaType.Type }}"
href="{{ .RelPermalink }}">{{ end }}<link rel="stylesheet" href="/style.css"></head><body>
<ul>{{ range .AllTranslations }}<li><a href="{{ .RelPermalink }}">{{ .Language.LanguageName }}</a>
</li>{{ end }}</ul><main>
"""
SINGLE = """<p><time datetime="{{ .Date.Format "2006-01-02" }}">
{{ .Date | time.Format ":date_long" }}</time></p><h1>{{ .Title }}</h1>{{ .Content }}</main>
</body></html>
"""
LIST = """<h1>{{ .Title }}</h1>{{ range .Paginator.Pages }}<article><a href="{{ .RelPermalink }}">
{{ .Title }}</a> {{ .Date | time.Format ":date_long" }}</article>{{ end }}
{{ with .Paginator }}{{ if .HasPrev }}<a href="{{ .Prev.URL }}">newer</a>{{ end }}
{{ if .HasNext }}<a href="{{ .Next.URL }}">older</a>{{ end }}{{ end }}</main></body></html>
"""


def hugo_site(base: Path, folder: Path) -> None:
    """The words that are online in ``base``, as a site for Hugo."""
    for record in read_manifest(base).records.values():
        if not record.snapshot:
            continue
        release = read_snapshot(base, record.snapshot)
        front = {
            "title": release.title,
            "date": record.date,
            "slug": record.slug,
            "years": [record.date[:4]],
            "topics": [record.section],
        }
        body = "\n\n".join(block.text.plain for block in release.blocks)
        path = folder / "content" / record.tag / "news" / f"{record.slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{json.dumps(front, ensure_ascii=False)}\n\n{body}\n", encoding="utf-8")
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True, exist_ok=True)
    (layouts / "single.html").write_text(HEAD + SINGLE)
    (layouts / "list.html").write_text(HEAD + LIST)
    style = Path(__file__).parents[1] / "templates" / "style.css"
    (folder / "static").mkdir()
    shutil.copy(style, folder / "static" / "style.css")
    languages = {
        tag: {"contentDir": f"content/{tag}", "languageName": tag, "weight": number}
        for number, tag in enumerate(TAGS, 1)
    }
    settings: dict[str, Any] = {
        "baseURL": f"{ADDRESS}/",
        "title": "Newsroom",
        "defaultContentLanguage": "en",
        "defaultContentLanguageInSubdir": True,
        "languages": languages,
        "paginate": 20,
        "permalinks": {"news": "/news/:year/:slug/"},
        "taxonomies": {"year": "years", "topic": "topics"},
        "outputs": {
            "home": ["HTML", "RSS"],
            "section": ["HTML"],
            "taxonomy": ["HTML"],
            "term": ["HTML"],
        },
        "services": {"rss": {"limit": 30}},
    }
    (folder / "config.json").write_text(json.dumps(settings))


def floor(build: Path, folder: Path) -> tuple[float, float]:
    """Seconds, by the clock and of the processor, to write the files of ``build`` once more."""
    data = {
        path.relative_to(build).as_posix(): path.read_bytes()
        for path in build.rglob("*")
        if path.is_file()
    }
    start, spent = time.perf_counter(), time.process_time()
    for path, content in data.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return time.perf_counter() - start, time.process_time() - spent


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    root = folder / "newsroom"
    make(root, count, site_url=ADDRESS)
    run(root, "sync")
    translate(root)
    first = run(root, "publish", "--all")
    (root / "templates").mkdir()
    style = (Path(__file__).parents[1] / "templates" / "style.css").read_text(encoding="utf-8")
    (root / "templates" / "style.css").write_text(f"{style}\n/* another */\n", encoding="utf-8")
    anew = run(root, "publish", "--all")
    run(root, "publish", "--all")
    for _ in range(KEPT):
        edit(root)
        run(root, "publish", "--all")
    build = (root / "site" / "current").resolve()
    wall, spent = floor(build, folder / "floor")
    files = sum(path.is_file() for path in build.rglob("*"))
    print(f"floor: {files} files written in {wall:.2f} s wall, {spent:.2f} s of the processor")
    if shutil.which("hugo") is None:
        print("hugo is not here: apt-get install hugo")
        return
    hugo_site(root / "site", folder / "hugo")
    theirs = measure(["hugo", "--quiet", "--destination", "public"], folder / "hugo")
    show("hugo", theirs)
    files = sum(path.is_file() for path in (folder / "hugo" / "public").rglob("*"))
    print(f"hugo: {files} files")
    for what, ours in (("publish, first", first), ("publish, pages anew", anew)):
        cpu = (ours.user + ours.system) / (theirs.user + theirs.system)
        print(f"{what}: {ours.wall / theirs.wall:.2f} of hugo by the clock, {cpu:.2f} of its CPU")


if __name__ == "__main__":
    main()
