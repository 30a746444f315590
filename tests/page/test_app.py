"""Starting the page: options, and what goes wrong said in Dutch."""

import logging
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import app
from tests.page.conftest import ROOT


def test_missing_index_is_said_with_its_remedy(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert app.main(["--index", str(tmp_path / "none"), "--port", "0"]) == 1
    assert str(tmp_path / "none") in caplog.text
    assert "kamerantwoord build" in caplog.text
    assert "Traceback" not in caplog.text


def test_port_in_use_is_said_with_its_remedy(sample_index: Path, caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert app.main(["--index", str(sample_index), "--port", str(port)]) == 1
    assert f"127.0.0.1:{port}" in caplog.text
    assert "--port" in caplog.text


def test_start_is_announced(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        app.main(["--index", str(tmp_path)])
    assert caplog.messages[0] == "De pagina start ..."


def test_help_is_dutch_and_needs_no_gradio() -> None:
    code = "import sys, app\ntry:\n app.main(['--help'])\nfinally:\n assert 'gradio' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Gebruik: app.py")
    assert "standaard 7860" in done.stdout
    assert "usage" not in done.stdout


def test_wrong_option_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        app.main(["--poort", "1"])
    assert ended.value.code == 2
    assert "Gebruik: app.py" in capsys.readouterr().err
