"""One made-up corpus, indexed once with the encoder that users get."""

import json
from pathlib import Path

import pytest

from embeddings.encoder import Encoder, load_encoder
from rag.retriever import Retriever
from tests.asking.stock import make_index, sources, stock, tiny_model


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The built-in encoder."""
    return load_encoder()


@pytest.fixture(scope="session")
def stock_index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """The index of the made-up corpus; nobody writes in it."""
    return make_index(tmp_path_factory.mktemp("stock") / "index", stock(), encoder)


@pytest.fixture(scope="session")
def retriever(stock_index: Path, encoder: Encoder) -> Retriever:
    """The made-up corpus, opened."""
    return Retriever.open(stock_index, encoder=encoder)


@pytest.fixture(scope="session")
def other_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small static model that is not the built-in one."""
    texts = [exchange.answer for document in stock() for exchange in document.exchanges]
    return tiny_model(tmp_path_factory.mktemp("model") / "klein", texts)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The made-up corpus as a file in the exchange format."""
    file = tmp_path / "bron.jsonl"
    lines = [json.dumps(record, ensure_ascii=False) for record in sources(stock())]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file
