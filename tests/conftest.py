"""What tests share: an index of the fictional sample."""

from pathlib import Path

import pytest

from embeddings.encoder import load_encoder
from rag.index.build import build
from rag.progress import Progress
from rag.readers import read_sources

SAMPLE = Path(__file__).parent.parent / "data" / "sample"


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of ``data/sample`` with the built-in encoder; read it, do not change it."""
    index = tmp_path_factory.mktemp("sample") / "index"
    build(read_sources([SAMPLE]), index, load_encoder(), progress=Progress())
    return index
