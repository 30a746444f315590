from dataclasses import replace
from datetime import date

import pytest

from rag.citation import citation, dutch_date, is_fictional, long_citation
from rag.documents import Asker, Minister
from rag.people import asker_text, minister_text
from tests.asking.stock import PAPIER, VERZONNEN, bridge_paper, paper

CASES = {
    "ah-tk-20232024-212": "Aanhangsel Handelingen II 2023/24, nr. 212",
    "ah-tk-20232024-2": "Aanhangsel Handelingen II 2023/24, nr. 2",
    "ah-tk-20232024-3649": "Aanhangsel Handelingen II 2023/24, nr. 3649",
    "ah-tk-20232024-12345": "Aanhangsel Handelingen II 2023/24, nr. 12345",
    "ah-tk-19981999-5": "Aanhangsel Handelingen II 1998/99, nr. 5",
    "ah-tk-19992000-5": "Aanhangsel Handelingen II 1999/2000, nr. 5",
    "ah-tk-20002001-5": "Aanhangsel Handelingen II 2000/01, nr. 5",
    "ah-tk-20092010-77": "Aanhangsel Handelingen II 2009/10, nr. 77",
    "ah-tk-20992100-1": "Aanhangsel Handelingen II 2099/2100, nr. 1",
    "ah-ek-20232024-4": "Aanhangsel Handelingen I 2023/24, nr. 4",
    "ah-ek-19992000-4": "Aanhangsel Handelingen I 1999/2000, nr. 4",
    "ah-tk-20032004-1234-h1": "Aanhangsel Handelingen II 2003/04, nr. 1234 (herdruk)",
    "ah-tk-20222023-33-n1": "Aanhangsel Handelingen II 2022/23, nr. 33 (verbeterde versie)",
    "ah-tk-20222023-33-b1": "Aanhangsel Handelingen II 2022/23, nr. 33 (bijlage)",
    "ah-ek-20222023-3-h1": "Aanhangsel Handelingen I 2022/23, nr. 3 (herdruk)",
    "kv-tk-2040Z00012": "Kamervraag 2040Z00012",
    "kv-2040Z00012": "Kamervraag 2040Z00012",
    "kv-tk-2040z00012": "Kamervraag 2040Z00012",
    "kv-tk-2040Z00012-h1": "Kamervraag 2040Z00012",
    "kv-tk-2040Z00012-n1": "Kamervraag 2040Z00012",
    "2040Z00012": "Kamervraag 2040Z00012",
    "2040Z1234": "Kamervraag 2040Z1234",
    "2040Z123456": "Kamervraag 2040Z123456",
    "fictie-20402041-201": "Fictief voorbeeld 2040/41, nr. 201",
    "fictie-20992100-3": "Fictief voorbeeld 2099/2100, nr. 3",
    # What has no official form stays as it is.
    "ah-tk-20232024-6a": "ah-tk-20232024-6a",
    "ah-tk-20232024-": "ah-tk-20232024-",
    "ah-tk-20232024-123456": "ah-tk-20232024-123456",
    "ah-tk-20232024-5-h2": "ah-tk-20232024-5-h2",
    "AH-TK-20232024-5": "AH-TK-20232024-5",
    "ah-xk-20232024-5": "ah-xk-20232024-5",
    "ah-123456": "ah-123456",
    "kv-2293012340": "kv-2293012340",
    "kv-ek-12": "kv-ek-12",
    "2040D00077": "2040D00077",
    "2040Z123": "2040Z123",
    "dekamer-190442": "dekamer-190442",
    "nds-tk-2040D00077": "nds-tk-2040D00077",
    "Beantwoording vragen over de zwevende brug.docx": "Beantwoording vragen over de zwevende brug.docx",
    "Antwoord_op_vragen_van_het_lid_Voorbeeld_.docx": "Antwoord_op_vragen_van_het_lid_Voorbeeld_.docx",
    " ah-tk-20232024-5": " ah-tk-20232024-5",
    "ah-tk-20232024-5\n": "ah-tk-20232024-5\n",
}


@pytest.mark.parametrize(("name", "cited"), CASES.items())
def test_citation_of_an_id(name: str, cited: str) -> None:
    assert citation(paper(name, "Titel")) == cited


def test_long_citation_says_who_when_what_and_where() -> None:
    assert long_citation(bridge_paper()) == (
        "Aanhangsel Handelingen II 2040/41, nr. 12, antwoord van Verzonnen, 28 oktober 2040, op: "
        "Vragen van het lid Voorbeeld (XYZ) over de zwevende brug bij Waterdrecht, "
        "https://voorbeeld.invalid/ah-tk-20402041-12.html"
    )


def test_long_citation_guesses_nothing() -> None:
    bare = replace(bridge_paper(), answered=None, answered_by=(), url=None, title="De brug")
    assert long_citation(bare).endswith("antwoord van onbekend, datum onbekend, op: De brug")


def test_long_citation_of_several_ministers_one_by_office_alone() -> None:
    both = replace(bridge_paper(), answered_by=(PAPIER, Minister(None, "Minister van Molens")))
    assert "antwoord van Papier en Minister van Molens," in long_citation(both)


def test_long_citation_of_a_minister_of_whom_nothing_is_known() -> None:
    assert "antwoord van onbekend," in long_citation(replace(bridge_paper(), answered_by=(Minister(None),)))


@pytest.mark.parametrize(
    ("name", "fictional"),
    [
        ("fictie-20402041-201", True),
        ("fictie-20402041-x1", True),
        ("ah-tk-20402041-1", False),
        ("2040F00103", False),
    ],
)
def test_only_the_sample_is_fictional(name: str, fictional: bool) -> None:
    assert is_fictional(name) is fictional


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2023, 10, 11), "11 oktober 2023"),
        (date(2024, 1, 1), "1 januari 2024"),
        (date(2024, 2, 29), "29 februari 2024"),
        (date(1999, 12, 31), "31 december 1999"),
        (date(2040, 8, 5), "5 augustus 2040"),
    ],
)
def test_dates_in_dutch(day: date, text: str) -> None:
    assert dutch_date(day) == text


@pytest.mark.parametrize(
    ("minister", "text"),
    [
        (VERZONNEN, "Verzonnen (Minister van Bruggen)"),
        (Minister("Verzonnen", "Minister van Bruggen", "XYZ"), "Verzonnen (Minister van Bruggen, XYZ)"),
        (Minister("Verzonnen"), "Verzonnen"),
        (Minister("Verzonnen", None, "XYZ"), "Verzonnen (XYZ)"),
        (Minister(None, "Minister van Bruggen"), "Minister van Bruggen"),
        (Minister(None, "Minister van Bruggen", "XYZ"), "Minister van Bruggen (XYZ)"),
        (Minister(None), "onbekend"),
    ],
)
def test_ministers_in_words(minister: Minister, text: str) -> None:
    assert minister_text(minister) == text


def test_askers_in_words() -> None:
    assert asker_text(Asker("Voorbeeld", "XYZ")) == "Voorbeeld (XYZ)"
    assert asker_text(Asker("Voorbeeld")) == "Voorbeeld"
