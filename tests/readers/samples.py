"""Fictional papers for the reader tests, built from small parts."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rag.documents import Document
from rag.errors import Rejection
from rag.readers import read_sources

FIXTURES = Path(__file__).parent / "fixtures"
SHARED = Path(__file__).parents[2].parent / "shared"
QUESTION = (
    "Vragen van het lid Voorbeeld (XYZ) aan de Minister van Bruggen over korte bruggen "
    "(ingezonden 1 oktober 2030)."
)
ANSWER = "Antwoord van Minister Verzonnen (Bruggen) (ontvangen 28 oktober 2030)."


def paper(*blocks: str, question: str = QUESTION, answer: str = ANSWER, number: str = "12") -> str:
    """A paper of the new format around the given vraag and antwoord elements."""
    sentences = f'<kamervraagomschrijving type="vraag">{question}</kamervraagomschrijving>'
    if answer:
        sentences += f'\n    <kamervraagomschrijving type="antwoord">{answer}</kamervraagomschrijving>'
    body = "\n    ".join(blocks)
    return (
        "<officiele-publicatie><kamervragen>\n"
        f"    <kamervraagnummer>{number}</kamervraagnummer>\n    {sentences}\n    {body}\n"
        "</kamervragen></officiele-publicatie>"
    )


def asked(label: str, text: str = "Waarom?") -> str:
    """A question element; an empty label leaves the number out."""
    return f"<vraag>{_number(label)}<al>{text}</al></vraag>"


def replied(label: str, text: str = "Daarom.") -> str:
    """An answer element; an empty label leaves the number out."""
    return f"<antwoord>{_number(label)}<al>{text}</al></antwoord>"


def metadata(values: Iterable[tuple[str, str]]) -> str:
    """A metadata.xml with these names and values."""
    lines = "".join(f'<metadata name="{name}" scheme="" content="{value}"/>\n' for name, value in values)
    return f"<metadata_gegevens>\n{lines}</metadata_gegevens>"


def page(*blocks: str, head: str | None = None, end: str | None = None) -> str:
    """An openkamer page around the given bullets."""
    return "\n".join([HEAD if head is None else head, *blocks, END if end is None else end])


HEAD = """Kamervraag 2030Z00045

Korte bruggen

Ingediend 1 oktober 2030
Beantwoord 28 oktober 2030 (na 27 dagen)
Indieners An Voorbeeld (XYZ), Bo Anders (QRS)
Beantwoord door Cor Verzonnen (minister bruggen) (XYZ)
Onderwerpen organisatie en beleid verkeer weg
Bron vraag https://zoek.officielebekendmakingen.nl/kv-tk-2030Z00045.html
Bron antwoord https://zoek.officielebekendmakingen.nl/ah-tk-20302031-12.html"""
END = """

Kamervraag document nummer: kv-tk-2030Z00045
Volledige titel: Korte bruggen
Kamerantwoord document nummer: ah-tk-20302031-12
Volledige titel: Antwoord op vragen van de leden Voorbeeld en Anders over korte bruggen"""


def read(folder: Path, name: str, content: str | bytes) -> list[Document | Rejection]:
    """What the readers make of one file with this content."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_sources([file]))


def one(results: Sequence[Document | Rejection]) -> Document:
    """The single document that came out."""
    (document,) = results
    assert isinstance(document, Document), document
    return document


def refused(results: Sequence[Document | Rejection]) -> Rejection:
    """The single rejection that came out."""
    (rejection,) = results
    assert isinstance(rejection, Rejection), rejection
    return rejection


def _number(label: str) -> str:
    return f'<nr status="officieel">{label}</nr>' if label else ""
