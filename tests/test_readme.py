"""What the README shows is run: its Python, its commands, its make targets, its length."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHARED = ROOT.parent / "shared"


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def _commands() -> list[str]:
    lines = [line for block in _blocks("bash") for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


@pytest.fixture
def checkout(tmp_path: Path, sample_index: Path) -> Path:
    """A folder that looks like the repository after ``make run``."""
    (tmp_path / "data").mkdir()
    for name in ("data/sample", "data/judged"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(sample_index, tmp_path / "data" / "index")
    (tmp_path / "vragen.txt").write_text(
        "Wat doet de minister aan schimmel in huurwoningen?\n", encoding="utf-8"
    )
    return tmp_path


def test_the_readme_is_short_enough_to_read() -> None:
    assert len(README.splitlines()) <= 150


@pytest.mark.parametrize("code", _blocks("python"))
def test_python_of_the_readme_runs(code: str, checkout: Path) -> None:
    assert _output(["-c", code], checkout).strip()


@pytest.mark.parametrize("command", [c for c in _commands() if c.startswith("kamerantwoord")])
def test_commands_of_the_readme_run(command: str, checkout: Path) -> None:
    if "../shared" in command:
        pytest.skip("measures on material beside the repository")
    words = shlex.split(command, comments=True)
    _output(["-m", "rag", *words[1:]], checkout)


@pytest.mark.parametrize("command", [c for c in _commands() if c.startswith("make")])
def test_make_targets_of_the_readme_exist(command: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{command.split()[1]}:", makefile, flags=re.MULTILINE)


def test_every_dependency_has_its_reason() -> None:
    declared = re.search(r"^dependencies = \[(.*?)^\]", (ROOT / "pyproject.toml").read_text(), re.M | re.S)
    assert declared
    for name in re.findall(r'"([A-Za-z_-]+)', declared[1]):
        assert re.search(rf"^\| `?{name}`? \|.{{20,}}\|$", README, flags=re.MULTILINE), name


def _output(arguments: list[str], folder: Path) -> str:
    """What a fresh interpreter prints; it has to end well."""
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
