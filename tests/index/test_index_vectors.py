"""The vector index against NumPy."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from rag.index.vectors import VectorIndex


def _units(count: int, dimension: int = 16, *, seed: int = 1) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


@given(
    st.integers(1, 70), st.integers(1, 100), st.integers(0, 999), st.sampled_from([None, 0.0, 0.1, 0.5, 1.0])
)
@settings(max_examples=120, deadline=None)
def test_search_is_numpy_argsort_over_the_allowed_rows(
    count: int, limit: int, seed: int, share: float | None
) -> None:
    rows, vector = _units(count, seed=seed), _units(1, seed=seed + 1)[0]
    allowed = None if share is None else np.random.default_rng(seed).random(count) < share
    possible = np.arange(count) if allowed is None else np.flatnonzero(allowed)
    scores = rows @ vector
    expected = possible[np.argsort(-scores[possible], kind="stable")][:limit]
    leg = VectorIndex(rows).search(vector, allowed, limit)
    assert leg.rows.tolist() == expected.tolist()
    np.testing.assert_allclose(leg.scores, scores[expected], rtol=1e-5, atol=1e-6)
    assert leg.rows.dtype == np.int64
    assert leg.scores.dtype == np.float32


@given(st.integers(1, 40), st.integers(1, 50), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_ties_give_distinct_allowed_rows_of_the_best_scores(count: int, limit: int, seed: int) -> None:
    rows = _units(3, seed=seed)[np.random.default_rng(seed).integers(0, 3, count)]
    allowed = np.random.default_rng(seed + 1).random(count) < 0.7
    leg = VectorIndex(rows).search(rows[0], allowed, limit)
    best = np.sort((rows @ rows[0])[allowed])[::-1][:limit]
    np.testing.assert_allclose(leg.scores, best, atol=1e-6)
    assert len(set(leg.rows.tolist())) == len(leg.rows) == min(limit, int(allowed.sum()))
    assert allowed[leg.rows].all()


@pytest.mark.parametrize("allowed", [np.zeros(5, dtype=np.bool_), np.array([0, 0, 1, 0, 0], dtype=np.bool_)])
def test_no_row_minus_one_leaks_where_fewer_rows_match(allowed: NDArray[np.bool_]) -> None:
    leg = VectorIndex(_units(5)).search(_units(1, seed=2)[0], allowed, 100)
    assert leg.rows.tolist() == np.flatnonzero(allowed).tolist()
    assert len(leg.scores) == len(leg.rows)


def test_rows_that_compare_with_nothing_do_not_leak_either() -> None:
    rows = _units(4)
    rows[1] = np.nan
    leg = VectorIndex(rows).search(rows[0], None, 4)
    assert -1 not in leg.rows
    assert {0, 2, 3} <= set(leg.rows.tolist())


def test_an_index_without_rows_finds_nothing() -> None:
    index = VectorIndex(np.empty((0, 16), dtype=np.float32))
    assert len(index) == 0
    assert index.search(_units(1)[0], None, 3).rows.tolist() == []
    assert index.search(_units(1)[0], np.empty(0, dtype=np.bool_), 3).scores.tolist() == []


def test_a_zero_vector_finds_rows_at_zero() -> None:
    leg = VectorIndex(_units(3)).search(np.zeros(16, dtype=np.float32), None, 9)
    assert sorted(leg.rows.tolist()) == [0, 1, 2]
    assert leg.scores.tolist() == [0, 0, 0]


def test_stored_rows_come_back_to_the_bit(tmp_path: Path) -> None:
    rows = _units(9)
    np.save(tmp_path / "units.npy", rows, allow_pickle=False)
    index = VectorIndex.open(tmp_path / "units.npy")
    assert len(index) == 9
    assert np.array_equal(index.rows(2, 5), rows[2:7])
    wanted = np.array([7, 0, 7], dtype=np.int64)
    assert np.array_equal(index.at(wanted), rows[wanted])


def test_a_file_of_python_objects_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "units.npy", np.array([{}, []], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="Python objects"):
        VectorIndex.open(tmp_path / "units.npy")
