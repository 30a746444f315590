from pathlib import Path

import pytest

from embeddings.encoder import load_encoder
from rag import Conversation, Filters, Retriever
from rag.conversation import is_follow_up, subject_words
from rag.errors import QuestionError
from tests.asking.stock import make_index, paper

SUBJECT = ["brandweer", "geld", "Rijk"]


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    """Two papers in which the same words, "bedrag" and "ingangsdatum", mean something else."""
    papers = [
        paper(
            "stuk-1",
            "De bijdrage van het Rijk aan de brandweer",
            (
                "Krijgt de brandweer minder geld?",
                "Ja, de bijdrage van het Rijk aan de brandweer gaat omlaag.",
            ),
            ("Om welk bedrag gaat het?", "Het bedrag van de korting voor de brandweer is 12 miljoen euro."),
            ("Wat is de ingangsdatum?", "De korting op de brandweer gaat in op 1 januari 2042."),
        ),
        paper(
            "stuk-2",
            "De hoogte van de boete voor fietsen zonder licht",
            ("Wordt de boete voor fietsen zonder licht hoger?", "Ja, de boete voor fietsers stijgt."),
            ("Om welk bedrag gaat het?", "Het bedrag van de boete voor fietsers wordt 80 euro."),
            ("Wat is de ingangsdatum?", "De boete voor fietsers stijgt op 1 mei 2043."),
        ),
    ]
    folder = tmp_path_factory.mktemp("gesprek")
    return Retriever.open(make_index(Path(folder), papers, load_encoder()))


@pytest.mark.parametrize(
    "question",
    [
        "en in 2042?",
        "hoeveel van hen?",
        "vanaf wanneer?",
        "wat vinden de gemeenten ervan?",
        "om welk bedrag gaat het?",
    ],
)
def test_what_leans_on_the_question_before(question: str) -> None:
    assert is_follow_up(question, SUBJECT)


@pytest.mark.parametrize(
    "question",
    ["Hoe hoog is de boete voor fietsen zonder licht?", "Wanneer gaat het politiebureau in Wolkendam dicht?"],
)
def test_what_stands_alone(question: str) -> None:
    assert not is_follow_up(question, SUBJECT)


def test_subject_words_leave_out_what_only_asks() -> None:
    assert subject_words("Hoeveel geld krijgt de brandweer dan van het Rijk?") == [
        "geld",
        "brandweer",
        "Rijk",
    ]


def test_a_follow_up_keeps_the_subject(retriever: Retriever) -> None:
    for first, wanted in (
        ("Krijgt de brandweer minder geld van het Rijk?", "stuk-1#2"),
        ("Wordt de boete voor fietsen zonder licht hoger?", "stuk-2#2"),
    ):
        conversation = Conversation(retriever)
        assert conversation.ask(first).question_used == first
        answer = conversation.ask("om welk bedrag gaat het?")
        assert wanted in [quote.answer for quote in answer.quotes[:2]]
        assert {quote.document for quote in answer.quotes[:2]} == {wanted[:6]}
        assert answer.query == "om welk bedrag gaat het?"
        assert answer.question_used.startswith("om welk bedrag gaat het?")
        assert len(answer.question_used) > len(answer.query)


def test_another_subject_drops_the_old_one(retriever: Retriever) -> None:
    conversation = Conversation(retriever)
    conversation.ask("Krijgt de brandweer minder geld van het Rijk?")
    answer = conversation.ask("Hoe hoog is de boete voor fietsen zonder licht?")
    assert answer.question_used == answer.query
    assert answer.quotes[0].document == "stuk-2"
    assert conversation.ask("en de ingangsdatum?").quotes[0].answer == "stuk-2#3"


def test_filters_last_as_long_as_the_subject(retriever: Retriever) -> None:
    conversation = Conversation(retriever)
    only = Filters(document="stuk-1")
    assert (
        conversation.ask("Krijgt de brandweer minder geld van het Rijk?", filters=only).filters_used == only
    )
    assert conversation.ask("en vanaf wanneer?").filters_used == only
    assert conversation.ask("en vanaf wanneer?", filters=Filters()).filters_used == Filters()
    conversation.ask("Krijgt de brandweer minder geld van het Rijk?", filters=only)
    assert conversation.ask("Hoe hoog is de boete voor fietsen zonder licht?").filters_used == Filters()


def test_reset_forgets(retriever: Retriever) -> None:
    conversation = Conversation(retriever)
    conversation.ask("Krijgt de brandweer minder geld van het Rijk?", filters=Filters(document="stuk-1"))
    conversation.reset()
    answer = conversation.ask("om welk bedrag gaat het?")
    assert answer == retriever.search("om welk bedrag gaat het?")


def test_a_first_question_is_a_search(retriever: Retriever) -> None:
    question = "Wordt de boete voor fietsen zonder licht hoger?"
    assert Conversation(retriever).ask(question, k=3) == retriever.search(question, k=3)


def test_a_refused_question_leaves_the_conversation_as_it_was(retriever: Retriever) -> None:
    conversation = Conversation(retriever)
    conversation.ask("Krijgt de brandweer minder geld van het Rijk?")
    with pytest.raises(QuestionError):
        conversation.ask("x" * 3000)
    assert conversation.ask("om welk bedrag gaat het?").quotes[0].document == "stuk-1"
