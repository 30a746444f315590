from dataclasses import replace
from statistics import fmean, pstdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from rag.ranking import LEGS, Ranked, Weights, is_found, rank, varied
from tests.asking.stock import STEADY

PLAIN = Weights()


def ranked(*scores: float) -> list[Ranked]:
    return [Ranked(row, score, {}) for row, score in enumerate(scores)]


def shown(scores: list[float], documents: str, k: int, variety: float = 0.5) -> list[int]:
    chosen = varied(ranked(*scores), list(documents), k, replace(PLAIN, variety=variety))
    return [hit.row for hit in chosen]


Row = tuple[float, ...]
rows_of_scores = st.tuples(*[st.integers(0, 64).map(lambda n: n / 64)] * len(LEGS))


def table(*rows: Row) -> NDArray[np.float32]:
    """Scores per leg; what a row leaves out is 0."""
    return np.array([(*row, *[0.0] * (len(LEGS) - len(row))) for row in rows], dtype=np.float32)


def legs(**values: float) -> Row:
    return tuple(values.get(name, 0.0) for name in LEGS)


def test_worked_example() -> None:
    weights = replace(
        PLAIN, legs=legs(stem=0.5, gram=0.2, unit=0.3), chance=legs(unit=4.0), bias=-3.0, fading=0.5
    )
    scores = table(
        legs(gram=0.25, unit=1),
        legs(stem=0.5, gram=0.25, unit=1, passage=1),
        legs(stem=1, gram=0.25, unit=0.25),
    )
    found = rank(np.array([7, 3, 5]), scores, weights, 10)
    # By hand, in standard deviations: stem -1.22474, 0, 1.22474 (mean 1/2, deviation .408248); gram has
    # no spread; unit .707107, .707107, -1.414214 (mean 3/4, deviation .353553).
    # Sums: row 7 -.400238, row 3 .212132, row 5 .188108.
    assert [hit.row for hit in found] == [3, 5, 7]
    # The best: logistic(-3 + 4) = .731059; the others .5^.024024 and .5^.612370 of it.
    assert [hit.score for hit in found] == pytest.approx([0.731059, 0.718986, 0.478198], abs=1e-5)
    assert found[0].parts == dict(zip(LEGS, legs(stem=0.5, gram=0.25, unit=1.0, passage=1.0), strict=True))


def test_only_the_best_are_kept() -> None:
    scores = table(legs(unit=0.25), legs(unit=0.75), legs(unit=0.5))
    assert [hit.row for hit in rank(np.arange(3), scores, PLAIN, 2)] == [1, 2]


def test_nothing_ranks_to_nothing() -> None:
    assert rank(np.empty(0, np.int64), np.empty((0, len(LEGS)), np.float32), PLAIN, 5) == []
    assert varied([], [], 5, PLAIN) == []
    assert not is_found([], PLAIN)


@STEADY
@given(
    st.integers(1, 70),
    st.lists(st.floats(0, 1, width=32), min_size=len(LEGS), max_size=len(LEGS)),
    st.randoms(),
)
def test_equal_scores_stand_by_row(count: int, row: list[float], random: object) -> None:
    rows = np.arange(100, 100 + count)
    np.random.default_rng(count).shuffle(rows)
    found = rank(rows, np.tile(np.array(row, np.float32), (count, 1)), PLAIN, count)
    assert [hit.row for hit in found] == sorted(rows.tolist())
    assert len({hit.score for hit in found}) == 1


@STEADY
@given(
    st.lists(rows_of_scores, min_size=1, max_size=60),
    st.integers(1, 70),
)
def test_best_first_and_a_chance_between_0_and_1(rows: list[Row], limit: int) -> None:
    found = rank(np.arange(len(rows)), table(*rows), PLAIN, limit)
    assert len(found) == min(limit, len(rows))
    assert all(0 <= hit.score <= 1 for hit in found)
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    sums = _sums(rows)
    kept = [hit.row for hit in found]
    left = [total for row, total in enumerate(sums) if row not in kept]
    assert min(sums[row] for row in kept) >= max(left, default=-np.inf) - 1e-6


