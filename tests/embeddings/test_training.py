"""Training runs end to end, gives the same model twice, and both paths read what it writes."""

import logging
import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import load_encoder
from embeddings.errors import EncoderError
from embeddings.static import StaticEncoder
from embeddings.training.__main__ import main
from embeddings.training.corpus import held_out, read_corpus, topic_of
from embeddings.training.pipeline import train
from tests.embeddings.tiny import SETTINGS, read_rows, write_rows, write_shared


def test_the_model_has_learned_which_words_belong_together(tiny_model: Path) -> None:
    texts = ["dijk water sluis", "polder gemaal rivier", "leraar klas examen", "reiziger perron spoor"]
    own, same, second, third = load_encoder(tiny_model).encode(texts)
    assert own @ same > max(own @ second, own @ third) + 0.2


def test_twice_is_byte_for_byte_the_same(tiny_shared: Path, tiny_model: Path, tmp_path: Path) -> None:
    train(tiny_shared, tmp_path / "klein", SETTINGS)
    files = sorted(path.name for path in tiny_model.iterdir())
    assert files == sorted(path.name for path in (tmp_path / "klein").iterdir())
    for name in files:
        assert (tiny_model / name).read_bytes() == (tmp_path / "klein" / name).read_bytes(), name


def test_both_paths_read_the_folder(tiny_model: Path) -> None:
    transformers = pytest.importorskip("sentence_transformers")
    texts = ["de dijk van het waterschap", "leraar", "", "onbekende onzin", "treinperron"]
    encoder = load_encoder(tiny_model)
    assert isinstance(encoder, StaticEncoder)
    reference = transformers.SentenceTransformer(str(tiny_model)).encode(texts)
    np.testing.assert_allclose(encoder.encode(texts), reference, atol=1e-5)


def test_held_out_documents_are_not_read(tmp_path: Path) -> None:
    corpus = read_corpus(write_shared(tmp_path))
    held = [number for number in range(90) if held_out(f"verzonnen-{number}")]
    documents = next(source for source in corpus.sources if source.name == "documents")
    assert 0 < len(held) < 25
    assert len(documents.texts) == 3 * (90 - len(held))


def test_about_one_in_ten_is_held_out() -> None:
    assert 850 < sum(held_out(f"sleutel-{number}") for number in range(10_000)) < 1_150


def test_a_question_that_a_held_out_document_asks_is_not_read(tmp_path: Path) -> None:
    shared = write_shared(tmp_path)
    documents = read_rows(shared / "corpus/be_written_2017.jsonl.gz")
    questions = [{"title": "zonder", "question": row["exchanges"][0]["question"]} for row in documents]
    write_rows(shared / "text/be_questions_2017_2020.jsonl.gz", questions)
    held = sum(held_out(row["id"]) for row in documents)
    assert held > 0
    assert len(read_corpus(shared).sources[1].texts) == len(documents) - held


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ('Vraag van Jan Verzonnen aan An Bedacht (Bruggen) over "De brug" (12C)', "De brug"),
        ("Vragen van het lid Verzonnen (XYZ) over de sluis in Nergenshuizen", "de sluis in Nergenshuizen"),
        ("VRAGEN van de heer Bedacht (A.B.C.) inzake kaas", "kaas"),
        ("Wachtlijsten. - Stand van zaken", "Wachtlijsten. - Stand van zaken"),
    ],
)
def test_the_topic_of_a_title(title: str, topic: str) -> None:
    assert topic_of(title) == topic


def test_a_missing_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"be_written_2017\.jsonl\.gz ontbreekt.*--shared"):
        read_corpus(tmp_path)


def test_the_command_trains_with_its_own_settings(
    tiny_shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "uit"
    monkeypatch.setattr(sys, "argv", ["training", "--shared", str(tiny_shared), "--output", str(output)])
    assert main() == 0
    assert load_encoder(output).dimension == 256


def test_the_command_fails_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(
        sys, "argv", ["training", "--shared", str(tmp_path), "--output", str(tmp_path / "uit")]
    )
    with caplog.at_level(logging.INFO):
        assert main() == 1
    assert "ontbreekt" in caplog.text
    assert not (tmp_path / "uit").exists()
