"""The stages of training, each against a worked example or another way to compute the same."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from embeddings.training.contrast import ContrastSettings, batches, encode_pairs
from embeddings.training.corpus import Pair
from embeddings.training.export import quantise
from embeddings.training.lexicon import draw_together, read_glossary, read_groups, read_synonyms
from embeddings.training.table import English, TokenTable, build_table, without_common
from embeddings.training.text import Vocabulary, build_vocabulary, words_of
from embeddings.training.tokens import UNKNOWN, build_tokenizer
from embeddings.training.vectors import (
    VectorSettings,
    left_singular_vectors,
    neighbours,
    positive_pmi,
    unit,
)

EVERYTHING = VectorSettings(dimension=4, window=2, sample=1e9, draws=1)
NO_ENGLISH = English({}, ())


def _vocabulary(*words: str) -> Vocabulary:
    return Vocabulary(words, np.arange(len(words), 0, -1, dtype=np.float64))


def test_words_are_cut_as_the_tokenizer_cuts_them() -> None:
    text = "Coördinatie: zee\u00adspiegel, 3 dijken (€5)!"
    tokenizer = build_tokenizer([UNKNOWN, *words_of(text)])
    known = [token for token in tokenizer.encode(text).tokens if token != UNKNOWN]
    assert known == words_of(text) == ["coordinatie", "zeespiegel", "3", "dijken", "5"]


def test_the_vocabulary_is_ranked_by_weight_and_wants_a_word_seen_often_enough() -> None:
    sources = [(1.0, [["dijk", "dijk", "brug"]]), (10.0, [["brug", "zeldzaam"]])]
    vocabulary = build_vocabulary(sources, least=2, most=10)
    assert vocabulary.words == ("brug", "dijk")
    np.testing.assert_allclose(vocabulary.counts, [11, 2])
    np.testing.assert_allclose(vocabulary.frequencies.sum(), 1)


def test_neighbours_by_hand() -> None:
    vocabulary = _vocabulary("a", "b", "c")
    counts = neighbours([["a", "b", "c"], ["a", "onbekend", "b"]], vocabulary, EVERYTHING).toarray()
    # Next to each other counts 1, two apart 1/2; the unknown word is skipped; texts stay apart.
    np.testing.assert_allclose(counts, np.array([[0, 2, 0.5], [2, 0, 1], [0.5, 1, 0]]))


def test_only_the_first_words_are_contexts() -> None:
    narrow = replace(EVERYTHING, contexts=1)
    counts = neighbours([["a", "b", "c"]], _vocabulary("a", "b", "c"), narrow).toarray()
    np.testing.assert_allclose(counts, np.array([[0], [1], [0.5]]))


def test_frequent_words_are_thinned_out() -> None:
    few = replace(EVERYTHING, sample=1e-3, draws=1)
    text = [["a", "b"] * 2_000]
    vocabulary = Vocabulary(("a", "b"), np.array([2_000.0, 2_000.0]))
    assert neighbours(text, vocabulary, few).sum() < 0.2 * neighbours(text, vocabulary, EVERYTHING).sum()


def test_positive_pmi_by_hand() -> None:
    counts = csr_matrix(np.array([[4, 0], [1, 3]], dtype=np.float32))
    pmi = positive_pmi(counts).toarray()
    np.testing.assert_allclose(pmi, [[np.log(4 * 8 / (4 * 5)), 0], [0, np.log(3 * 8 / (4 * 3))]], rtol=1e-6)


def test_singular_vectors_equal_those_of_numpy() -> None:
    matrix = np.random.default_rng(0).random((40, 30)).astype(np.float32)
    ours = left_singular_vectors(csr_matrix(matrix), EVERYTHING)
    theirs = np.linalg.svd(matrix)[0][:, :4]
    np.testing.assert_allclose(np.abs(np.sum(ours * theirs, axis=0)), 1, atol=1e-3)


def test_a_small_matrix_gives_zero_columns() -> None:
    vectors = left_singular_vectors(csr_matrix(np.eye(3, dtype=np.float32)), EVERYTHING)
    assert vectors.shape == (3, 4)
    assert not vectors[:, 3].any()


def test_groups_are_drawn_together_and_others_stay() -> None:
    vectors = np.eye(3, dtype=np.float32)
    moved = draw_together(vectors, _vocabulary("baas", "werkgever", "dijk"), [["baas", "werkgever", "chef"]])
    np.testing.assert_allclose(moved[0], moved[1], atol=1e-6)
    np.testing.assert_array_equal(moved[2], vectors[2])
    np.testing.assert_allclose(np.linalg.norm(moved, axis=1), 1, atol=1e-6)


def test_without_known_groups_nothing_moves() -> None:
    vectors = np.eye(2, dtype=np.float32)
    moved = draw_together(vectors, _vocabulary("dijk", "brug"), [["baas", "chef"]])
    np.testing.assert_array_equal(moved, vectors)


def test_a_word_of_many_senses_stays_and_strength_tells_how_far_others_go() -> None:
    vectors = np.eye(3, dtype=np.float32)
    groups = [["bank", "zetel"], ["bank", "geldhuis"]]
    moved = draw_together(vectors, _vocabulary("bank", "zetel", "geldhuis"), groups, strength=0.75, most=1)
    np.testing.assert_array_equal(moved[0], vectors[0])
    np.testing.assert_allclose(moved[1], [0.6, 0.8, 0], atol=1e-6)


def test_synonyms_are_pairs_of_single_words(tiny_shared: Path) -> None:
    assert read_synonyms(tiny_shared) == [["sluis", "schut"], ["leraar", "docent"], ["leraar", "meester"]]


def test_the_lexicon_is_clean() -> None:
    groups = read_groups()
    assert len(groups) > 1_000
    assert all(len(group) > 1 and len(set(group)) == len(group) for group in groups)
    glossary = read_glossary(frozenset({"water"}))
    assert "water" not in glossary
    assert all(translations for translations in glossary.values())


def test_the_table_shares_rows_and_weighs_rare_words_more() -> None:
    vocabulary = Vocabulary(("de", "woning", "bouw"), np.array([10_000.0, 2.0, 1.0]))
    english = English({"house": ["woning"], "unknown": ["bestaatniet"]}, ("the",))
    table = build_table(vocabulary, np.eye(3, dtype=np.float32), english)
    place = {token: number for number, token in enumerate(table.tokens)}
    assert table.tokens[0] == UNKNOWN
    assert "unknown" not in place
    assert table.mapping[place["woning"]] == table.mapping[place["##woning"]]
    assert table.weights[place["de"]] < 0.01 < table.weights[place["woning"]] < table.weights[place["bouw"]]
    vectors = table.vectors()
    np.testing.assert_allclose(vectors[place["house"]], vectors[place["woning"]], atol=1e-6)
    for nothing in (UNKNOWN, "the", "w", "##w"):
        assert not vectors[place[nothing]].any()


def test_an_english_word_of_the_vocabulary_takes_the_meaning_of_its_translation() -> None:
    vocabulary = _vocabulary("house", "woning")
    table = build_table(vocabulary, np.eye(2, dtype=np.float32), English({"house": ["woning"]}, ()))
    assert table.tokens.count("house") == 1
    vectors = dict(zip(table.tokens, table.vectors(), strict=True))
    np.testing.assert_allclose(vectors["house"], vectors["woning"], atol=1e-6)


def test_what_all_texts_share_is_taken_out() -> None:
    common = np.array([1, 0, 0], dtype=np.float32)
    rows = np.array([[0, 0, 0], [1, 1, 0], [1, 0, 1]], dtype=np.float32)
    table = TokenTable(("a", "b", "c"), rows, np.arange(3, dtype=np.int32), np.ones(3, dtype=np.float32))
    texts = unit(np.array([[9, 1, 0], [9, -1, 0], [9, 0, 0]], dtype=np.float32))
    np.testing.assert_allclose(without_common(table, texts, components=1).rows @ common, 0, atol=1e-6)


@settings(deadline=None)
@given(hnp.arrays(np.float32, (5, 8), elements=st.floats(-100, 100, width=32)))
def test_quantised_rows_are_near(rows: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> None:
    table, scale = quantise(rows)
    error = np.abs(table * scale[:, None] - rows).max(axis=1)
    assert np.all(error <= np.abs(rows).max(axis=1) / 254 * 1.001 + 1e-30)


def _encoded(count: int) -> tuple[list[Pair], TokenTable]:
    words = tuple(f"woord{number}" for number in range(20))
    table = build_table(
        _vocabulary(*words), np.random.default_rng(0).random((20, 4), dtype=np.float32), NO_ENGLISH
    )
    pairs = [
        Pair(" ".join(words[:6]), " ".join(words[4:]) + f" {words[number % 7]}") for number in range(count)
    ]
    return pairs, table


def test_no_batch_has_a_passage_twice_and_cuts_are_kept() -> None:
    pairs, table = _encoded(60)
    encoded = encode_pairs(pairs, build_tokenizer(table.tokens))
    short = ContrastSettings(batch=30, longest_query=3, longest_passage=10, shared_words_dropped=0)
    stems = np.arange(len(table.tokens))
    for queries, passages in batches(encoded, stems, short, draw=np.random.default_rng(0)):
        assert len(queries) == len(passages) <= 7
        assert {len(query) for query in queries} == {3}
        assert {len(passage) for passage in passages} == {10}


def test_words_that_the_passage_has_too_are_dropped_from_a_query() -> None:
    pairs, table = _encoded(20)
    encoded = encode_pairs(pairs, build_tokenizer(table.tokens))
    always = ContrastSettings(batch=30, shared_words_dropped=1)
    stems = np.arange(len(table.tokens))
    for queries, passages in batches(encoded, stems, always, draw=np.random.default_rng(0)):
        for query, passage in zip(queries, passages, strict=True):
            assert not set(query) & set(passage)


def test_a_pair_of_unknown_words_is_dropped() -> None:
    _, table = _encoded(1)
    nothing = [Pair("??? !!!", "woord1 woord2 woord3 woord4 woord5"), Pair("woord1 woord2", "...")]
    assert encode_pairs(nothing, build_tokenizer(table.tokens)) == []


@pytest.mark.parametrize("rows", [np.zeros((2, 3), dtype=np.float32), np.eye(3, dtype=np.float32) * 5])
def test_unit_rows(rows: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> None:
    np.testing.assert_allclose(np.linalg.norm(unit(rows), axis=1), rows.any(axis=1))
