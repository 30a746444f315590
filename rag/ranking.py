"""Legs to one ranking: fusion, calibration, variety, "nothing found". Pure.

The order comes from a convex sum of leg scores, each standardised over the candidates of its
question (a leg that tells the candidates well apart so weighs more than one that does not). The
chance that is shown, and on which the service abstains, comes from scores that compare across
questions: the share of the question's weight in words that the best hit has, and its cosine.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEGS = ("stem", "gram", "paper", "unit", "asked", "passage")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each leg counts in the order (sums to 1) and in the chance, and what is too little.

    ``others`` is the weight of a word that stands for one of the question's, beside that word's 1.

    The chance of the best hit is ``logistic(bias + chance @ its leg scores)``; a hit that lies one
    standard deviation below the best has ``fading`` of its chance.
    """

    legs: tuple[float, ...] = (0.0, 0.3, 0.2, 0.2, 0.15, 0.15)
    chance: tuple[float, ...] = (0.0, 0.0, 5.4, 4.2, 0.0, 0.0)
    others: float = 0.6
    bias: float = -2.5
    fading: float = 0.7
    found: float = 0.33
    variety: float = 0.4


@dataclass(frozen=True, slots=True)
class Ranked:
    """One exchange in the ranking: its row, its chance to answer the question, its leg scores."""

    row: int
    score: float
    parts: dict[str, float]


def rank(rows: NDArray[np.int64], scores: NDArray[np.float32], weights: Weights, limit: int) -> list[Ranked]:
    """The best ``limit``, best first; equal ones by row, so that a question always gives one list.

    ``scores`` is float32[len(rows), len(LEGS)], a column per leg of ``LEGS``, 0 where a leg found nothing.
    """
    if not len(rows):
        return []
    fused = _standardised(scores) @ np.array(weights.legs)
    order = np.lexsort((rows, -fused))[:limit]
    best = order[0]
    top = 1 / (1 + np.exp(-(weights.bias + scores[best] @ np.array(weights.chance))))
    chances = top * weights.fading ** (fused[best] - fused[order])
    return [
        Ranked(int(rows[i]), float(chance), dict(zip(LEGS, map(float, scores[i]), strict=True)))
        for i, chance in zip(order, chances, strict=True)
    ]


def _standardised(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Each column in standard deviations from its mean; a column without spread tells nothing: 0."""
    wide = scores.astype(np.float64)
    spread = wide.std(axis=0)
    standardised: NDArray[np.float64] = (wide - wide.mean(axis=0)) / np.where(spread > 0, spread, 1)
    return standardised


def varied(ranked: Sequence[Ranked], documents: Sequence[str], k: int, weights: Weights) -> list[Ranked]:
    """The first ``k``, the first five of them from three documents where three qualify.

    ``documents`` names the document of each ranked exchange. A document qualifies when its best
    exchange scores at least ``weights.variety`` of the very best.
    """
    if not ranked:
        return []
    enough = ranked[0].score * weights.variety
    order = list(range(min(k, len(ranked))))
    head = order[:5]
    best: dict[str, int] = {}
    for place, name in enumerate(documents):
        best.setdefault(name, place)
    missing = [p for name, p in best.items() if p not in head and ranked[p].score >= enough]
    while missing and len({documents[p] for p in head}) < min(3, len(head)):
        spare = [p for p in head if p != best[documents[p]]]
        head.remove(spare[-1])
        head.append(missing.pop(0))
    chosen = sorted(head) + [p for p in range(len(ranked)) if p not in head]
    return [ranked[place] for place in chosen[:k]]


def is_found(ranked: Sequence[Ranked], weights: Weights) -> bool:
    """Whether the best hit is good enough to be shown as an answer."""
    return bool(ranked) and ranked[0].score >= weights.found
