"""The word index against BM25 written out in plain Python."""

from collections import Counter, defaultdict
from collections.abc import Callable
from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from rag.index.analysis import grams, stems, words
from rag.index.words import GRAM, STEM, Leg, WordIndex, build_words
from tests.index.answering import wanted
from tests.index.test_index_paragraphs import TEXTS

K1, B = 1.2, 0.75
_VOCABULARY = (
    "brug bruggen veer weg school huurtoeslag toeslagen fiets dijk haven trein financiën de het".split()
)
_TEXTS = [
    " ".join(np.random.default_rng(seed).choice(_VOCABULARY, size=1 + seed % 37).tolist())
    for seed in range(120)
]
_QUESTIONS = st.lists(st.sampled_from([*_VOCABULARY, "huurtoeslaggrens", "onbekend"]), min_size=1, max_size=8)
_FIELDS: dict[str, Callable[[str], list[str]]] = {
    STEM: lambda text: stems(words(text)),
    GRAM: lambda text: [gram for word in words(text) for gram in grams(word)],
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WordIndex:
    folder = tmp_path_factory.mktemp("words") / "words"
    build_words(folder, _TEXTS)
    return WordIndex.open(folder)


@given(_QUESTIONS, st.none() | st.sets(st.integers(0, len(_TEXTS) - 1)), st.integers(1, 150))
@settings(max_examples=60, deadline=None)
def test_stem_leg_is_bm25_over_the_allowed_rows(
    index: WordIndex, question: list[str], chosen: set[int] | None, limit: int
) -> None:
    weights = {stem: float(count) for stem, count in Counter(stems(words(" ".join(question)))).items()}
    leg = index.search(wanted(" ".join(question)), _mask(chosen), limit)[STEM]
    _assert_best(leg, _bm25(STEM, weights), chosen, limit, tolerance=1e-5)


@given(_QUESTIONS, st.none() | st.sets(st.integers(0, len(_TEXTS) - 1), max_size=30))
@settings(max_examples=40, deadline=None)
def test_gram_leg_is_bm25_with_each_word_weighed_by_the_root_of_its_grams(
    index: WordIndex, question: list[str], chosen: set[int] | None
) -> None:
    weights: dict[str, float] = defaultdict(float)
    for word in words(" ".join(question)):
        for gram in grams(word):
            weights[gram] += 1 / sqrt(len(grams(word)))
    leg = index.search(wanted(" ".join(question)), _mask(chosen), len(_TEXTS))[GRAM]
    # Fields of more than 40 grams have a length that is rounded down by up to an eighth.
    _assert_best(leg, _bm25(GRAM, weights), chosen, len(_TEXTS), tolerance=0.06)


@given(st.dictionaries(st.sampled_from(_VOCABULARY), st.sampled_from([0.25, 1.0, 3.5]), min_size=1))
@settings(max_examples=30, deadline=None)
def test_words_count_by_their_weight(index: WordIndex, weighed: dict[str, float]) -> None:
    weights: dict[str, float] = defaultdict(float)
    for word, weight in weighed.items():
        for stem in stems(words(word)):
            weights[stem] += weight
    pairs = [(word, weight) for text, weight in weighed.items() for word in words(text)]
    legs = index.search(pairs, None, len(_TEXTS), fields=(STEM,))
    assert list(legs) == [STEM]
    _assert_best(legs[STEM], _bm25(STEM, weights), None, len(_TEXTS), tolerance=1e-5)


@pytest.mark.parametrize("field", [STEM, GRAM])
def test_an_index_of_one_field_answers_by_that_field(index: WordIndex, tmp_path: Path, field: str) -> None:
    build_words(tmp_path / "one", _TEXTS, fields=(field,))
    pairs = wanted("huurtoeslag voor bruggen")
    leg = WordIndex.open(tmp_path / "one").search(pairs, None, 200, fields=(field,))[field]
    expected = index.search(pairs, None, 200, fields=(field,))[field]
    assert leg.rows.tolist() == expected.rows.tolist()
    assert np.array_equal(leg.scores, expected.scores)


def test_a_worked_example_by_hand(tmp_path: Path) -> None:
    build_words(tmp_path / "words", ["brug", "brug brug veer", "weg"])
    leg = WordIndex.open(tmp_path / "words").search([("brug", 1.0)], None, 9)[STEM]
    # Three texts, two with the word; mean length 5/3; divided by 2.2 times the rarity.
    scores = {0: 1 / (1 + 1.2 * (0.25 + 0.75 * 0.6)), 1: 2 / (2 + 1.2 * (0.25 + 0.75 * 1.8))}
    assert dict(zip(leg.rows.tolist(), leg.scores.tolist(), strict=True)) == pytest.approx(scores)
    assert leg.scores.max() <= 1


def test_scores_lie_between_zero_and_one(index: WordIndex) -> None:
    for text in _TEXTS:
        for leg in index.search(wanted(text), None, 50).values():
            assert leg.scores.dtype == np.float32
            assert leg.rows.dtype == np.int64
            assert (leg.scores > 0).all()
            assert (leg.scores <= 1).all()
            assert (np.diff(leg.scores) <= 0).all()


def test_an_empty_mask_finds_nothing(index: WordIndex) -> None:
    for leg in index.search(wanted("brug veer"), np.zeros(len(_TEXTS), dtype=np.bool_), 10).values():
        assert leg.rows.shape == leg.scores.shape == (0,)


@pytest.mark.parametrize("question", ["", " \n", "?!", "onvindbaar", "\ud800", "zzzzqqqq " * 50])
def test_a_question_without_a_known_word_finds_nothing(index: WordIndex, question: str) -> None:
    for leg in index.search(wanted(question), None, 10).values():
        assert len(leg.rows) == 0


def test_a_part_of_a_compound_and_a_typing_error_are_found_by_grams(tmp_path: Path) -> None:
    build_words(tmp_path / "words", ["de huurtoeslaggrens stijgt", "de brugwachter slaapt"])
    index = WordIndex.open(tmp_path / "words")
    for question in ("huurtoeslag", "huurtoeslagrens"):
        legs = index.search(wanted(question), None, 10)
        assert legs[STEM].rows.tolist() == []
        assert legs[GRAM].rows.tolist() == [0]


def test_inflection_and_accents_meet_in_the_stem_field(tmp_path: Path) -> None:
    build_words(tmp_path / "words", ["Twee BRUGGEN, één veer", "financiën"])
    index = WordIndex.open(tmp_path / "words")
    assert [index.search(wanted(q), None, 9)[STEM].rows.tolist() for q in ("brug", "een", "Financien")] == [
        [0],
        [0],
        [1],
    ]


def test_rarity_is_the_rarity_of_bm25(index: WordIndex) -> None:
    wanted = [*stems(words(" ".join(_VOCABULARY))), "onbekend"]
    texts = [set(_FIELDS[STEM](text)) for text in _TEXTS]
    expected = [_rarity(len(texts), sum(stem in text for text in texts)) for stem in wanted]
    np.testing.assert_allclose(index.rarity("stem", wanted), expected, rtol=1e-12)
    assert index.rarity("stem", []).shape == (0,)


def test_an_index_of_no_texts_finds_nothing(tmp_path: Path) -> None:
    build_words(tmp_path / "words", [])
    assert len(WordIndex.open(tmp_path / "words").search([("brug", 1.0)], None, 5)[STEM].rows) == 0


@given(st.lists(TEXTS, min_size=1, max_size=3), TEXTS)
@settings(max_examples=15, deadline=None)
def test_any_text_can_be_indexed_and_asked(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], question: str
) -> None:
    folder = tmp_path_factory.mktemp("any") / "words"
    build_words(folder, [*texts, question])
    index = WordIndex.open(folder)
    for leg in index.search(wanted(question), None, 10).values():
        assert (len(texts) in leg.rows) == bool(words(question))


