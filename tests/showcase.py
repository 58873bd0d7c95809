"""The sample newsroom with one page of every kind, for tests of what browsers and readers get."""

import shutil
from dataclasses import replace
from pathlib import Path

from tests.newsrooms import NOW
from workflow.model import Unit
from workflow.pipeline.orders import Order
from workflow.pipeline.publish import publish, site_base
from workflow.pipeline.sync import sync
from workflow.stores.catalogs import read_catalog, write_catalog
from workflow.stores.project import Project, open_project

ROOT = Path(__file__).parents[1]

_EVERYTHING = """\
---
title: "Everything that a release can hold: tables, lists, quotations & code"
date: 2024-05-06
section: news
summary: One page with every kind of block.
corrections:
  - { date: 2024-05-07, type: correction, note: The number of reports was wrong. }
  - { date: 2024-05-08, type: update, note: A second round has been agreed. }
---

A paragraph with **bold**, *italic*, `code` and [a link](https://example.org/a?b=1&c=2).

## A heading

- first item
- second item
    - an item inside
        1. a number inside

1. one
2. two

> A quoted paragraph.
>
> > A quotation in it.

| Country | Reports | Share |
|---|---|---|
| Kazakhstan | 12,100 | 61.5% |
| Kyrgyzstan | 7,000 | 38.5% |

![The hall](https://example.org/hall.jpg)

    press@example.org
"""

_TAKEN_BACK = """\
---
title: What was taken back
date: 2024-05-05
section: news
---

Nobody reads this.
"""
_PARTIAL = "[publish.languages]\n" + "".join(
    f"{tag} = {{ partial = 0.5 }}\n" for tag in ("ru", "kk", "ky")
)
_NOTICE = "withdrawn: { date: 2024-05-09, note: The event did not take place. }"

_TARGETS = {
    "ru": {
        "The number of reports was wrong.": "Число докладов было указано неверно.",
        "A second round has been agreed.": "Согласован второй раунд.",
        "What was taken back": "Что было отозвано",
        "Nobody reads this.": "Этого никто не прочтёт.",
        "The event did not take place.": "Мероприятие не состоялось.",
        "Everything that a release can hold: tables, lists, quotations & code": "Всё, что бывает "
        "в релизе: таблицы, списки, цитаты и код",
        "One page with every kind of block.": "Страница, на которой есть всё.",
        "A heading": "Заголовок",
        "first item": "первый пункт",
        "second item": "второй пункт",
        "an item inside": "вложенный пункт",
        "a number inside": "вложенный номер",
        "one": "один",
        "two": "два",
        "A quoted paragraph.": "Процитированный абзац.",
        "A quotation in it.": "Цитата в нём.",
        "Country": "Страна",
        "Reports": "Доклады",
        "Share": "Доля",
        "Kazakhstan": "Казахстан",
        "Kyrgyzstan": "Киргизия",
        "12,100": "12 100",
        "7,000": "7000",
        "61.5%": "61,5 %",
        "38.5%": "38,5 %",
    },
    "kk": {
        "The number of reports was wrong.": "Баяндамалар саны қате көрсетілген.",
        "A second round has been agreed.": "Екінші кезең келісілді.",
        "What was taken back": "Кері қайтарылған хабарлама",
        "Nobody reads this.": "Мұны ешкім оқымайды.",
        "The event did not take place.": "Іс-шара өткен жоқ.",
        "Everything that a release can hold: tables, lists, quotations & code": "Хабарламада "
        "болатынның бәрі: кестелер, тізімдер, дәйексөздер және код",
        "One page with every kind of block.": "Мәтіннің барлық түрі бар бет.",
        "A heading": "Тақырып",
        "first item": "бірінші тармақ",
        "second item": "екінші тармақ",
        "an item inside": "ішкі тармақ",
        "a number inside": "ішкі нөмір",
        "one": "бір",
        "two": "екі",
        "A quoted paragraph.": "Дәйексөз келтірілген абзац.",
        "A quotation in it.": "Оның ішіндегі дәйексөз.",
        "Country": "Ел",
        "Reports": "Баяндамалар",
        "Share": "Үлесі",
        "Kazakhstan": "Қазақстан",
        "Kyrgyzstan": "Қырғызстан",
        "12,100": "12 100",
        "7,000": "7000",
        "61.5%": "61,5%",
        "38.5%": "38,5%",
    },
    "ky": {
        "The number of reports was wrong.": "Баяндамалардын саны туура эмес көрсөтүлгөн.",
        "A second round has been agreed.": "Экинчи айлампа макулдашылды.",
        "What was taken back": "Кайтарылып алынган билдирүү",
        "Nobody reads this.": "Муну эч ким окубайт.",
        "The event did not take place.": "Иш-чара өткөн жок.",
        "Everything that a release can hold: tables, lists, quotations & code": "Билдирүүдө "
        "болгондун баары: таблицалар, тизмелер, цитаталар жана код",
        "One page with every kind of block.": "Тексттин бардык түрү бар бет.",
        "A heading": "Тема",
        "first item": "биринчи пункт",
        "second item": "экинчи пункт",
        "an item inside": "ички пункт",
        "a number inside": "ички номер",
        "one": "бир",
        "two": "эки",
        "A quoted paragraph.": "Цитата келтирилген абзац.",
        "A quotation in it.": "Анын ичиндеги цитата.",
        "Country": "Өлкө",
        "Reports": "Баяндамалар",
        "Share": "Үлүшү",
        "Kazakhstan": "Казакстан",
        "Kyrgyzstan": "Кыргызстан",
        "12,100": "12 100",
        "7,000": "7000",
        "61.5%": "61,5%",
        "38.5%": "38,5%",
    },
}
"""What has no target stays in English: the page is partly translated."""


def build_showcase(root: Path, *, url: str = "") -> Path:
    """The site with a page of every kind in four languages; partly translated ones are let out."""
    for name in ("sources", "locales"):
        shutil.copytree(ROOT / name, root / name)
    settings = (ROOT / "workflow.toml").read_text(encoding="utf-8")
    settings = settings.replace('site_url = ""', f'site_url = "{url}"')
    settings = settings.replace('gate = "major"', 'gate = "critical"') + _PARTIAL
    (root / "workflow.toml").write_text(settings, encoding="utf-8")
    _write(root, "what-it-was-called", _EVERYTHING)
    _write(root, "taken-back", _TAKEN_BACK)
    project = open_project(root)
    _publish(project)
    (root / "sources" / "what-it-was-called.md").unlink()
    _write(root, "everything", _EVERYTHING, "formerly: [what-it-was-called]")
    _write(root, "taken-back", _TAKEN_BACK, _NOTICE)
    _publish(project)
    return site_base(project, draft=False) / "current"


def _write(root: Path, slug: str, text: str, said: str = "") -> None:
    text = text.replace("section: news", f"section: news\n{said}")
    (root / "sources" / f"{slug}.md").write_text(text, encoding="utf-8")


def _publish(project: Project) -> None:
    sync(project)
    for tag, targets in _TARGETS.items():
        for path in sorted(project.root.glob(f"locales/{tag}/releases/*.po")):
            catalog = read_catalog(project.root, tag, path.stem)
            assert catalog is not None
            units = tuple(_accepted(unit, targets) for unit in catalog.units)
            write_catalog(project.root, replace(catalog, units=units), source_language="en")
    report = publish(project, Order(tags=project.settings.languages, now=NOW))
    assert not report.issues, report.issues


def _accepted(unit: Unit, targets: dict[str, str]) -> Unit:
    target = targets.get(unit.source)
    return replace(unit, target=target, fuzzy=False) if target else unit
