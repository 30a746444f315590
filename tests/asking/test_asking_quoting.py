from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.encoder import Encoder
from rag.answers import Answer, Filters, Quote
from rag.corpus import Entry
from rag.documents import Document, Exchange, Footnote, Kind
from rag.marking import Marker
from rag.paragraphs import Span, paragraphs, sentences
from rag.quoting import Passage, best_passage, quote
from rag.ranking import Ranked, Weights
from rag.retriever import Retriever
from rag.terminal import quote_text
from tests.asking.stock import BRUG, STEADY, bridge_paper, linked_papers, make_index, odd_papers, paper, stock

TEXT = st.text(st.sampled_from("ab .,?\n\r\t-1Ja éß\u00a0\u2028\U0001f600\x1b"), max_size=1500)
LONG = odd_papers()[1]


def entry_of(document: Document, place: int = 0) -> Entry:
    exchange = document.exchanges[place]
    return Entry(1, document, exchange, tuple(paragraphs(exchange.answer)))


def quoted(document: Document, place: int = 0, *about: Document, passage: Passage | None = None) -> Quote:
    entry = entry_of(document, place)
    return quote(
        1, Ranked(0, 0.5, {"stem": 0.25}), entry, passage or Passage(entry.paragraphs[0], None), about
    )


def check(shown: Quote) -> None:
    """What every quote promises."""
    assert shown.text == shown.answer_text[shown.start : shown.end]
    assert shown.text.strip()
    assert (shown.mark_start is None) == (shown.mark_end is None) == (shown.mark is None)
    if shown.mark_start is not None and shown.mark_end is not None:
        assert shown.start <= shown.mark_start < shown.mark_end <= shown.end
        assert shown.mark == shown.answer_text[shown.mark_start : shown.mark_end]
        assert shown.mark == shown.mark.strip()
        assert shown.mark in shown.text


@STEADY
@given(TEXT.filter(str.strip), st.data())
def test_a_quote_is_the_exact_slice(answer: str, data: st.DataObject) -> None:
    document = paper("ah-tk-20402041-1", "Titel", ("Vraag?", answer))
    spans = paragraphs(answer)
    found = [sentence for span in spans for sentence in sentences(answer, span)]
    scored = [(sentence, data.draw(st.floats(-1, 1))) for sentence in found]
    check(quoted(document, passage=best_passage(spans, scored, 0.2)))


def test_every_answer_of_the_corpus_can_be_quoted_to_the_letter(retriever: Retriever) -> None:
    given_out = {d.exchange_id(e): (e.answer, d) for d in stock() for e in d.exchanges if d.kind.quotable}
    for name, (answer, document) in given_out.items():
        found = retriever.search(document.title, k=50, filters=Filters(document=document.id))
        shown = {item.answer: item for item in found.quotes}[name]
        check(shown)
        assert shown.answer_text == answer
        assert shown.document == document.id


@STEADY
@given(st.text(min_size=1, max_size=80).filter(lambda text: "".join(text.split()) and text.isprintable()))
def test_quotes_keep_their_promise_whatever_is_asked(retriever: Retriever, question: str) -> None:
    for shown in retriever.search(question, k=20).quotes:
        check(shown)


WORDS = [
    "De brug",
    "wordt hersteld.",
    "Ja.",
    "Nee,",
    "dat kost € 5.",
    "\n",
    "\n\n",
    "1.",
    "\t",
    "- punt",
    "\u00a0",
    "é",
]
ANSWERS = st.lists(st.sampled_from(WORDS), max_size=300).map(" ".join)
PAPERS = st.lists(st.lists(ANSWERS, min_size=1, max_size=4), min_size=1, max_size=5)


@settings(STEADY, max_examples=15)
@given(PAPERS.filter(lambda papers: any(text.strip() for answers in papers for text in answers)))
def test_every_quote_of_a_random_corpus_is_exact(encoder: Encoder, papers: list[list[str]]) -> None:
    made = [
        paper(f"ah-tk-20402041-{n}", "De brug", *(("Wordt de brug hersteld?", answer) for answer in answers))
        for n, answers in enumerate(papers)
    ]
    given_out = {document.exchange_id(e): e.answer for document in made for e in document.exchanges}
    with TemporaryDirectory() as folder:
        opened = Retriever.open(make_index(Path(folder), made, encoder), encoder=encoder)
        every = opened.with_weights(replace(Weights(), found=0.0))
        quotes = every.search("Wat kost de brug?", k=50).quotes
    assert {shown.answer for shown in quotes} == {name for name, text in given_out.items() if text.strip()}
    for shown in quotes:
        check(shown)
        assert shown.answer_text == given_out[shown.answer]


