import os
import pty
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from rag.cli import app, main
from tests.asking.command import process, run, said
from tests.asking.stock import BRUG, GOOSE, ROOT, bridge_paper

VERBS = ("build", "ask", "batch", "evaluate", "info", "verify", "rollback")


ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|commands?|required|default|show this|message and exit|missing|invalid"
    r"|error|try|help for)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--party", "XYY"], "Bedoelt u: XYZ"),
        (["--since", "gisteren"], "jjjj-mm-dd"),
        (["--since", "2041-02-01", "--until", "2041-01-01"], "wissel"),
        (["-k", "0"], "1 tot en met 1000"),
        (["-k", "veel"], "-k"),
        (["--kleur", "rood"], "De optie --kleur bestaat niet"),
        (["nog", "meer"], "Te veel argumenten"),
        (["--index"], "--index vraagt om een waarde"),
    ],
)
def test_wrong_usage_of_ask_ends_with_2(stock_index: Path, arguments: list[str], says: str) -> None:
    message = said(run("ask", BRUG, "--index", stock_index, *arguments), 2)
    assert says in message
    assert "Fout: " in message
    assert not ENGLISH.search(message.replace("--help", ""))


@pytest.mark.parametrize("question", ["", "  ", "x" * 2001, "brug \udcff", "\x1b[31m"])
def test_a_question_that_cannot_be_asked_is_no_stack_trace(stock_index: Path, question: str) -> None:
    result = run("ask", question, "--index", stock_index)
    assert result.exit_code in ((0, 2) if "\x1b" in question or "\udcff" in question else (2,))


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_is_dutch(verb: str) -> None:
    result = run(*filter(None, [verb]), "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Gebruik: kamerantwoord")
    assert "Toon deze hulp." in result.stdout
    assert not ENGLISH.search(result.stdout.replace("--help", ""))


def test_the_help_names_every_verb_and_filter() -> None:
    assert all(f"\n  {verb} " in run("--help").stdout for verb in VERBS)
    for verb in ("ask", "batch"):
        text = run(verb, "--help").stdout
        for name in (
            "since",
            "until",
            "minister",
            "ministry",
            "asker",
            "party",
            "topic",
            "kind",
            "document",
            "index",
        ):
            assert f"--{name} " in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Gebruik: kamerantwoord"),
        (["vraag"], "Het werkwoord vraag bestaat niet"),
        (["asc"], "Bedoelt u 'ask'?"),
        (["ask"], "VRAAG ontbreekt"),
        (["ask", BRUG, "--jsn"], "Bedoelt u --json"),
        (["ask", BRUG, "--json=ja"], "krijgt geen waarde"),
        (["batch", "v.txt"], "--output ontbreekt"),
        (["build"], "BRON"),
    ],
)
def test_wrong_usage_is_said_in_dutch_and_ends_with_2(arguments: list[str], says: str) -> None:
    message = said(run(*arguments), 2)
    assert says in message
    assert not ENGLISH.search(message.replace("--help", "").replace("--output", ""))


def test_main_takes_the_arguments_that_it_is_given(
    stock_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["verify", "--index", str(stock_index)])
    assert not end.value.code
    assert capsys.readouterr().out == "De index is heel.\n"


def test_without_standalone_mode_the_caller_gets_code_and_exception(stock_index: Path) -> None:
    assert not app(["verify", "--index", str(stock_index)], standalone_mode=False)
    assert app(["verify", "--index", str(stock_index / "geen")], standalone_mode=False) == 1
    with pytest.raises(typer.TyperException):
        app(["ask"], standalone_mode=False)


def test_the_module_runs_as_a_program(
    stock_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["rag", "verify", "--index", str(stock_index)])
    with pytest.raises(SystemExit):
        runpy.run_module("rag", run_name="__main__")
    assert capsys.readouterr().out == "De index is heel.\n"


def test_python_m_rag_is_the_same_command(stock_index: Path) -> None:
    ours, theirs = run("ask", BRUG, "--index", stock_index), process("ask", BRUG, "--index", stock_index)
    assert (theirs.returncode, theirs.stdout, theirs.stderr) == (0, ours.stdout, "")
    wrong = process("ask", BRUG, "--index", stock_index, "--party", "XYY")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("Fout: ")


def test_the_installed_command_is_the_same() -> None:
    command = Path(sys.executable).with_name("kamerantwoord")
    if not command.exists():
        pytest.skip("the package is not installed")
    done = subprocess.run([command, "--help"], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, process("--help").stdout)


def test_long_work_is_silent_in_a_pipe(source: Path, tmp_path: Path) -> None:
    built = process("build", source, "--index", tmp_path / "index")
    assert (built.returncode, built.stderr) == (0, "")
    (tmp_path / "v.txt").write_text(f"{BRUG}\n" * 50, encoding="utf-8")
    done = process("batch", tmp_path / "v.txt", "--output", tmp_path / "u.csv", "--index", tmp_path / "index")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [f"50 vragen beantwoord in {tmp_path / 'u.csv'}."]


def test_a_reader_that_stops_early_is_no_stack_trace(stock_index: Path) -> None:
    words = [sys.executable, "-m", "rag", "ask", GOOSE, "-k", "50", "--json", "--index", str(stock_index)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


def test_on_a_terminal_the_mark_is_bold(stock_index: Path) -> None:
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "rag", "ask", BRUG, "-k", "1", "--index", str(stock_index)]
    with subprocess.Popen(words, stdout=theirs, cwd=ROOT) as running:
        os.close(theirs)
        shown = bytearray()
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:
            pass  # Linux says so when the other end is closed.
        assert running.wait(60) == 0
    os.close(ours)
    mark = bridge_paper().exchanges[1].answer[:20].encode()
    assert b"\x1b[1m" + mark in shown
    assert b"\x1b[0m" in shown
