"""The exchange format, to documents and back."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.documents import Asker, Document, Exchange, Footnote, Kind, Minister
from rag.errors import DocumentError
from rag.readers import from_record, to_record
from rag.readers.numbers import distinct

FULL: dict[str, object] = {
    "id": "ah-tk-20302031-12",
    "kind": "answered",
    "title": "Vragen van de leden Voorbeeld (XYZ) en Anders (QRS) aan de Minister van Bruggen over bruggen",
    "asked": "2030-10-01",
    "answered": "2030-10-28",
    "answered_by": "Minister Verzonnen (Bruggen), mede namens de Staatssecretaris van Water",
    "url": "https://voorbeeld.nl/ah-tk-20302031-12",
    "exchanges": [
        {"number": "1", "question": "Kent u de brug?", "answer": " Ja,\n\tdie ken ik. ", "mood": "kort"},
        {
            "number": "2",
            "numbers": ["2", "3"],
            "question": "Hoe?\nWaarom?",
            "answer": "Zie het antwoord op vraag 1.",
            "footnotes": [{"mark": "1", "text": None, "position": 3, "in_answer": True}],
        },
    ],
    "question_id": "2030Z00045",
    "topics": ["Verkeer | Weg"],
    "related": ["2030Z00045-mededeling-20301020"],
    "footnotes": ["een noot bij het hele stuk"],
    "fractie": {"naam": "XYZ", "zetels": 3},
}


def with_field(**changes: object) -> dict[str, object]:
    return {**FULL, **changes}


def test_all_fields_arrive() -> None:
    document = from_record(FULL)
    assert document.kind is Kind.ANSWERED
    assert (document.asked, document.answered) == (date(2030, 10, 1), date(2030, 10, 28))
    assert document.answered_by == (Minister("Verzonnen", "Minister (Bruggen)"),)
    assert document.on_behalf_of == ("Staatssecretaris van Water",)
    assert document.asked_by == (Asker("Voorbeeld", "XYZ"), Asker("Anders", "QRS"))
    assert document.topics == ("Verkeer | Weg",)
    assert document.question_id == "2030Z00045"
    assert document.exchanges[1].numbers == ("2", "3")
    assert document.exchanges[1].refers_to == ("1",)
    assert document.exchanges[1].footnotes == (Footnote("1", None, 3),)
    assert document.extra["fractie"] == {"naam": "XYZ", "zetels": 3}


def test_answers_are_kept_to_the_letter() -> None:
    assert from_record(FULL).exchanges[0].answer == " Ja,\n\tdie ken ik. "


def test_everything_comes_back() -> None:
    written = to_record(from_record(FULL))
    assert {name: written[name] for name in FULL if name != "exchanges"} == {
        name: value for name, value in FULL.items() if name != "exchanges"
    }
    exchanges = written["exchanges"]
    assert isinstance(exchanges, list)
    assert exchanges[0] == FULL["exchanges"][0]  # type: ignore[index]
    assert exchanges[1] == {**FULL["exchanges"][1], "refers_to": ["1"]}  # type: ignore[index]


@pytest.mark.parametrize(
    "changes",
    [
        {"answered_by": None},
        {"answered_by": [{"name": "Verzonnen", "office": "Minister van Bruggen"}]},
        {"answered_by": [{"name": "Verzonnen", "office": "Minister van Bruggen", "sinds": 2029}]},
        {"answered_by": [{"name": None, "office": "Minister van Bruggen"}]},
        {"answered_by": "Minister van Bruggen, belast met Water"},
        {"asked_by": [{"name": "Voorbeeld", "party": None}]},
        {"asked_by": []},
        {"on_behalf_of": []},
        {"on_behalf_of": "de Minister van Water"},
        {"topics": "bruggen"},
        {"title": "Korte bruggen", "asked_by": [{"name": "Voorbeeld", "party": "XYZ", "id": 7}]},
        {"published": "2030-10-20", "notice": "Later."},
        {"exchanges": []},
    ],
)
def test_other_forms_of_a_field_come_back_as_given(changes: dict[str, object]) -> None:
    record = with_field(**changes)
    written = to_record(from_record(record))
    for name, value in changes.items():
        assert written[name] == value
    assert from_record(json.loads(json.dumps(written))) == from_record(record)


def test_a_form_that_no_longer_holds_is_not_written() -> None:
    document = from_record(FULL)
    other = from_record(with_field(answered_by="Minister Bedacht (Water)"))
    changed = from_record({**to_record(document), "answered_by": to_record(other)["answered_by"]})
    assert changed.answered_by == (Minister("Bedacht", "Minister (Water)"),)
    stale = Document(
        "a", Kind.ANSWERED, "", answered_by=(Minister("Bedacht"),), extra={"answered_by": "Minister X"}
    )
    assert to_record(stale)["answered_by"] == [{"name": "Bedacht"}]
    wrong = Document("a", Kind.ANSWERED, "", extra={"answered_by": 3})
    assert to_record(wrong)["answered_by"] is None


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"id": None}, "geen id"),
        ({"id": "  "}, "geen id"),
        ({"id": 7}, "'id' heeft een verkeerd type: 7"),
        ({"kind": "brief"}, "brief"),
        ({"kind": None}, "soort"),
        ({"asked": "2030-02-31"}, "'asked' is geen datum: 2030-02-31"),
        ({"answered": "1 oktober 2030"}, "1 oktober 2030"),
        ({"title": ["a"]}, "'title' heeft een verkeerd type: ['a']"),
        ({"exchanges": {"number": "1"}}, "'exchanges'"),
        ({"exchanges": ["1"]}, "'exchanges'"),
        ({"exchanges": [{"number": True}]}, "'number'"),
        ({"exchanges": [{"number": "1", "numbers": [["2"]]}]}, "'numbers'"),
        ({"exchanges": [{"number": "1", "answer": 5}]}, "'answer'"),
        ({"exchanges": [{"number": "1", "footnotes": [{"position": -1}]}]}, "'position'"),
        ({"exchanges": [{"number": "1", "footnotes": [{"position": "x"}]}]}, "'position'"),
        ({"answered_by": 5}, "'answered_by'"),
        ({"asked_by": "Voorbeeld"}, "'asked_by'"),
        ({"topics": [1]}, "'topics'"),
        ({"title": ["x" * 500]}, "…"),
    ],
)
def test_a_broken_record_is_refused_with_its_value(changes: dict[str, object], named: str) -> None:
    with pytest.raises(DocumentError) as error:
        from_record(with_field(**changes))
    assert named in str(error.value)
    assert len(str(error.value)) < 300


def test_v46_absent_fields_are_unknown_not_guessed() -> None:
    document = from_record({"id": "a", "kind": "unanswered"})
    assert document == Document("a", Kind.UNANSWERED, "")


def test_v17_an_exchange_without_a_number_gets_its_position() -> None:
    items: list[dict[str, object]] = [
        {"number": ""},
        {"number": None},
        {},
        {"number": "3"},
        {"number": 9},
        {"numbers": [4, "5"]},
    ]
    document = from_record(with_field(exchanges=[{**item, "answer": "Ja."} for item in items]))
    expected = [("1",), ("2",), ("3",), ("3-2",), ("9",), ("4", "5")]
    assert [exchange.numbers for exchange in document.exchanges] == expected


def test_v15_duplicate_numbers_are_made_distinct_and_nothing_is_lost() -> None:
    items = [{"number": "2", "answer": "Eerst.", "x": 1}, {"number": "2", "answer": "Dan.", "x": 2}]
    document = from_record(with_field(exchanges=items))
    assert [(e.number, e.answer) for e in document.exchanges] == [("2", "Eerst."), ("2-2", "Dan.")]
    again = from_record(json.loads(json.dumps(to_record(document))))
    assert again == document
    assert [item["x"] for item in to_record(again)["exchanges"]] == [1, 2]  # type: ignore[attr-defined]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NAME = TEXT.filter(bool)
MAYBE = st.none() | TEXT
DAYS = st.none() | st.dates()
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
ANSWERS = TEXT | st.sampled_from(["Zie antwoord vraag 2.", "Zie het antwoord op de vragen 1 en 3."])
TITLES = TEXT | st.sampled_from([str(FULL["title"]), "Vragen van het lid Voorbeeld (XYZ) over bruggen"])
NOTES = st.builds(Footnote, TEXT, MAYBE, st.integers(0, 99), st.booleans())
EXCHANGES = st.builds(
    Exchange,
    st.lists(st.integers(1, 99).map(str), min_size=1, max_size=3, unique=True).map(tuple),
    TEXT,
    ANSWERS,
    st.lists(NOTES, max_size=2).map(tuple),
    TEXTS,
)
EXTRAS = st.dictionaries(
    NAME.map("x-{}".format), st.none() | st.integers() | TEXT | st.lists(TEXT), max_size=3
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    return Document(
        id=draw(NAME.filter(str.strip)),
        kind=draw(st.sampled_from(Kind)),
        title=draw(TITLES),
        exchanges=distinct(draw(st.lists(EXCHANGES, max_size=4))),
        asked=draw(DAYS),
        answered=draw(DAYS),
        asked_by=tuple(draw(st.lists(st.builds(Asker, TEXT, MAYBE), max_size=3))),
        answered_by=tuple(draw(st.lists(st.builds(Minister, MAYBE, MAYBE, MAYBE), max_size=3))),
        on_behalf_of=draw(TEXTS),
        topics=draw(TEXTS),
        question_id=draw(MAYBE),
        url=draw(MAYBE),
        question_url=draw(MAYBE),
        notice=draw(MAYBE),
        published=draw(DAYS),
        related=draw(TEXTS),
        extra=draw(EXTRAS),
    )


@given(documents())
def test_any_document_round_trips_through_json(document: Document) -> None:
    record = json.loads(json.dumps(to_record(document)))
    assert from_record(record) == document
    assert to_record(from_record(record)) == record