def _sums(rows: list[Row]) -> list[float]:
    """The weighted sum of each row's standard scores, by the book."""
    columns = list(zip(*rows, strict=True))
    means, spreads = [fmean(column) for column in columns], [pstdev(column) or 1.0 for column in columns]
    standard = [[(v - m) / s for v, m, s in zip(row, means, spreads, strict=True)] for row in rows]
    return [sum(w * v for w, v in zip(PLAIN.legs, row, strict=True)) for row in standard]


@STEADY
@given(st.permutations(range(12)))
def test_the_order_of_arrival_is_no_matter(order: list[int]) -> None:
    scores = np.random.default_rng(3).random((12, len(LEGS)), dtype=np.float32)
    once = rank(np.arange(12), scores, PLAIN, 12)
    again = rank(np.array(order), scores[order], PLAIN, 12)
    assert [hit.row for hit in once] == [hit.row for hit in again]


def test_found_from_the_threshold_on() -> None:
    weights = replace(PLAIN, found=0.5)
    assert is_found(ranked(0.5, 0.1), weights)
    assert not is_found(ranked(0.49), weights)


@pytest.mark.parametrize(
    ("documents", "k", "rows"),
    [
        ("aaaaabc", 5, [0, 1, 2, 5, 6]),
        ("aaaabbc", 5, [0, 1, 2, 4, 6]),
        ("aabbbbc", 5, [0, 1, 2, 3, 6]),
        ("aaaaaab", 5, [0, 1, 2, 3, 6]),
        ("aaaaaaa", 5, [0, 1, 2, 3, 4]),
        ("abcaaaa", 5, [0, 1, 2, 3, 4]),
        ("aaaaabc", 7, [0, 1, 2, 5, 6, 3, 4]),
        ("aaaaabc", 6, [0, 1, 2, 5, 6, 3]),
        ("aaaaabc", 3, [0, 5, 6]),
        ("aaaaabc", 2, [0, 5]),
        ("aaaaabc", 1, [0]),
        ("aaa", 5, [0, 1, 2]),
        ("aab", 5, [0, 1, 2]),
    ],
)
def test_first_five_from_three_documents(documents: str, k: int, rows: list[int]) -> None:
    assert shown([1.0 - n / 100 for n in range(len(documents))], documents, k) == rows


def test_a_document_that_is_too_weak_does_not_qualify() -> None:
    scores = [0.9, 0.9, 0.9, 0.9, 0.9, 0.5, 0.4]
    assert shown(scores, "aaaaabc", 5) == [0, 1, 2, 3, 5]


@STEADY
@given(
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from("abcd")), min_size=1, max_size=30),
    st.integers(1, 35),
    st.floats(0, 1),
)
def test_variety_invents_and_loses_nothing(pairs: list[tuple[float, str]], k: int, variety: float) -> None:
    pairs = sorted(pairs, reverse=True)
    scores, names = [s for s, _ in pairs], "".join(d for _, d in pairs)
    rows = shown(scores, names, k, variety)
    head, rest = rows[:5], rows[5:]
    assert len(rows) == min(k, len(pairs)) == len(set(rows))
    assert rows[0] == 0
    assert head == sorted(head)
    assert rest == sorted(rest)
    assert rows == shown(scores, names, len(pairs), variety)[:k] or k < 5
    # What was not shown comes after all that was, but for what variety brought forward.
    brought = [row for row in head if row >= min(5, k)]
    others = [row for row in range(len(pairs)) if row not in brought]
    assert sorted(set(rows) - set(brought)) == others[: len(rows) - len(brought)] or k < 5
    qualifying = {n for s, n in zip(scores, names, strict=True) if s >= scores[0] * variety}
    assert len({names[row] for row in head}) >= min(3, len(head), len(qualifying))
