import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import QuestionError
from rag.retriever import Retriever
from tests.asking.stock import BRUG, STEADY


@pytest.mark.parametrize("question", ["", " ", "\n\t ", "\u00a0\u2003", "\x1c\x1d"])
def test_an_empty_question_is_refused_with_a_remedy(retriever: Retriever, question: str) -> None:
    with pytest.raises(QuestionError, match=r"leeg.*stel een vraag"):
        retriever.search(question)


@pytest.mark.parametrize("length", [2001, 100_000])
def test_a_question_that_is_too_long_is_refused(retriever: Retriever, length: int) -> None:
    with pytest.raises(QuestionError, match=rf"{length}.*kort"):
        retriever.search("a" * length)


def test_a_question_of_the_greatest_length_is_answered(retriever: Retriever) -> None:
    longest = f"{BRUG} ".ljust(1999, "x") + "?"
    assert len(longest) == 2000
    assert retriever.search(longest).query == longest
    assert retriever.search(f"{BRUG} " * 30, k=1).quotes[0].answer == "ah-tk-20402041-12#2"


ODD = [
    *(
        "?",
        "???!!! ... ;;; ---",
        "*",
        "* ? ~ ^",
        "title:(foo AND",
        "stem:brug OR gram:(",
        '"brug',
        "\\",
        "\\x00",
    ),
    *("brug AND NOT (water", "[a TO z]", "brug~2 ^3", "'; DROP TABLE documents; --", "%s %d {0} {}"),
    *("\x00", "\x00\x01\x02 brug", "\x1b[31mbrug", "\u202ebrug", "\ufeffbrug", "\uffff", "e\u0301" * 90),
    *(
        "\U0001f980",
        "\U0001f980 brug \U0001f468\u200d\U0001f469\u200d\U0001f467",
        "é",
        "ß İ ŉ",
        "١٢٣ ٤",
        "中文 問題",
    ),
    *("a" * 2000, "brug " * 390, "<script>alert(1)</script>", "../../etc/passwd", "\ud800", "brug \udcff"),
]


@pytest.mark.parametrize("question", ODD, ids=range(len(ODD)))
def test_odd_questions_are_answered_or_refused_never_a_crash(retriever: Retriever, question: str) -> None:
    try:
        answer = retriever.search(question, k=3)
    except QuestionError as error:
        assert "vraag" in str(error)  # noqa: PT017
        return
    assert answer.found == bool(answer.quotes)
    assert answer == retriever.search(question, k=3)
    assert answer.found or answer.advice


@STEADY
@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_answered_or_refused(retriever: Retriever, question: str) -> None:
    try:
        answer = retriever.search(question)
    except QuestionError:
        assert not question.split()
    else:
        assert answer.found == bool(answer.quotes)


def test_query_syntax_is_no_syntax(retriever: Retriever) -> None:
    for question in ("brug AND NOT waterdrecht zwevende", 'title:"zwevende brug waterdrecht"'):
        assert retriever.search(question, k=1).quotes[0].document.startswith("ah-tk-20402041-")
