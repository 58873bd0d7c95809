"""Every page of a site as a validator and a browser see it.

What they need is no dependency of anybody's: Java with vnu-jar, Chromium with Playwright, axe-core.
Where one is absent its test is skipped; ``.ci/run`` brings them. ``WEB_TOOLS`` is the folder that
``npm install vnu-jar axe-core`` was run in.
"""

import functools
import http.server
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.showcase import build_showcase

MODULES = Path(os.environ.get("WEB_TOOLS", "")) / "node_modules"
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
AXE = MODULES / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
WIDTHS = (320, 1280)
MORE_WIDTHS = (360, 3840)
OURS = ".*violates Content Security Policy.*"
"""What vnu says of 'self' under file://, and of data blocks, which no policy of scripts is about."""

needs_vnu = pytest.mark.skipif(
    not (VNU.is_file() and shutil.which("java")), reason="no java, or no vnu-jar in WEB_TOOLS"
)
needs_browser = pytest.mark.skipif(
    not (AXE.is_file() and CHROMIUM), reason="no chromium, or no axe-core in WEB_TOOLS"
)


@pytest.fixture(scope="session", params=["", "https://press.example.org"], ids=["no-url", "url"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_showcase(tmp_path_factory.mktemp("newsroom"), url=request.param)


@needs_vnu
def test_every_page_and_the_style_are_valid_without_a_warning(site: Path):
    pages = [str(path) for path in sorted(site.rglob("*.html"))]
    words = ["java", "-jar", str(VNU), "--format", "gnu", "--filterpattern", OURS]
    for more in (pages, ["--css", str(site / "style.css")]):
        done = subprocess.run([*words, *more], capture_output=True, text=True, check=False)
        assert (done.stderr + done.stdout).strip() == ""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    serve = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_shuts_anybody_out(site: Path, address: str, browser: Any, scheme: str):
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.route("https://**", lambda route: route.abort())
    found = []
    for path in _one_of_each_kind(site):
        where = path.relative_to(site).as_posix()
        if 'http-equiv="refresh"' in (content := path.read_text(encoding="utf-8")):
            page.set_content(content.replace('http-equiv="refresh"', 'name="redirect"'))
        else:
            page.goto(f"{address}/{where}")
        page.add_script_tag(path=str(AXE))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            result = page.evaluate("axe.run()")
            found += [
                (where, width, one["id"], node["html"])
                for one in result["violations"]
                for node in one["nodes"]
            ]
        for width in (*WIDTHS, *MORE_WIDTHS):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append((where, width, "scrolls sideways", ""))
    context.close()
    assert found == []


def _one_of_each_kind(site: Path) -> list[Path]:
    patterns = ("*.html", "??/*.html", "??/events/*.html", "??/news/2024/*.html")
    slugs = ("everything", "taken-back", "what-it-was-called")
    patterns += tuple(f"??/news/2024/{slug}/*.html" for slug in slugs)
    return sorted(path for pattern in patterns for path in site.glob(pattern))


@needs_browser
@pytest.mark.parametrize("tag", ["en", "ru", "kk", "ky"])
def test_a_keyboard_leads_through_a_page_in_its_order(address: str, browser: Any, tag: str):
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.route("https://**", lambda route: route.fulfill(status=204))
    page.goto(f"{address}/{tag}/news/2024/everything/")
    seen = []
    while True:
        page.keyboard.press("Tab")
        at = page.evaluate(_FOCUS)
        if at is None or at in seen:
            break
        assert at["outline"] != "none"
        assert at["shown"]
        seen.append(at)
    assert seen[0]["href"] == "#content"
    assert [at["place"] for at in seen] == list(range(len(seen)))
    page.goto(f"{address}/{tag}/news/2024/everything/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    assert [words for words in said if "Security Policy" in words] == []
    page.close()


_FOCUS = """() => {
  const all = [...document.querySelectorAll('a[href], [tabindex="0"]')];
  const one = document.activeElement;
  if (!all.includes(one)) return null;
  const box = one.getBoundingClientRect();
  return {
    place: all.indexOf(one),
    href: one.getAttribute('href'),
    outline: getComputedStyle(one).outlineStyle,
    shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""
