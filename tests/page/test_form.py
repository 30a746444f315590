"""The form: choices from the index, and what is filled in as Filters."""

from dataclasses import replace
from datetime import date

import pytest

from rag.answers import Filters
from rag.errors import FilterError
from rag.page.form import filters, form
from rag.page.frame import footer, header
from rag.retriever import LONGEST_QUESTION
from tests.page.html import Element, parsed
from tests.page.quotes import COVERAGE

VALUES = {
    "minister": {f"Minister {number}": 1 for number in range(60)},
    "ministry": {"Water": 3},
    "asker": {},
    "party": {'<b>"XYZ"': 2, "QRS": 4},
    "topic": {"veren": 1},
    "kind": {"answered": 3, "delay": 2, "supplement": 1},
}


def drawn(values: dict[str, dict[str, int]] = VALUES) -> Element:
    return parsed(form(values.__getitem__, COVERAGE)).one("form")


def test_each_field_has_a_label() -> None:
    fields = [field for tag in ("textarea", "select", "input") for field in drawn().all(tag)]
    labels = {label.attributes["for"]: label.text for label in drawn().all("label")}
    assert all(labels[str(field.attributes["id"])] for field in fields)
    assert labels["vraag"] == "Uw vraag"


def test_question_is_limited() -> None:
    assert drawn().one("textarea").attributes["maxlength"] == str(LONGEST_QUESTION)


def test_few_values_are_a_list_with_counts() -> None:
    options = drawn().one("select", name="party").all("option")
    assert [(option.attributes["value"], option.text) for option in options] == [
        ("", "Alle"),
        ('<b>"XYZ"', '<b>"XYZ" (2)'),
        ("QRS", "QRS (4)"),
    ]


def test_many_values_are_suggestions() -> None:
    field = drawn().one("input", name="minister")
    assert len(drawn().one("datalist", id=str(field.attributes["list"])).all("option")) == 60


def test_facet_without_values_has_no_field() -> None:
    assert drawn().all(name="asker") == []


def test_only_kinds_that_are_quoted_can_be_chosen() -> None:
    options = drawn().one("select", name="kind").all("option")
    assert [option.text for option in options] == ["Alle", "Antwoord (3)", "Nader antwoord (1)"]


def test_period_is_that_of_the_index_and_absent_without_one() -> None:
    assert drawn().one("input", name="since").attributes["min"] == "2039-03-29"
    undated = replace(COVERAGE, first=None, last=None)
    assert parsed(form(VALUES.__getitem__, undated)).all("input", type="date") == []


def test_filled_in_fields_become_filters() -> None:
    data = {
        "since": "2040-01-02",
        "until": "",
        "party": " XYZ ",
        "topic": "veren",
        "question": "Vaart de pont?",
        "turn": 3,
    }
    assert filters(data) == Filters(since=date(2040, 1, 2), party="XYZ", topic="veren")


def test_nothing_filled_in_is_no_filter() -> None:
    assert filters({}) == Filters()
    assert filters({"party": "", "since": "", "minister": "  "}) == Filters()


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({"since": "gisteren"}, "'gisteren' is geen datum"),
        ({"until": "2040-02-30"}, "Beantwoord tot en met"),
        ({"party": 5}, "Partij van de vraagsteller"),
        ({"topic": "x" * 301}, "Onderwerp"),
    ],
)
def test_bad_values_are_refused_by_name(data: dict[str, object], named: str) -> None:
    with pytest.raises(FilterError, match=named):
        filters(data)


def test_banner_stands_as_long_as_the_documents_are_made_up() -> None:
    assert "verzonnen" in parsed(header(COVERAGE)).one("p", class_="banner").text
    assert parsed(header(replace(COVERAGE, fictional=False))).all("p", class_="banner") == []
    assert parsed(header(COVERAGE)).one("h1").text == "Kamerantwoord"
    assert "letterlijk" in parsed(footer()).text
