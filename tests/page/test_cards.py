"""Cards and turns: everything a reader needs, in its place, in Dutch."""

from dataclasses import replace
from datetime import date

import pytest

from rag.answers import Filters, Quote, Reference
from rag.documents import Asker, Footnote, Kind, Minister
from rag.page.cards import card, numbers
from rag.page.turns import failure, turn, welcome
from tests.page.html import Element, parsed
from tests.page.quotes import ANSWER, MARK, QUOTE, found, with_answer
from tests.page.test_text import HOSTILE


def drawn(quote: Quote) -> Element:
    return parsed(card(quote, "kaart")).one("article")


def rows(quote: Quote) -> dict[str, str]:
    items = drawn(quote).one("dl").all("div")
    return {item.one("dt").text: item.one("dd").text for item in items}


def test_quote_is_the_slice_and_the_mark_is_the_sentence() -> None:
    article = drawn(QUOTE)
    lines = [p.text for p in article.one("blockquote").all("p")]
    assert "\n".join(lines) == QUOTE.text
    assert article.one("blockquote").one("mark").text == MARK


def test_whole_answer_keeps_mark_and_shown_part() -> None:
    whole = drawn(QUOTE).one("details", class_="whole")
    assert "\n".join(p.text for p in whole.all("p")) == ANSWER
    assert whole.one("mark").text == MARK
    assert "".join(part.text for part in whole.all("span", class_="slice")) == QUOTE.text.replace("\n", "")
    assert "open" not in whole.attributes


def test_answer_that_is_shown_whole_needs_no_more() -> None:
    article = drawn(with_answer("Ja."))
    assert article.all("details") == []
    assert article.one("p", class_="whole").text == "Dit is het hele antwoord."


def test_no_mark_is_no_mark() -> None:
    assert drawn(with_answer("Ja.")).all("mark") == []


def test_provenance_of_a_full_quote() -> None:
    assert rows(QUOTE) == {
        "Beantwoord door": "Minister van Water en Visserij (naam onbekend, partij onbekend)",
        "Beantwoord": "7 november 2040 (na 36 dagen)",
        "Document": "fictie-20402041-900, vraagnummer 2040F00900",
        "Gevraagd door": "Voorbeeld (XYZ), Bedacht (partij onbekend)",
        "Gevraagd": "2 oktober 2040",
        "Onderwerpen": "veren, water",
    }


def test_what_the_source_does_not_say_is_unknown() -> None:
    bare = replace(
        QUOTE,
        answered_by=(),
        asked=None,
        answered=None,
        asked_by=(),
        topics=(),
        question_id=None,
        url=None,
        question_url=None,
    )
    assert rows(bare) == {
        "Beantwoord door": "onbekend",
        "Beantwoord": "onbekend",
        "Document": "fictie-20402041-900, vraagnummer onbekend",
        "Gevraagd door": "onbekend",
        "Gevraagd": "onbekend",
        "Onderwerpen": "onbekend",
    }
    article = drawn(bare)
    assert article.one("h3").text == "Citaat 1: Bewindspersoon onbekend"
    assert "datum onbekend" in article.one("p", class_="when").text
    assert article.all("a") == []


def test_ministers_with_name_office_and_party() -> None:
    ministers = (Minister("Proefstuk", "Minister van Wonen", "MNO"), Minister("Nergens"))
    quote = replace(QUOTE, answered_by=ministers, on_behalf_of=("Minister van Zorg",))
    assert rows(quote)["Beantwoord door"] == (
        "Proefstuk (Minister van Wonen, MNO), Nergens (ambt onbekend, partij onbekend)"
    )
    assert rows(quote)["Mede namens"] == "Minister van Zorg"
    assert drawn(quote).one("h3").text == "Citaat 1: Proefstuk en Nergens"


def test_one_day_is_singular_and_a_day_before_is_left_out() -> None:
    assert rows(replace(QUOTE, asked=date(2040, 11, 6)))["Beantwoord"] == "7 november 2040 (na 1 dag)"
    assert rows(replace(QUOTE, asked=date(2040, 11, 8)))["Beantwoord"] == "7 november 2040"


@pytest.mark.parametrize(
    ("names", "words"),
    [(["1"], "Vraag 1"), (["2", "3"], "Vraag 2 en 3"), (["1", "2", "5"], "Vraag 1, 2 en 5")],
)
def test_question_numbers(names: list[str], words: str) -> None:
    assert numbers(tuple(names)) == words


def test_question_stands_beside_its_answer() -> None:
    question = drawn(QUOTE).one("section", class_="question")
    assert question.one("h4").text == "Vraag 2 en 3"
    assert [p.text for p in question.all("p")] == [
        "Vaart de pont weer?",
        "En hoe vaak?",
        "Vragen over de veerpont van Lutterdam",
    ]


def test_links_and_citation() -> None:
    article = drawn(QUOTE)
    assert [a.attributes["href"] for a in article.all("a")] == [QUOTE.url, QUOTE.question_url]
    assert article.one("cite").text == QUOTE.citation
    short, long = article.all("button", class_="copy")
    assert short.attributes["data-copy"] == QUOTE.citation
    assert long.attributes["data-copy"] == (
        f"«{QUOTE.text}»\nMinister van Water en Visserij, 7 november 2040, {QUOTE.citation}, {QUOTE.url}"
    )


