from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from rag.answers import Filters
from rag.documents import Asker, Document, Kind
from rag.errors import FilterError
from rag.ranking import Weights
from rag.retriever import Retriever
from tests.asking.stock import BRUG, GOOSE, make_index, paper, stock


def open_all(retriever: Retriever) -> Retriever:
    """The same index, abstaining from nothing."""
    return retriever.with_weights(replace(Weights(), found=0.0))


@pytest.mark.parametrize("k", [1, 2, 3, 5, 6, 1000])
def test_at_most_k_quotes_and_one_per_exchange(retriever: Retriever, k: int) -> None:
    quotes = open_all(retriever).search(GOOSE, k=k).quotes
    answers = sum(bool(e.answer.strip()) for d in stock() if d.kind.quotable for e in d.exchanges)
    assert len(quotes) == min(k, answers)
    assert len({quote.answer for quote in quotes}) == len(quotes)


FILTERS = [
    (Filters(party="ABC"), lambda d: any(a.party == "ABC" for a in d.asked_by)),
    (Filters(asker="voorbeeld"), lambda d: any(a.name == "Voorbeeld" for a in d.asked_by)),
    (Filters(minister="Papier"), lambda d: any(m.name == "Papier" for m in d.answered_by)),
    (Filters(ministry="Molens"), lambda d: any(m.name == "Papier" for m in d.answered_by)),
    (Filters(topic="dieren"), lambda d: "dieren" in d.topics),
    (Filters(kind="correction"), lambda d: d.kind is Kind.CORRECTION),
    (Filters(document="ah-tk-20412042-3"), lambda d: d.id == "ah-tk-20412042-3"),
    (Filters(since=date(2041, 3, 10)), lambda d: bool(d.answered and d.answered >= date(2041, 3, 10))),
    (Filters(until=date(2041, 3, 10)), lambda d: bool(d.answered and d.answered <= date(2041, 3, 10))),
    (
        Filters(party="XYZ", since=date(2041, 1, 1)),
        lambda d: d.id in ("ah-tk-20412042-2", "ah-tk-20412042-4"),
    ),
]


@pytest.mark.parametrize(("filters", "meets"), FILTERS, ids=lambda value: str(value)[:60])
@pytest.mark.parametrize("k", [1, 4, 1000])
def test_a_filter_gives_all_that_meet_it_and_nothing_else(
    retriever: Retriever, filters: Filters, meets: object, k: int
) -> None:
    assert callable(meets)
    allowed = {
        d.exchange_id(e) for d in stock() if d.kind.quotable and meets(d) for e in d.exchanges if e.answer
    }
    found = {quote.answer for quote in open_all(retriever).search(GOOSE, k=k, filters=filters).quotes}
    assert found <= allowed
    assert len(found) == min(k, len(allowed))


def test_filters_that_no_row_meets_together_find_nothing(retriever: Retriever) -> None:
    answer = open_all(retriever).search(BRUG, filters=Filters(party="ABC", until=date(2040, 12, 31)))
    assert not answer.found
    assert not answer.quotes


@pytest.mark.parametrize(
    ("filters", "says"),
    [
        (Filters(party="XYY"), "XYZ"),
        (Filters(minister="Papierr"), "Papier"),
        (Filters(since=date(2041, 1, 1), until=date(2040, 1, 1)), "wissel"),
    ],
)
def test_a_filter_that_cannot_be_is_refused_with_the_remedy(
    retriever: Retriever, filters: Filters, says: str
) -> None:
    with pytest.raises(FilterError, match=says):
        retriever.search(BRUG, filters=filters)


def crowd(count: int) -> list[Document]:
    """Papers that all answer one question, and one of another party that answers it less well."""
    text = "Ik plaats hekken tegen wolven bij schapen en betaal de boeren schade."
    papers = [
        paper(
            f"ah-tk-20402041-{n}",
            "Wolven",
            ("Wat doet u tegen wolven bij schapen?", text),
            asked_by=(Asker("A", "LAND"),),
        )
        for n in range(count)
    ]
    less = "Over dieren in zee valt veel te zeggen, maar ook over wolven bij schapen en wat u daartegen doet."
    return [
        *papers,
        paper("ah-tk-20402041-9999", "De zee", ("Zwemt u?", less), asked_by=(Asker("B", "ZEE"),)),
    ]


def test_a_filter_limits_before_ranking(tmp_path: Path, encoder: Encoder) -> None:
    retriever = Retriever.open(make_index(tmp_path, crowd(1200), encoder), encoder=encoder)
    question = "Wat doet u tegen wolven bij schapen?"
    without = [quote.document for quote in retriever.search(question, k=500).quotes]
    assert len(without) == 500
    assert "ah-tk-20402041-9999" not in without
    within = retriever.search(question, filters=Filters(party="ZEE"))
    assert [quote.document for quote in within.quotes] == ["ah-tk-20402041-9999"]


def test_values_of_a_filter_with_their_counts(retriever: Retriever) -> None:
    assert retriever.values("party") == {"ABC": 12, "XYZ": 11}
    assert retriever.values("topic")["parken"] == 4
