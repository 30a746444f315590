"""A build that is killed at any moment leaves the old index answering, and the next one mends all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rag.corpus import Corpus
from rag.index.snapshot import CORPUS, open_snapshot, verify
from tests.helpers import build_index
from tests.index.answering import answers
from tests.index.killed import AFTER, NEW, OLD

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with two snapshots, as most are: the build that dies has one to sweep away."""
    folder = tmp_path_factory.mktemp("base") / "index"
    build_index(folder, OLD[0])
    build_index(folder, *OLD)
    return folder


def test_a_build_killed_at_any_step_leaves_an_index_that_answers(base: Path, tmp_path: Path) -> None:
    build_index(tmp_path / "expected", *AFTER)
    old, new = answers(open_snapshot(base)), answers(open_snapshot(tmp_path / "expected"))
    assert old != new
    command = [sys.executable, "-m", "tests.index.killed", str(base), str(tmp_path / "killed"), "6", "3"]
    # One thread at the time of the fork: BLAS would start more.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    run = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.stderr == ""
    assert int(run.stdout) >= 20
    left = sorted((tmp_path / "killed").iterdir())
    assert len(left) >= int(run.stdout) + 7
    for index in left:
        assert answers(open_snapshot(index)) in (old, new), index.name
        assert verify(index) == [], index.name
    for index in left:
        build_index(index, *NEW)
        assert answers(open_snapshot(index)) == new, index.name
        with Corpus.open(index / CORPUS) as corpus:
            assert list(corpus.documents()) == AFTER, index.name
        assert verify(index) == [], index.name
