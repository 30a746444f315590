"""A model trained in seconds on a made-up corpus."""

from pathlib import Path

import pytest

from embeddings.training.pipeline import train
from tests.embeddings.tiny import SETTINGS, write_shared


@pytest.fixture(scope="session")
def tiny_shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_shared(tmp_path_factory.mktemp("gedeeld"))


@pytest.fixture(scope="session")
def tiny_model(tiny_shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("modellen") / "klein"
    train(tiny_shared, folder, SETTINGS)
    return folder
