"""How a large newsroom does: sync, publish all, again, and after one edit; time and memory.

    python benchmarks/newsroom.py [RELEASES] [FOLDER] [sync]

Makes RELEASES releases (1,000 unless told) with translations in ru, kk and ky, runs the real
commands as processes of their own, and prints seconds by the clock and of the processors, and the
most memory that the command's processes held together (sampled every 50 ms from /proc; proportional
set size).
With “sync”, it stops after the catalogues.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

WORDS = (
    "operation member states council drug seizure border police official meeting session "
    "training exercise security threat synthetic laboratory headquarters statement cooperation "
    "agreement delegation chairman secretary regional transnational illegal traffic region"
)
TAGS = ("ru", "kk", "ky")


def sentence(rng: random.Random) -> str:
    words = [rng.choice(WORDS.split()) for _ in range(rng.randint(8, 24))]
    words.insert(rng.randint(1, 6), str(rng.randint(13, 99_999)))
    return f"{' '.join(words).capitalize()}."


def source(rng: random.Random, number: int) -> str:
    title = f"{sentence(rng)[:-1]} {number}"
    date = f"20{rng.randint(10, 25)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    paragraphs = [
        " ".join(sentence(rng) for _ in range(rng.randint(1, 5))) for _ in range(rng.randint(4, 10))
    ]
    body = "\n\n".join(paragraphs)
    return f"---\ntitle: {title}\ndate: {date}\nsection: news\n---\n\n{body}\n"


def translate(root: Path) -> None:
    """Accept a stand-in target for every empty unit: the tool cannot tell it from a person's."""
    table = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхижклмнопкрстувшхуз")
    for tag in TAGS:
        for path in (root / "locales" / tag / "releases").glob("*.po"):
            out, text = [], ""
            for line in path.read_text(encoding="utf-8").split("\n"):
                if line.startswith("msgid "):
                    text = line[6:]
                if line == 'msgstr ""' and text != '""':
                    line = f"msgstr {text.lower().translate(table)}"
                out.append(line)
            path.write_text("\n".join(out), encoding="utf-8")


def edit(root: Path) -> None:
    """One more word in one sentence of one translation."""
    path = root / "locales" / "ru" / "releases" / "release-00008.po"
    before, mark, after = path.read_text(encoding="utf-8").partition('\nmsgid "')
    at = after.index(" ", after.index('msgstr "', after.index("msgctxt")) + len('msgstr "'))
    path.write_text(f"{before}{mark}{after[:at]} ещё{after[at:]}", encoding="utf-8")


def held(group: int) -> int:
    """Bytes of proportional memory that the processes of a group hold now."""
    total = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if os.getpgid(int(entry.name)) != group:
                continue
            rollup = (entry / "smaps_rollup").read_text()
        except OSError:
            continue
        total += next(int(x.split()[1]) for x in rollup.split("\n") if x.startswith("Pss:")) * 1024
    return total


class Spent(NamedTuple):
    """What a command took."""

    wall: float
    user: float
    system: float
    most: int
    """Bytes that its processes held together at most."""
    last: str
    """The last line it said."""


def measure(command: Sequence[str], folder: Path | None = None) -> Spent:
    before = os.times()
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command, stdout=said, stderr=subprocess.STDOUT, cwd=folder, start_new_session=True
        )
        most = 0
        while process.poll() is None:
            most = max(most, held(process.pid))
            time.sleep(0.05)
        wall = time.perf_counter() - start
        after = os.times()
        said.seek(0)
        last = "".join(said.read().strip().splitlines()[-1:])
    return Spent(
        wall=wall,
        user=after.children_user - before.children_user,
        system=after.children_system - before.children_system,
        most=most,
        last=last,
    )


def run(root: Path, *words: str) -> Spent:
    spent = measure([sys.executable, "-m", "workflow", "--project", str(root), *words])
    show(" ".join(words), spent)
    return spent


def show(what: str, spent: Spent) -> None:
    cpu = f"{spent.user:7.2f} s user {spent.system:6.2f} s system"
    print(
        f"{what:34} {spent.wall:7.2f} s wall {cpu} {spent.most / 1e6:6.0f} MB  {spent.last}",
        flush=True,
    )


def make(folder: Path, count: int, *, site_url: str = "") -> None:
    """A newsroom with ``count`` releases, not yet synced."""
    rng = random.Random(1)
    subprocess.run([sys.executable, "-m", "workflow", "init", str(folder)], check=True)
    settings = folder / "workflow.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('site_url = ""', f'site_url = "{site_url}"'), encoding="utf-8")
    for number in range(count):
        (folder / "sources" / f"release-{number:05}.md").write_text(
            source(rng, number), encoding="utf-8"
        )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    make(folder, count)
    run(folder, "sync")
    run(folder, "sync")
    one = folder / "sources" / "release-00000.md"
    one.write_text(one.read_text(encoding="utf-8").replace("council", "board"), encoding="utf-8")
    run(folder, "sync")
    if "sync" in sys.argv:
        return
    translate(folder)
    run(folder, "publish", "--all")
    run(folder, "publish", "--all")
    edit(folder)
    run(folder, "publish", "--all")


if __name__ == "__main__":
    main()
