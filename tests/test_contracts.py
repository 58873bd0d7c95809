"""The layer contracts hold, and each of them fires when it is broken."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BREACHES = {
    "A floor imports only what is below it": ("stages/segment.py", "import workflow.pipeline"),
    "The middle touches neither disk, network, clock nor chance": ("stages/merge.py", "import os"),
    "Only engines and the shared memory open a connection": ("stores/files.py", "import socket"),
    "Only the command line knows click": ("pipeline/sync.py", "import click"),
    "Only the preview answers requests": ("cli/sync_command.py", "import http.server"),
    "Only stores know PO files": ("pipeline/sync.py", "import polib"),
    "The stages and the stores meet in the verbs only": (
        "stores/files.py",
        "import workflow.stages.merge",
    ),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "workflow", tmp_path / "workflow", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy: Path):
    result = lint(copy)
    assert result.returncode == 0, result.stdout
    for name in BREACHES:
        assert f"{name} KEPT" in result.stdout


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_seen(copy: Path, name: str):
    file, line = BREACHES[name]
    module = copy / "workflow" / file
    module.write_text(module.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    result = lint(copy)
    assert result.returncode == 1
    assert f"{name} BROKEN" in result.stdout


def test_a_module_without_a_floor_is_seen(copy: Path):
    (copy / "workflow" / "helpers.py").write_text("", encoding="utf-8")
    result = lint(copy)
    assert result.returncode == 1
    assert "helpers" in result.stdout
