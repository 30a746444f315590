"""Footnote marks in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.readers.footnotes import find_marks, lift_marks


def lifted(*texts: str, notes: dict[str, str] | None = None) -> list[str]:
    marks = find_marks(texts, notes)
    return [lift_marks(text, found)[0] for text, found in zip(texts, marks, strict=True)]


@pytest.mark.parametrize(
    ("marked", "clean"),
    [
        ("Kent u de brug?1", "Kent u de brug?"),
        ("Kent u «de brug»?1", "Kent u «de brug»?"),
        ("Kent u de regels»1?", "Kent u de regels»?"),
        ("Waarom zijn?1 2", "Waarom zijn?"),
        ("Is die gehaald1? En toen2?", "Is die gehaald? En toen?"),
        ("In een brief.1 2", "In een brief."),
        ("Voor kinderen»1?, 2", "Voor kinderen»?"),
        ("Tien procent%1 en meer,2 dus.", "Tien procent% en meer, dus."),
        ("Wat is dit1?", "Wat is dit?"),
        ("Eerst (zo)1 en dan.2\nEn verder3 niets.", "Eerst (zo) en dan.\nEn verder niets."),
        ("Dat was in 2021.1 Daarna niet.", "Dat was in 2021. Daarna niet."),
    ],
)
def test_v27_marks_are_lifted(marked: str, clean: str) -> None:
    assert lifted(marked) == [clean]


@pytest.mark.parametrize(
    "text",
    [
        "De uitstoot van CO2 en NO2 in 2021.",
        "Artikel 125p en artikel 240b gelden.",
        "Meer dan 10.000 berichten, 13,4 miljard euro en 1.500 bruggen.",
        "De G7, de MH17, de A12 en PM10.",
        "Een gebied van 5 km2 of 12 m2.",
        "Zie nr.12 en blz.3 en art.5.",
        "Sinds de jaren '90 en ’80.",
        "Op https://voorbeeld.nl/pagina?1 en www.voorbeeld.nl/a.2 staat het.",
        "Het is 18+ en covid-19.",
        "Om 12:3 en 4.5 uur.",
        "Een lang getal1234 en een versie4.0.",
        "De sector b.1.o. en 2;2 miljard.",
        "Een los cijfer 1 en (2).",
        "Regel.40",
        "",
    ],
)
def test_v27_other_numbers_stay(text: str) -> None:
    assert lifted(text) == [text]


def test_v27_a_year_with_a_mark_is_decided_by_the_sequence() -> None:
    text = "Eerst.5 Op 8 januari 20216 was het zover.7 In 20219 niet."
    assert lifted("Een.1 Twee.2 Drie.3 Vier.4", text)[1] == (
        "Eerst. Op 8 januari 2021 was het zover. In 20219 niet."
    )


def test_v27_without_a_gap_to_fill_a_year_keeps_its_digits() -> None:
    assert lifted("Eerst.1 Op 8 januari 20216 was het zover.2") == [
        "Eerst. Op 8 januari 20216 was het zover."
    ]


def test_v27_a_known_note_makes_a_mark() -> None:
    notes = {"7": "De Brugkrant."}
    assert lifted("Kent u de brug?7 En het water?8", notes=notes) == ["Kent u de brug? En het water?8"]
    assert lifted("Op 8 januari 20217 was het zover.", notes=notes) == ["Op 8 januari 2021 was het zover."]


def test_v27_an_empty_list_of_notes_means_no_marks() -> None:
    assert lifted("Kent u de brug?1", notes={}) == ["Kent u de brug?1"]


def test_v27_gaps_are_allowed_but_not_jumps() -> None:
    # The marks of an answer paper count the question's notes too, so some numbers are missing.
    assert lifted("Een.2 Twee.3", "Drie.5 Ver.90") == ["Een. Twee.", "Drie. Ver.90"]


def test_v27_the_sequence_only_rises() -> None:
    assert lifted("Een.1 Twee.2 Weer.1 Drie.3") == ["Een. Twee. Weer.1 Drie."]


def test_v30_the_note_and_its_place_are_kept() -> None:
    text = "Kent u de brug?1 En dan.2"
    (marks,) = find_marks([text])
    clean, notes = lift_marks(text, marks, notes={"1": "De Brugkrant …"}, in_answer=False)
    assert [(note.mark, note.text, note.in_answer) for note in notes] == [
        ("1", "De Brugkrant …", False),
        ("2", None, False),
    ]
    assert [clean[: note.position] for note in notes] == ["Kent u de brug?", "Kent u de brug? En dan."]


WORDS = st.lists(
    st.sampled_from(["brug", "water", "CO2", "2021", "10.000", "dijk,", "«zo»"]), min_size=1, max_size=6
)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_v27_marks_that_were_put_in_come_out_and_nothing_else(sentences: list[list[str]]) -> None:
    plain = [" ".join(["Het", *words, "daar."]) for words in sentences]
    marked = [f"{text}{number}" for number, text in enumerate(plain, 1)]
    assert lifted(" ".join(marked)) == [" ".join(plain)]
    assert lifted(*marked) == plain


@given(st.lists(st.text(alphabet="ab A.,?!»«12 0\n(%", max_size=60), max_size=4))
def test_v27_taking_marks_out_changes_nothing_else(texts: list[str]) -> None:
    for text, marks in zip(texts, find_marks(texts), strict=True):
        clean, notes = lift_marks(text, marks)
        rebuilt, done = "", 0
        for mark, note in zip(marks, notes, strict=True):
            rebuilt += clean[done : note.position] + text[mark.start : mark.end]
            done = note.position
            assert text[mark.start : mark.end].lstrip(", ") == note.mark
        assert rebuilt + clean[done:] == text
