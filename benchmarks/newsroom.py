"""How a large newsroom does: sync, publish all, again, and after one edit; time and memory.

    python benchmarks/newsroom.py [RELEASES] [FOLDER] [sync]

Makes RELEASES releases (1,000 unless told) with translations in ru, kk and ky, runs the real
commands as processes of their own, and prints wall seconds, CPU seconds and the most memory that
the command's processes held together (sampled every 20 ms from /proc; proportional set size).
With “sync”, it stops after the catalogues.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def run(root: Path, *words: str) -> None:
    before = os.times()
    start = time.perf_counter()
    said = tempfile.TemporaryFile("w+")  # noqa: SIM115  # lives as long as the process
    process = subprocess.Popen(
        [sys.executable, "-m", "workflow", "--project", str(root), *words],
        stdout=said,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    most = 0
    while process.poll() is None:
        most = max(most, held(process.pid))
        time.sleep(0.02)
    seconds = time.perf_counter() - start
    after = os.times()
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    said.seek(0)
    last = said.read().strip().splitlines()[-1:]
    figures = f"{seconds:7.2f} s wall {cpu:7.2f} s cpu {most / 1e6:7.0f} MB"
    print(f"{' '.join(words):20} {figures}  {last}", flush=True)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    rng = random.Random(1)
    subprocess.run([sys.executable, "-m", "workflow", "init", str(folder)], check=True)
    for number in range(count):
        (folder / "sources" / f"release-{number:05}.md").write_text(
            source(rng, number), encoding="utf-8"
        )
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
