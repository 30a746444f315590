"""A small made-up corpus, built once, and copies of its index to damage."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from rag.documents import Asker, Document, Footnote, Kind, Minister
from tests.helpers import build_index, document, exchange

BRIDGE = "De brug bij Nergenshuizen gaat in de zomer open.\nHet onderhoud duurt zes weken."
FERRY = "Het veer over de Verzonnen Vaart blijft varen zolang de brug dicht is."
SCHOOL = "Leerlingen krijgen een reisvergoeding.\n\nDe regeling staat in het Handboek Bedenksels."


@pytest.fixture(scope="session")
def papers() -> tuple[Document, ...]:
    """Six papers: three answered, a supplement, a delay notice, and one without answers."""
    minister = Minister("Alexandra van Huffelen", "staatssecretaris van Koninkrijkszaken")
    note = Footnote("1", "Zie het Handboek Bedenksels.", 5)
    return (
        document(1, exchange(1, BRIDGE, "Wanneer gaat de brug open?", footnotes=(note,)), exchange(2, FERRY)),
        document(2, exchange(1, SCHOOL, "Wie betaalt?", numbers=("1", "2")), title="Vragen over reiskosten"),
        document(3, "Nee, dat klopt niet.", answered_by=(minister,), topics=("Bestuur", "Koninkrijk")),
        document(4, FERRY + " Dat is nu zeker.", kind=Kind.SUPPLEMENT, answered=date(2031, 1, 2)),
        document(5, "Nog niet bekend.", kind=Kind.DELAY, answered=None, notice="Het duurt langer."),
        document(6, kind=Kind.UNANSWERED, answered=None, answered_by=(), asked_by=(Asker("Bo Bedenkt"),)),
    )


@pytest.fixture(scope="session")
def sealed(tmp_path_factory: pytest.TempPathFactory, papers: tuple[Document, ...]) -> Path:
    """An index with two snapshots; nobody changes it."""
    folder = tmp_path_factory.mktemp("sealed") / "index"
    build_index(folder, *papers[:-1])
    build_index(folder, *papers)
    return folder


@pytest.fixture
def index(sealed: Path, tmp_path: Path) -> Path:
    """A copy of the sealed index that a test may change."""
    return Path(shutil.copytree(sealed, tmp_path / "index"))