def test_a_short_answer_is_shown_whole_without_outer_blanks() -> None:
    document = paper("ah-tk-20402041-1", "Titel", ("Vraag?", " \n Kort.\nEn nog een regel. \n"))
    shown = quoted(document)
    assert shown.text == "Kort.\nEn nog een regel."
    assert (shown.start, shown.end) == (3, 26)


def test_of_a_long_answer_the_paragraph_with_the_mark_is_shown() -> None:
    spans = paragraphs(LONG.exchanges[0].answer)
    assert len(spans) > 1
    sentence = sentences(LONG.exchanges[0].answer, spans[1])[0]
    shown = quoted(LONG, passage=Passage(spans[1], sentence))
    assert (shown.start, shown.end) == (spans[1].start, spans[1].end)
    check(shown)


def test_the_best_sentence_decides_paragraph_and_mark() -> None:
    first, second = Span(0, 20), Span(21, 60)
    scored = [(Span(0, 10), 0.3), (Span(21, 40), 0.7), (Span(41, 60), 0.7)]
    assert best_passage([first, second], scored, 0.5) == Passage(second, Span(21, 40))
    assert best_passage([first, second], scored, 0.8) == Passage(second, None)
    assert best_passage([first, second], [], 0.0) == Passage(first, None)


def test_everything_that_is_known_comes_along() -> None:
    shown = quoted(bridge_paper(), 1)
    assert (shown.document, shown.answer) == ("ah-tk-20402041-12", "ah-tk-20402041-12#2")
    assert shown.numbers == ("2", "3")
    assert shown.question == bridge_paper().exchanges[1].question
    assert (shown.asked, shown.answered, shown.days) == (date(2040, 10, 1), date(2040, 10, 28), 27)
    assert [asker.name for asker in shown.asked_by] == ["Voorbeeld", "De Vries-Verzinsel"]
    assert (shown.answered_by[0].office, shown.on_behalf_of) == (
        "Minister van Bruggen",
        ("Minister van Molens",),
    )
    assert shown.citation == "Aanhangsel Handelingen II 2040/41, nr. 12"
    assert (shown.url, shown.question_url) == (bridge_paper().url, bridge_paper().question_url)
    assert (shown.question_id, shown.topics) == ("2040Z00012", ("verkeer", "water"))
    assert (shown.kind, shown.fictional, shown.parts) == (Kind.ANSWERED, False, {"stem": 0.25})


def test_what_is_unknown_stays_unknown_and_reads_onbekend() -> None:
    shown = quoted(odd_papers()[0])
    assert (shown.asked, shown.answered, shown.days, shown.url) == (None, None, None, None)
    assert (shown.answered_by, shown.asked_by) == ((), ())
    text = quote_text(shown, colour=False)
    for label in ("Antwoord van", "Gevraagd", "Beantwoord", "Gevraagd door", "Bron antwoord"):
        assert f"{label}: onbekend" in text
    assert "None" not in text


def test_days_need_both_dates() -> None:
    assert replace(quoted(bridge_paper()), asked=None).days is None
    assert replace(quoted(bridge_paper()), answered=None).days is None


def test_the_answer_referred_to_is_shown() -> None:
    shown = quoted(bridge_paper(), 2)
    (reference,) = shown.references
    assert "vraag 2" in reference.label
    assert reference.text == bridge_paper().exchanges[1].answer
    assert reference.document == "ah-tk-20402041-12"
    assert reference.text in " ".join(quote_text(shown, colour=False).split())


def test_a_number_inside_a_joint_answer_refers_to_the_joint_answer() -> None:
    document = bridge_paper()
    referring = replace(document.exchanges[2], refers_to=("3",))
    shown = quoted(replace(document, exchanges=(*document.exchanges[:2], referring)), 2)
    assert [item.text for item in shown.references] == [document.exchanges[1].answer]


@pytest.mark.parametrize("number", ["9", "4"])
def test_a_reference_to_nothing_or_to_itself_shows_nothing(number: str) -> None:
    document = bridge_paper()
    referring = replace(document.exchanges[2], refers_to=(number,))
    assert not quoted(replace(document, exchanges=(*document.exchanges[:2], referring)), 2).references