def _mask(chosen: set[int] | None) -> NDArray[np.bool_] | None:
    if chosen is None:
        return None
    mask = np.zeros(len(_TEXTS), dtype=np.bool_)
    mask[list(chosen)] = True
    return mask


def _assert_best(
    leg: Leg, expected: list[float], chosen: set[int] | None, limit: int, *, tolerance: float
) -> None:
    """Each score is the expected one and no better row was left out; ties may stand in any order."""
    possible = {row for row, score in enumerate(expected) if score and (chosen is None or row in chosen)}
    assert len(leg.rows) == len(set(leg.rows.tolist())) == min(limit, len(possible))
    assert set(leg.rows.tolist()) <= possible
    np.testing.assert_allclose(leg.scores, [expected[row] for row in leg.rows], rtol=tolerance)
    best = sorted((expected[row] for row in possible), reverse=True)[: len(leg.rows)]
    np.testing.assert_allclose(leg.scores, best, rtol=tolerance)


def _bm25(field: str, weights: dict[str, float]) -> list[float]:
    """Weighted BM25 of every text, divided by the most that the question could score."""
    texts = [_FIELDS[field](text) for text in _TEXTS]
    mean = sum(map(len, texts)) / len(texts)
    rarity = {term: _rarity(len(texts), sum(term in text for text in texts)) for term in weights}
    most = sum((K1 + 1) * weight * rarity[term] for term, weight in weights.items())
    scores = []
    for text in texts:
        length = K1 * (1 - B + B * len(text) / mean)
        score = sum(
            weight * rarity[term] * (K1 + 1) * text.count(term) / (text.count(term) + length)
            for term, weight in weights.items()
        )
        scores.append(score / most)
    return scores


def _rarity(total: int, holding: int) -> float:
    return log(1 + (total - holding + 0.5) / (holding + 0.5))
