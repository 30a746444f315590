"""Builds that die: run as a program, it kills one build after another at every step it takes.

``python -m tests.index.killed BASE FOLDER DELAYS SEED`` copies the index in BASE for each build to
FOLDER/<name>, starts the build in a process of its own and has it killed by SIGKILL:
``step-<n>`` just before its n-th step, ``delay-<n>`` after a random share of the time that a whole
build takes. A step is anything that a disk could notice: a file opened for writing, a folder
made, a rename, a removal, a sync, a statement to SQLite. Of many like steps in a row the first,
the middle and the last are taken. Prints how many builds were killed at a step.
"""

import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from rag.documents import Document
from tests.helpers import build_index, document

OLD = [document(n, f"Het veer {n} over de Verzonnen Vaart blijft varen.", "Nee.") for n in range(3)]
NEW = [document(1, "Het veer vaart niet meer, de brug is open."), document(7, "Een nieuw antwoord.")]
AFTER: list[Document] = [OLD[0], NEW[0], OLD[2], NEW[1]]

_STEPS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree", "sqlite3.connect"}
_WRITES = os.O_WRONLY | os.O_RDWR


class Steps:
    """Counts the steps of this process from now on, and kills it at the ``fatal`` one."""

    def __init__(self, fatal: int) -> None:
        self.fatal = fatal
        self.taken: list[str] = []
        sys.addaudithook(self._heard)
        for module, name, wrapped in (
            (os, "fsync", self._before(os.fsync)),
            (sqlite3, "connect", self._traced(sqlite3.connect)),
        ):
            setattr(module, name, wrapped)

    def _heard(self, event: str, details: tuple[object, ...]) -> None:
        if event in _STEPS or (event == "open" and isinstance(details[2], int) and details[2] & _WRITES):
            self._step(event)

    def _traced(self, connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
        def connected(*where: object, **how: object) -> sqlite3.Connection:
            connection = connect(*where, **how)
            connection.set_trace_callback(self._statement)
            return connection

        return connected

    def _statement(self, statement: str) -> None:
        if not statement.startswith(("SELECT", "PRAGMA")):
            self._step("statement")

    def _before(self, function: Callable[[int], None]) -> Callable[[int], None]:
        def stepped(handle: int) -> None:
            self._step("sync")
            function(handle)

        return stepped

    def _step(self, kind: str) -> None:
        self.taken.append(kind)
        if len(self.taken) == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)


def main(base: Path, folder: Path, *, delays: int, seed: int) -> None:
    """Leave behind the indexes of the builds that were killed."""
    kinds, took = _whole_build(base, folder / "whole")
    killed = 0
    for step in _telling(kinds):
        _, status = os.waitpid(_start(base, folder / f"step-{step}", fatal=step), 0)
        killed += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    chance = random.Random(seed)
    for number in range(delays):
        child = _start(base, folder / f"delay-{number}", fatal=-1)
        time.sleep(chance.uniform(0, took))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    sys.stdout.write(f"{killed}\n")


def _whole_build(base: Path, index: Path) -> tuple[list[str], float]:
    start = time.monotonic()
    read, write = os.pipe()
    child = _start(base, index, fatal=-1, tell=write)
    os.close(write)
    with os.fdopen(read) as told:
        kinds = told.read().split()
    os.waitpid(child, 0)
    return kinds, time.monotonic() - start


def _telling(kinds: list[str]) -> list[int]:
    """The steps, from 1: first, middle and last of each run of one kind."""
    chosen, start = set(), 1
    for _, run in groupby(kinds):
        size = len(list(run))
        chosen |= {start, start + size // 2, start + size - 1}
        start += size
    return sorted(chosen)


def _start(base: Path, index: Path, *, fatal: int, tell: int | None = None) -> int:
    shutil.copytree(base, index)
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        steps = Steps(fatal)
        build_index(index, *NEW)
        if tell is not None:
            os.write(tell, " ".join(steps.taken).encode())
        status = 0
    finally:
        # No way back into the loop of the parent.
        os._exit(status)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), delays=int(sys.argv[3]), seed=int(sys.argv[4]))
