"""The gradio side: what the form sends becomes a turn, whatever it is."""

import asyncio
import logging
from pathlib import Path

import gradio
import pytest

from app import make_page
from rag import Answer, Filters, Retriever
from rag.page.blocks import answered
from tests.page.html import Element, parsed


@pytest.fixture(scope="module")
def retriever(sample_index: Path) -> Retriever:
    return Retriever.open(sample_index)


def status(html: str) -> str | None:
    return turn(html).attributes["data-status"]


def turn(html: str) -> Element:
    return parsed(html).one("section", class_="turn")


def test_page_is_gradio_blocks_with_a_bounded_queue(retriever: Retriever) -> None:
    async def made() -> gradio.Blocks:
        # Within a running loop; outside one, gradio opens a loop that it never closes.
        return make_page(retriever)

    page = asyncio.run(made())
    assert isinstance(page, gradio.Blocks)
    assert page._queue.max_size
    assert not page.analytics_enabled


def test_question_and_filters_reach_the_retriever(retriever: Retriever) -> None:
    question = retriever.document(next(iter(retriever.values("document")))).exchanges[-1].question
    party = next(iter(retriever.values("party")))
    answer = retriever.search(question[:300], filters=Filters(party=party))
    html = answered(retriever, {"question": question[:300], "party": party, "turn": 4})
    assert turn(html).attributes["id"] == "beurt-4"
    assert len(turn(html).all("article")) == len(answer.quotes)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"question": ""},
        {"question": ["lijst"]},
        {"question": "x" * 5000},
        {"question": "Vaart de pont?", "party": "bestaat niet"},
        {"question": "Vaart de pont?", "since": "morgen"},
        {"question": "Vaart de pont?", "since": "2041-01-01", "until": "2040-01-01"},
        {"question": "Vaart de pont?", "topic": {"a": 1}},
    ],
)
def test_bad_input_is_a_failure_in_words(retriever: Retriever, data: dict[str, object]) -> None:
    html = answered(retriever, data)
    assert status(html) == "De vraag is niet beantwoord"
    assert turn(html).one("div", class_="failure").text


@pytest.mark.parametrize("number", [None, 0, -1, "1", 10**9, True, '"><b>'])
def test_a_turn_number_that_is_none_is_the_first(retriever: Retriever, number: object) -> None:
    html = answered(retriever, {"question": "", "turn": number})
    assert turn(html).attributes["id"] == "beurt-1"


class Broken(Retriever):
    """A retriever with a defect that nobody foresaw."""

    def search(self, question: str, *, k: int = 5, filters: Filters | None = None) -> Answer:
        raise ZeroDivisionError(question)


def test_a_defect_is_a_failure_that_logs_no_question(
    retriever: Retriever, caplog: pytest.LogCaptureFixture
) -> None:
    broken = object.__new__(Broken)
    with caplog.at_level(logging.DEBUG):
        html = answered(broken, {"question": "Mijn geheime vraag"})
    assert status(html) == "De vraag is niet beantwoord"
    assert "ZeroDivisionError" in caplog.text
    assert "geheime" not in caplog.text
    assert "ZeroDivisionError" not in html
