"""Running the command in this process and in one of its own."""

import subprocess
import sys

from typer.testing import CliRunner, Result

from rag.cli import app
from tests.asking.stock import ROOT


def run(*arguments: object) -> Result:
    """One verb; anything but an orderly end fails the test here."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], prog_name="kamerantwoord")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def process(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own, its output in pipes."""
    words = [sys.executable, "-m", "rag", *map(str, arguments)]
    return subprocess.run(words, capture_output=True, encoding="utf-8", cwd=ROOT, timeout=120, check=False)


def said(result: Result, code: int) -> str:
    """The message on stderr of a run that failed so; nothing may stand on stdout."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert result.stderr.strip()
    return result.stderr
