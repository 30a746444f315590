"""The built-in encoder: units, zeros, batches, and equality with sentence-transformers."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.encoder import BUILT_IN, MODELS, load_encoder
from embeddings.static import StaticEncoder
from tests.embeddings.texts import ODD, made_up

ENCODER = load_encoder()
LARGEST = 40 * 1024 * 1024
encodable = st.text(st.characters(exclude_categories=()))


@pytest.fixture(scope="module")
def reference() -> Any:
    transformers = pytest.importorskip("sentence_transformers")
    return transformers.SentenceTransformer(str(MODELS / BUILT_IN))


def test_equals_sentence_transformers(reference: Any) -> None:
    texts = [text for text in (*ODD, *made_up(230)) if "\ud83d" not in text]
    assert len(texts) > 200
    np.testing.assert_allclose(ENCODER.encode(texts), reference.encode(texts), atol=1e-5)


def test_rows_are_units_float32_of_the_dimension() -> None:
    vectors = ENCODER.encode(made_up(50))
    assert vectors.dtype == np.float32
    assert vectors.shape == (50, ENCODER.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows() -> None:
    assert ENCODER.encode([]).shape == (0, ENCODER.dimension)


@pytest.mark.parametrize("text", ["", "   ", "!!! ???", "漢字", "🧀🚲", "\x00\x1f", "a" * 400])
def test_nothing_known_gives_zeros(text: str) -> None:
    assert not ENCODER.encode([text]).any()


def test_unknown_tokens_weigh_nothing() -> None:
    plain, adorned = ENCODER.encode(["wachtlijst ziekenhuis", "«wachtlijst» 漢字 … ziekenhuis!"])
    np.testing.assert_allclose(plain, adorned, atol=1e-6)


def test_case_accents_and_soft_hyphens_do_not_matter() -> None:
    plain, adorned = ENCODER.encode(["coordinatie van regeringen", "COÖRDINATIE van rege\u00adringen"])
    np.testing.assert_array_equal(plain, adorned)


def test_twice_is_the_same_and_another_load_too() -> None:
    texts = made_up(20)
    again = StaticEncoder.load(MODELS / BUILT_IN)
    np.testing.assert_array_equal(ENCODER.encode(texts), again.encode(texts))
    assert again.digest == ENCODER.digest


def test_batch_is_single() -> None:
    texts = [*ODD, *made_up(60)]
    singles = np.concatenate([ENCODER.encode([text]) for text in texts])
    np.testing.assert_array_equal(ENCODER.encode(texts), singles)


def test_a_long_text_in_pieces_equals_its_words_weighed() -> None:
    once, often = ENCODER.encode(["dijk en brug", "dijk en brug " * 20_000])
    np.testing.assert_allclose(once, often, atol=1e-4)


def test_progress_changes_nothing() -> None:
    texts = made_up(5)
    np.testing.assert_array_equal(ENCODER.encode(texts, progress=True), ENCODER.encode(texts))


def test_an_unseen_compound_is_near_its_parts() -> None:
    texts = ["dijkbewakingsdrone", "een drone die de dijk bewaakt", "melkveehouderij"]
    compound, parts, other = ENCODER.encode(texts)
    assert compound @ parts > 0.6 > compound @ other


@pytest.mark.parametrize(
    ("everyday", "official", "unrelated"),
    [
        ("De dokter schrijft pillen voor", "De arts verstrekt geneesmiddelen", "De dijk wordt verhoogd"),
        ("Hoeveel huizen komen erbij?", "Het aantal woningen neemt toe", "De visserij in de Noordzee"),
        ("Mijn baas geeft geen vakantie", "De werkgever weigert verlof", "De rechter legde een straf op"),
        ("boeven in de bajes", "criminelen in de gevangenis", "treinen op het spoor"),
        ("juf voor de klas", "leerkracht in het onderwijs", "vliegtuigen op de luchthaven"),
        ("How many trains are delayed?", "De stiptheid van het treinverkeer", "De prijs van geneesmiddelen"),
    ],
)
def test_everyday_words_are_near_official_ones(everyday: str, official: str, unrelated: str) -> None:
    question, near, far = ENCODER.encode([everyday, official, unrelated])
    assert question @ near > question @ far + 0.1


def test_the_folder_is_small_enough() -> None:
    assert sum(path.stat().st_size for path in (MODELS / BUILT_IN).rglob("*") if path.is_file()) <= LARGEST


@settings(max_examples=200, deadline=None)
@given(st.lists(encodable, max_size=6))
def test_any_text_is_encoded_without_nan(texts: list[str]) -> None:
    norms = np.linalg.norm(ENCODER.encode(texts), axis=1)
    assert np.all((norms == 0) | (np.abs(norms - 1) < 1e-5))


@settings(max_examples=50, deadline=None)
@given(st.permutations([*ODD, *made_up(10)]))
def test_the_order_of_a_batch_does_not_matter(texts: list[str]) -> None:
    straight, reverse = ENCODER.encode(texts), ENCODER.encode(texts[::-1])
    np.testing.assert_array_equal(straight, reverse[::-1])


def test_the_model_stays_where_it_is() -> None:
    assert Path(MODELS / BUILT_IN / "README.md").is_file()