def test_footnotes_are_readable_and_linked() -> None:
    notes = (Footnote("1", "Nergensbode, 3 mei 2040.", 2), Footnote("2", None, 3))
    article = drawn(with_answer("Ja.", notes=notes))
    items = article.one("ul", class_="notes").all("li")
    assert [item.text for item in items] == [
        "1 Nergensbode, 3 mei 2040.",
        "2 tekst van de voetnoot onbekend",
    ]
    marks = article.one("blockquote").all("a", class_="note")
    assert [mark.attributes["href"] for mark in marks] == [f"#{item.attributes['id']}" for item in items]


def test_references_are_labelled() -> None:
    notice = Reference("Uitstelbericht", "Niet binnen de termijn.", "fictie-20402041-899", date(2040, 10, 20))
    other = Reference("Nader antwoord", "Ja.", "fictie-20402041-901", url="https://voorbeeld.invalid/x")
    first, second = drawn(replace(QUOTE, references=(notice, other))).all("details", class_="reference")
    assert first.one("summary").text == "Uitstelbericht, 20 oktober 2040"
    assert "Niet binnen de termijn." in first.text
    assert second.one("a").attributes["href"] == "https://voorbeeld.invalid/x"


@pytest.mark.parametrize(
    ("document", "text", "opened"),
    [
        ("fictie-20402041-900", "Ja. " * 101, True),
        ("fictie-1", "Ja.", True),
        ("fictie-1", "Ja. " * 101, False),
    ],
)
def test_long_references_to_other_papers_are_closed(document: str, text: str, opened: bool) -> None:
    quote = replace(QUOTE, references=(Reference("Nader antwoord", text, document),))
    assert ("open" in drawn(quote).one("details", class_="reference").attributes) is opened


@pytest.mark.parametrize(
    ("kind", "label"), [(Kind.SUPPLEMENT, "Nader antwoord"), (Kind.CORRECTION, "Correctie")]
)
def test_badges(kind: Kind, label: str) -> None:
    badges = [badge.text for badge in drawn(replace(QUOTE, kind=kind)).all("span", class_="badge")]
    assert badges == [label, "Fictief voorbeeld"]
    assert drawn(replace(QUOTE, fictional=False)).all("span", class_="badge") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_stays_text(text: str) -> None:
    quote = replace(
        with_answer(text, mark=(0, len(text)), notes=(Footnote(text, text, 1),)),
        document=text,
        numbers=(text,),
        question=text,
        title=text,
        answered_by=(Minister(text, text, text),),
        on_behalf_of=(text,),
        asked_by=(Asker(text, text),),
        topics=(text,),
        question_id=text,
        url=f"https://{text}",
        citation=text,
        references=(Reference(text, text, text, url=text),),
    )
    usual = {element.tag for element in drawn(replace(QUOTE, references=(Reference("a", "b", "c"),))).all()}
    answer = replace(found(quote, filters=Filters(party=text)), query=text)
    root = parsed(turn(answer, 1) + failure(text, text, 2) + welcome([text]))
    assert {element.tag for element in root.all()} <= usual | {"article", "ul", "li", "a", "h2"}
    assert not {name for element in root.all() for name in element.attributes if name.startswith("on")}
    assert "".join(part.text for part in root.one("blockquote").all("mark")) == text


def test_turn_counts_its_quotes_and_names_its_filters() -> None:
    filters = Filters(since=date(2040, 1, 31), party="XYZ", kind="supplement")
    section = parsed(turn(found(QUOTE, replace(QUOTE, rank=2), filters=filters), 7)).one(
        "section", class_="turn"
    )
    assert section.attributes["data-status"] == "2 citaten gevonden"
    assert section.one("h2").text == "Gevraagd: Vaart de pont?"
    assert [item.text for item in section.one("div", class_="in-force").all("li")] == [
        "Beantwoord vanaf: 31 januari 2040",
        "Partij van de vraagsteller: XYZ",
        "Soort document: Nader antwoord",
    ]
    ids = [element.attributes["id"] for element in section.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert all(str(name).startswith("beurt-7") for name in ids)


def test_one_quote_is_singular() -> None:
    assert (
        parsed(turn(found(QUOTE), 1)).one("section", class_="turn").attributes["data-status"]
        == "1 citaat gevonden"
    )


def test_nothing_found_tells_what_was_searched_and_what_to_try() -> None:
    section = parsed(turn(found(filters=Filters(topic="veren")), 1)).one("section", class_="turn")
    assert section.attributes["data-status"] == "Geen antwoord gevonden"
    assert section.all("article") == []
    assert "345 antwoorden uit 58 documenten" in section.text
    assert "29 maart 2039 tot en met 12 juni 2042" in section.text
    assert "Onderwerp: veren" in section.text
    assert "Stel de vraag in andere woorden." in section.text


def test_failure_is_no_answer() -> None:
    section = parsed(failure("Vaart de pont?", "Onbekende partij.", 3)).one("section", class_="turn")
    assert section.attributes["data-status"] == "De vraag is niet beantwoord"
    assert "Onbekende partij." in section.text
    assert "gevonden" not in section.text


def test_welcome_without_examples_is_empty() -> None:
    assert welcome([]) == ""
