import random
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rag
from embeddings.encoder import Encoder, load_encoder
from rag.answers import Answer, Filters
from rag.documents import Kind
from rag.errors import DocumentError, QuestionError, SnapshotError
from rag.retriever import Retriever
from tests.asking.stock import BRUG, GOOSE, STEADY, make_index, paper, stock

QUESTIONS = [
    *(BRUG, GOOSE, "Wat kost de vuurtoren?", "spiegelkast", "ganzen ganzen ganzen", "Wie telt de ganzen?"),
    *("brug?", "Hoe laat vertrekt de laatste tram naar de maan?"),
]


PIECES = [document.title for document in stock()] + QUESTIONS


def shown(answer: Answer) -> list[tuple[str, float, int, int, int | None]]:
    return [(q.answer, q.score, q.start, q.end, q.mark_start) for q in answer.quotes]


def test_the_right_answer_comes_first(retriever: Retriever) -> None:
    answer = retriever.search(BRUG)
    assert answer.found
    assert answer.quotes[0].answer == "ah-tk-20402041-12#2"
    assert retriever.search(GOOSE).quotes[0].answer == "ah-tk-20412042-1#1"
    assert [quote.rank for quote in answer.quotes] == list(range(1, len(answer.quotes) + 1))


def test_one_by_one_or_together_gives_the_same(retriever: Retriever) -> None:
    filters = Filters(since=date(2040, 1, 1))
    together = retriever.search_many(QUESTIONS, k=7, filters=filters)
    assert together == [retriever.search(question, k=7, filters=filters) for question in QUESTIONS]
    assert [shown(a) for a in together] == [
        shown(retriever.search(q, k=7, filters=filters)) for q in QUESTIONS
    ]
    assert retriever.search_many([]) == []


@STEADY
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.integers(1, 12))
def test_company_never_changes_an_answer(retriever: Retriever, questions: list[str], k: int) -> None:
    assert retriever.search_many(questions, k=k)[-1] == retriever.search(questions[-1], k=k)


def test_the_same_question_gives_the_same_answer_twice_and_from_eight_threads(
    retriever: Retriever, stock_index: Path, encoder: Encoder
) -> None:
    once = [retriever.search(question, k=9) for question in QUESTIONS]
    order = QUESTIONS * 8
    random.Random(5).shuffle(order)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda question: retriever.search(question, k=9), order))
    assert found == [once[QUESTIONS.index(question)] for question in order]
    assert [Retriever.open(stock_index, encoder=encoder).search(q, k=9) for q in QUESTIONS] == once


def test_the_order_in_which_papers_came_in_is_no_matter(
    retriever: Retriever, tmp_path: Path, encoder: Encoder
) -> None:
    papers = stock()
    random.Random(9).shuffle(papers)
    other = Retriever.open(make_index(tmp_path, papers, encoder), encoder=encoder)
    for question in QUESTIONS:
        assert other.search(question, k=12) == retriever.search(question, k=12)


def test_scores_fall_outside_the_varied_head_and_lie_between_0_and_1(retriever: Retriever) -> None:
    scores = [quote.score for quote in retriever.search(GOOSE, k=50).quotes]
    assert all(0 <= score <= 1 for score in scores)
    assert scores[:5] == sorted(scores[:5], reverse=True)
    assert scores[5:] == sorted(scores[5:], reverse=True)


@pytest.mark.parametrize("k", [0, -1, 1001, 10**9])
def test_an_impossible_count_is_refused(retriever: Retriever, k: int) -> None:
    with pytest.raises(QuestionError, match=rf"{k}.*1 tot en met 1000"):
        retriever.search(BRUG, k=k)


def test_the_first_five_come_from_three_documents(retriever: Retriever) -> None:
    quotes = retriever.search("Vragen over ganzen in het park", k=5).quotes
    assert len({quote.document for quote in quotes}) >= 3


def test_nothing_found_is_said_with_coverage_and_advice(retriever: Retriever) -> None:
    answer = retriever.search("xqzv wkpf jjjqx", filters=Filters(party="XYZ"))
    assert (answer.found, answer.quotes) == (False, ())
    assert "partij van de vraagsteller: XYZ" in answer.advice[0]
    assert len(answer.advice) == 2
    assert len(retriever.search("xqzv wkpf jjjqx").advice) == 1


def test_coverage_counts_what_the_index_holds(retriever: Retriever) -> None:
    coverage = retriever.search(BRUG).coverage
    quotable = [d for d in stock() if d.kind.quotable]
    assert coverage.documents == len(stock())
    assert coverage.answers == sum(bool(e.answer) for d in quotable for e in d.exchanges)
    dates = [d.answered for d in quotable if d.answered]
    assert (coverage.first, coverage.last) == (min(dates), max(dates))
    assert not coverage.fictional


def test_an_index_without_dates_and_of_fiction(tmp_path: Path, encoder: Encoder) -> None:
    made = [paper("fictie-20402041-1", "De gans", ("Vliegt de gans?", "De gans vliegt naar het zuiden."))]
    coverage = Retriever.open(make_index(tmp_path, made, encoder), encoder=encoder).coverage
    assert (coverage.first, coverage.last, coverage.fictional) == (None, None, True)


def test_an_index_of_another_encoder_is_refused_with_the_remedy(stock_index: Path, other_model: Path) -> None:
    with pytest.raises(SnapshotError, match=r"encoder kamerantwoord-nl-1.*klein.*bouw de index opnieuw"):
        Retriever.open(stock_index, encoder=load_encoder(other_model))


@pytest.mark.parametrize("name", ["nergens", "leeg", "bestand"])
def test_a_missing_index_is_said_with_the_remedy(tmp_path: Path, name: str) -> None:
    (tmp_path / "leeg").mkdir()
    (tmp_path / "bestand").write_text("geen index", encoding="utf-8")
    with pytest.raises(SnapshotError, match=r"bouw er een met 'kamerantwoord build"):
        Retriever.open(tmp_path / name)
    assert not (tmp_path / "nergens").exists()


def state(folder: Path) -> dict[str, tuple[str, int, int]]:
    return {
        path.as_posix(): (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns, path.stat().st_mode)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    } | {
        path.as_posix(): ("", path.stat().st_mtime_ns, 0)
        for path in [folder, *folder.rglob("*")]
        if path.is_dir()
    }


def test_opening_and_searching_writes_nothing_and_opens_no_socket(
    stock_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    before = state(stock_index)
    modes = {path: path.stat().st_mode for path in [stock_index, *stock_index.rglob("*")]}
    for path in modes:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        opened = Retriever.open(stock_index)
        assert opened.search_many(QUESTIONS, k=20, filters=Filters(kind="answered"))[0].found
        assert opened.document("ah-tk-20402041-12").title
        assert opened.values("party")
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
    assert state(stock_index) == before


def test_the_library_as_the_interface_shows_it(stock_index: Path) -> None:
    opened = rag.Retriever.open(str(stock_index))
    answer = opened.search("Waarom gaat de brug dicht?", k=5, filters=rag.Filters(party="XYZ"))
    assert answer.found
    assert all(quote.text and quote.citation for quote in answer.quotes)
    assert len(opened.search_many([BRUG, GOOSE], k=10)) == 2


def test_a_whole_document_by_its_id(retriever: Retriever) -> None:
    assert retriever.document("ah-tk-20402041-12") == stock()[0]
    assert retriever.document("ah-tk-20402041-5").kind is Kind.DELAY
    with pytest.raises(DocumentError, match="ah-tk-1"):
        retriever.document("ah-tk-1")
