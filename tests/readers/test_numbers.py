"""Question numbers as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.documents import Exchange
from rag.readers.numbers import distinct, find_reference, format_numbers, is_label, parse_numbers


@pytest.mark.parametrize(
    ("label", "numbers"),
    [
        pytest.param("Vraag 2, 3", "2 3", id="v13"),
        pytest.param("Antwoord 2 en 3", "2 3", id="v14-two"),
        pytest.param("Antwoord 2, 3 en 5", "2 3 5", id="v14-gap"),
        pytest.param("Antwoord 4 t/m 7", "4 5 6 7", id="v14-tm"),
        pytest.param("4 tot en met 7", "4 5 6 7", id="v14-tot-en-met"),
        pytest.param("Antwoord vraag 1-3:", "1 2 3", id="v14-hyphen"),
        pytest.param("1 – 3", "1 2 3", id="v14-dash"),
        pytest.param("Antwoord vragen 2,3,4 en 5", "2 3 4 5", id="v14-no-blanks"),
        pytest.param("Antwoord 2, 3, 4 5 en 6", "2 3 4 5 6", id="v14-missing-comma"),
        pytest.param("Antwoord 2, 4 en 9", "2 4 9", id="v15-apart"),
        pytest.param("Antwoord 7 en 5", "7 5", id="v15-descending"),
        pytest.param("Antwoord 7-5", "7 5 6", id="v15-descending-range"),
        pytest.param("Antwoord 3, 3 en 4", "3 4", id="v15-duplicate"),
        pytest.param("Antwoord 12a", "12a", id="v16-letter"),
        pytest.param("Antwoord 9l..9o", "9l 9m 9n 9o", id="v16-letters"),
        pytest.param("Antwoord 9l..o", "9l 9m 9n 9o", id="v16-letters-short"),
        pytest.param("Antwoord 9a, b en c", "9a 9b 9c", id="v16-letters-alone"),
        pytest.param("Vraag 9.1", "9-1", id="v16-dotted"),
        pytest.param("Antwoord", "", id="v17"),
        pytest.param("", "", id="v17-empty"),
        pytest.param("Vraag 97", "97", id="v21"),
        pytest.param("Vraag 101", "101", id="v21-hundred"),
        pytest.param("Vraag 2009", "", id="v22"),
        pytest.param("Antwoord 2009-2010", "", id="v22-range"),
        pytest.param("Antwoorden 4 en 5", "4 5", id="v23-plural"),
        pytest.param("Antwoord op vraag 6", "6", id="v23-op-vraag"),
        pytest.param("Antwoord vraag 6:", "6", id="v23-vraag"),
        pytest.param("Antwoord op de vragen 6 en 7", "6 7", id="v23-op-de-vragen"),
        pytest.param("Vraag1", "1", id="glued"),
        pytest.param("Vraag 0", "", id="zero"),
        pytest.param("007", "7", id="leading-zeros"),
        pytest.param("1-999", "1 999", id="absurd-range"),
        pytest.param("en 5", "5", id="loose-en"),
        pytest.param("b", "", id="letter-without-number"),
        pytest.param("- 5", "5", id="range-without-start"),
        pytest.param("9a - 12", "9a 12", id="range-of-unlike"),
    ],
)
def test_numbers_of_a_label(label: str, numbers: str) -> None:
    assert list(parse_numbers(label)) == numbers.split()


@given(st.lists(st.integers(1, 999).map(str), min_size=1, max_size=8, unique=True))
def test_labels_round_trip(numbers: list[str]) -> None:
    label = format_numbers(numbers)
    assert parse_numbers(label) == tuple(numbers)
    assert parse_numbers(f"Antwoord op vragen {label}:") == tuple(numbers)
    assert is_label(label)


@given(st.text())
def test_any_text_gives_usable_numbers(text: str) -> None:
    for number in parse_numbers(text):
        assert number
        assert not set(number) & set("#. ")


@pytest.mark.parametrize("text", ["1", "2 en 3", "Vraag 4.", "Antwoord 2, 3 en 5:", "12a"])
def test_v18_a_paragraph_that_is_just_a_number_is_a_label(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize("text", ["", "Antwoord", "Ja.", "2009", "Er zijn 3 bruggen", "3 bruggen", "1 " * 99])
def test_v18_other_paragraphs_are_not(text: str) -> None:
    assert not is_label(text)


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        ("Zie antwoord vraag 2.", "2"),
        ("Zie het antwoord op vraag 2", "2"),
        ("Zie mijn antwoorden op de vragen 3 en 4.", "3 4"),
        ("Ik verwijs u hiervoor naar het antwoord op vraag 1.", "1"),
        ("Hiervoor verwijs ik naar de beantwoording van vraag 5.", "5"),
        ("Zie vraag 3.", "3"),
        ("Zie het\nantwoord op vraag 2.", "2"),
        ("Zie het antwoord op vraag 2. Bovendien is de brug dicht.", ""),
        ("Zie de brief over vraag en aanbod.", ""),
        ("Nee. Zie het antwoord op vraag 2.", ""),
        ("Zie het antwoord op vraag " + "2, " * 80, ""),
        ("", ""),
    ],
)
def test_v25_an_answer_that_only_refers(answer: str, numbers: str) -> None:
    assert list(find_reference(answer)) == numbers.split()


@pytest.mark.parametrize("text", ["1" * 100 + "!", "." * 100 + "!", "1 en " * 20 + "!", "1..2" * 25 + "!"])
def test_long_nonsense_is_judged_at_once(text: str) -> None:
    # Without possessive quantifiers these take longer than the universe has existed.
    assert not is_label(text)


def test_v15_exchanges_get_distinct_names() -> None:
    given_numbers = [("2", "3"), ("2",), ("2-2",), ("3",), ("2",)]
    named = distinct(Exchange(numbers, "", "") for numbers in given_numbers)
    assert [exchange.number for exchange in named] == ["2", "2-2", "2-2-2", "3", "2-3"]
    assert named[0].numbers == ("2", "3")