def test_delay_supplement_and_correction_are_linked_and_labelled() -> None:
    shown = quoted(bridge_paper(), 0, bridge_paper(), *linked_papers()[:3])
    labels = {item.label: item for item in shown.references}
    assert set(labels) == {"Uitstelbericht", "Nader antwoord", "Correctie"}
    delay = labels["Uitstelbericht"]
    assert (delay.text, delay.published) == ("Het antwoord vergt meer tijd.", date(2040, 10, 15))
    text = quote_text(shown, colour=False)
    assert "Uitstelbericht (15 oktober 2040): Het antwoord vergt meer tijd." in text
    assert "Correctie" in text


def test_a_question_without_answer_is_no_reference() -> None:
    assert not quoted(bridge_paper(), 0, linked_papers()[3]).references


def test_a_search_links_what_the_index_holds_about_the_same_question(retriever: Retriever) -> None:
    shown = retriever.search(BRUG, k=1).quotes[0]
    assert shown.answer == "ah-tk-20402041-12#2"
    assert {item.document for item in shown.references} == {item.id for item in linked_papers()[:3]}


def test_footnotes_of_the_slice_come_along() -> None:
    notes = (
        Footnote("1", "Eerst.", 5),
        Footnote("2", "Ver weg.", 1800),
        Footnote("3", "Vraag.", 2, in_answer=False),
    )
    exchange = replace(LONG.exchanges[0], footnotes=notes)
    shown = quoted(replace(LONG, exchanges=(exchange,)))
    assert [note.mark for note in shown.footnotes] == ["1"]


def marked(retriever: Retriever, encoder: Encoder, question: str, answer: str) -> str | None:
    marker = Marker(encoder, retriever.snapshot.words)
    vector = encoder.encode([question])[0]
    (passage,) = marker.passages(question, vector, [entry_of(paper("x", "T", (question, answer)))])
    return passage.mark.of(answer) if passage.mark else None


def test_the_sentence_that_answers_is_marked(retriever: Retriever, encoder: Encoder) -> None:
    decides = "De veerpont naar Zandplaat kost vanaf januari vier euro per overtocht."
    answer = f"Ik ken de zorgen van de bewoners. {decides} Over andere zaken bericht ik u later dit jaar."
    assert marked(retriever, encoder, "Wat kost de veerpont naar Zandplaat per overtocht?", answer) == decides


@pytest.mark.parametrize(("question", "yes"), [("Klopt dat?", "Dat klopt."), ("Nee?", "Nee.")])
def test_a_bare_yes_is_no_mark_where_more_is_said(
    retriever: Retriever, encoder: Encoder, question: str, yes: str
) -> None:
    more = "De brug bij Waterdrecht komt er in mei."
    assert marked(retriever, encoder, question, f"{yes} {more}") in (None, more)
    assert marked(retriever, encoder, question, yes) == yes


def test_an_answer_without_likeness_gets_no_mark(retriever: Retriever, encoder: Encoder) -> None:
    assert (
        marked(retriever, encoder, "qqqq zzzz", "De brug bij Waterdrecht komt er in mei volgend jaar.")
        is None
    )


def test_one_text_or_many_the_marks_are_the_same(retriever: Retriever, encoder: Encoder) -> None:
    marker = Marker(encoder, retriever.snapshot.words)
    entries = [
        entry_of(document, n) for document in stock() for n, e in enumerate(document.exchanges) if e.answer
    ]
    vector = encoder.encode([BRUG])[0]
    alone = [marker.passages(BRUG, vector, [entry])[0] for entry in entries]
    assert marker.passages(BRUG, vector, entries) == alone
    assert marker.passages(BRUG, vector, []) == []


def test_an_answer_of_ten_thousand_sentences_is_marked_in_bounded_work(
    retriever: Retriever, encoder: Encoder
) -> None:
    answer = "Dit is een zin over de veerpont naar Zandplaat. " * 10_000
    exchange = Exchange(("1",), "Vraag?", answer)
    entry = Entry(1, paper("x", "T"), exchange, (Span(0, 890), Span(900, 1700), Span(1700, len(answer) - 1)))
    (passage,) = Marker(encoder, retriever.snapshot.words).passages(
        "Wat is de veerpont?", np.zeros(encoder.dimension, np.float32), [entry]
    )
    assert passage.mark is not None
    assert passage.paragraph.start <= passage.mark.start


def test_filters_that_were_given_by_name() -> None:
    assert Filters(since=date(2040, 1, 2), party="XYZ").given() == {"since": "2040-01-02", "party": "XYZ"}
    assert Filters().given() == {}
    assert Filters(party="").given() == {"party": ""}


def test_values_are_frozen(retriever: Retriever) -> None:
    answer: Answer = retriever.search(BRUG)
    with pytest.raises(AttributeError):
        answer.found = False  # type: ignore[misc]
