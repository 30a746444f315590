"""Questions and answers brought together."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.documents import Footnote
from rag.readers.numbers import parse_numbers
from rag.readers.pairing import Part, pair
from tests.readers.samples import asked, one, paper, read, replied


def paired(questions: str, answers: str) -> list[tuple[str, str, str]]:
    """Labels separated by / on both sides; texts are q1, q2, ... and a1, a2, ... in printed order."""
    return [
        (" ".join(e.numbers), e.question.replace("\n", "+"), e.answer)
        for e in pair(_parts("q", questions), _parts("a", answers))
    ]


def _parts(letter: str, labels: str) -> list[Part]:
    split = [label.strip() for label in labels.split("/")] if labels else []
    return [Part(parse_numbers(label), f"{letter}{i}") for i, label in enumerate(split, 1)]


@pytest.mark.parametrize(
    ("questions", "answers", "expected"),
    [
        pytest.param("1/2", "1/2", [("1", "q1", "a1"), ("2", "q2", "a2")], id="plain"),
        pytest.param("2, 3", "2, 3", [("2 3", "q1", "a1")], id="v13-one-element"),
        pytest.param("2, 3", "2/3", [("2", "q1", "a1"), ("3", "q1", "a2")], id="v13-answered-apart"),
        pytest.param("1/2/3", "1/2 en 3", [("1", "q1", "a1"), ("2 3", "q2+q3", "a2")], id="v14"),
        pytest.param(
            "1/2/3/4", "1 tot en met 3/4", [("1 2 3", "q1+q2+q3", "a1"), ("4", "q4", "a2")], id="v14-range"
        ),
        pytest.param("1/2/3", "2/1 en 3", [("1 3", "q1+q3", "a2"), ("2", "q2", "a1")], id="v15-apart"),
        pytest.param("1/2/3", "3 en 2/1", [("1", "q1", "a2"), ("2 3", "q2+q3", "a1")], id="v15-descending"),
        pytest.param(
            "1/2/2", "1/2/2", [("1", "q1", "a1"), ("2", "q2", "a2"), ("2-2", "q3", "a3")], id="v15-twice"
        ),
        pytest.param(
            "1/2", "1/2/2", [("1", "q1", "a1"), ("2", "q2", "a2"), ("2-2", "q2", "a3")], id="v15-answer-twice"
        ),
        pytest.param("1/2", "1/1 en 2", [("1", "q1", "a1"), ("2 1", "q2", "a2")], id="v15-overlap"),
        pytest.param("12", "12a/12b", [("12a", "q1", "a1"), ("12b", "q1", "a2")], id="v16-answers"),
        pytest.param("12a/12b", "12", [("12a 12b", "q1+q2", "a1")], id="v16-questions"),
        pytest.param("//", "//", [("1", "q1", "a1"), ("2", "q2", "a2"), ("3", "q3", "a3")], id="v17"),
        pytest.param("/2", "1/", [("1", "q1", "a1"), ("2", "q2", "a2")], id="v17-some"),
        pytest.param("1/", "1/", [("1", "q1", "a1"), ("2", "q2", "a2")], id="v17-last"),
        pytest.param("5/6", "5/6", [("5", "q1", "a1"), ("6", "q2", "a2")], id="v19"),
        pytest.param(
            "1/2/3", "1/2", [("1", "q1", "a1"), ("2", "q2", "a2"), ("3", "q3", "")], id="v20-more-questions"
        ),
        pytest.param(
            "1", "1/2/3", [("1", "q1", "a1"), ("2", "", "a2"), ("3", "", "a3")], id="v20-more-answers"
        ),
        pytest.param("1", "1/", [("1", "q1", "a1"), ("1-2", "", "a2")], id="v20-left-over"),
        pytest.param("", "1", [("1", "", "a1")], id="v20-no-questions"),
        pytest.param("95/96", "95 en 96", [("95 96", "q1+q2", "a1")], id="v21"),
        pytest.param("2009/2", "2009/2", [("1", "q1", "a1"), ("2", "q2", "a2")], id="v22"),
        pytest.param("", "", [], id="nothing"),
    ],
)
def test_pairs(questions: str, answers: str, expected: list[tuple[str, str, str]]) -> None:
    assert paired(questions, answers) == expected


def test_notes_move_along_with_a_joint_question() -> None:
    questions = [
        Part(("1",), "Een?", (Footnote("1", "x", 4, in_answer=False),)),
        Part(("2",), "Twee?", (Footnote("2", "y", 5, in_answer=False),)),
    ]
    (exchange,) = pair(questions, [Part(("1", "2"), "Ja.", (Footnote("3", "z", 3),))])
    assert [exchange.question[: n.position] for n in exchange.footnotes[:2]] == ["Een?", "Een?\nTwee?"]
    assert exchange.footnotes[2] == Footnote("3", "z", 3)


LABELS = st.lists(st.lists(st.integers(1, 9).map(str), max_size=3, unique=True).map(tuple), max_size=6)


@given(LABELS, LABELS)
def test_nothing_is_lost_and_names_are_distinct(
    questions: list[tuple[str, ...]], answers: list[tuple[str, ...]]
) -> None:
    exchanges = pair(
        [Part(numbers, f"q{i};") for i, numbers in enumerate(questions)],
        [Part(numbers, f"a{i};") for i, numbers in enumerate(answers)],
    )
    assert sorted(e.answer for e in exchanges if e.answer) == sorted(f"a{i};" for i in range(len(answers)))
    for i in range(len(questions)):
        assert any(f"q{i};" in e.question.split("\n") for e in exchanges)
    names = [e.number for e in exchanges]
    assert len(set(names)) == len(names)


def test_v14_interleaved_in_a_paper(tmp_path: Path) -> None:
    content = paper(
        asked("Vraag 1", "Een?"),
        replied("Antwoord 1", "Ja."),
        asked("Vraag 2", "Twee?"),
        asked("Vraag 3", "Drie?"),
        replied("Antwoord op vragen 2 en 3:", "Nee."),
    )
    exchanges = one(read(tmp_path, "a.xml", content)).exchanges
    assert [(e.numbers, e.question, e.answer) for e in exchanges] == [
        (("1",), "Een?", "Ja."),
        (("2", "3"), "Twee?\nDrie?", "Nee."),
    ]


def test_v13_two_paragraphs_under_one_heading(tmp_path: Path) -> None:
    content = paper(
        "<vraag><nr>Vraag 2, 3</nr><al>Twee?</al><al>Drie?</al></vraag>", replied("Antwoord 2, 3", "Nee.")
    )
    (exchange,) = one(read(tmp_path, "a.xml", content)).exchanges
    assert (exchange.numbers, exchange.question) == (("2", "3"), "Twee?\nDrie?")


@pytest.mark.parametrize(
    "number", ["<nr>Vraag 4</nr>", "<nummer>4</nummer>", "<al>4</al>", "<nr/><al>Vraag 4</al>"]
)
def test_v18_where_the_number_stands(tmp_path: Path, number: str) -> None:
    content = paper(f"<vraag>{number}<al>Hoe?</al></vraag>", replied("Antwoord 4", "Zo."))
    (exchange,) = one(read(tmp_path, "a.xml", content)).exchanges
    assert (exchange.numbers, exchange.question, exchange.answer) == (("4",), "Hoe?", "Zo.")


@pytest.mark.parametrize(
    "heading", ["Antwoord 2", "Antwoorden 2", "Antwoord op vraag 2", "Antwoord vraag 2:"]
)
def test_v23_answer_headings(tmp_path: Path, heading: str) -> None:
    content = paper(asked("Vraag 1"), asked("Vraag 2", "Hoe?"), replied(heading, "Zo."))
    exchanges = one(read(tmp_path, "a.xml", content)).exchanges
    assert [(e.number, e.answer) for e in exchanges] == [("1", ""), ("2", "Zo.")]


def test_v17_an_only_paragraph_is_the_answer_even_if_it_is_a_number(tmp_path: Path) -> None:
    content = paper(asked("", "Hoeveel?"), replied("", "12."), asked("2", "En daar?"), replied("2", "3"))
    assert [e.answer for e in one(read(tmp_path, "a.xml", content)).exchanges] == ["12.", "3"]


def test_v17_several_paragraphs_without_a_number(tmp_path: Path) -> None:
    block = "<vraag><al>Hoeveel bruggen?</al><al>En hoe lang?</al></vraag>"
    (exchange,) = one(read(tmp_path, "a.xml", paper(block, replied("", "Twee.")))).exchanges
    assert (exchange.question, exchange.answer) == ("Hoeveel bruggen?\nEn hoe lang?", "Twee.")


def test_v24_headings_quoted_in_an_answer_are_text(tmp_path: Path) -> None:
    quoted = "<antwoord><nr>Antwoord 1</nr><al>Eerder:</al><al>Vraag 3</al><al>Antwoord</al></antwoord>"
    (exchange,) = one(read(tmp_path, "a.xml", paper(asked("Vraag 1"), quoted))).exchanges
    assert exchange.answer == "Eerder:\nVraag 3\nAntwoord"


def test_v25_a_reference_is_resolved_and_its_text_kept(tmp_path: Path) -> None:
    content = paper(asked("1"), replied("1", "Ja."), asked("2"), replied("2", "Zie het antwoord op vraag 1."))
    second = one(read(tmp_path, "a.xml", content)).exchanges[1]
    assert (second.answer, second.refers_to) == ("Zie het antwoord op vraag 1.", ("1",))


def test_v26_a_question_repeated_in_the_answer_stays(tmp_path: Path) -> None:
    content = paper(
        asked("1", "Hoe lang?"), "<antwoord><nr>1</nr><al>Hoe lang?</al><al>Tien meter.</al></antwoord>"
    )
    assert one(read(tmp_path, "a.xml", content)).exchanges[0].answer == "Hoe lang?\nTien meter."


def test_v42_a_paper_with_many_questions(tmp_path: Path) -> None:
    blocks = [f"{asked(f'Vraag {i}')}{replied(f'Antwoord {i}', 'brug ' * 1500)}" for i in range(1, 121)]
    exchanges = one(read(tmp_path, "a.xml", paper(*blocks))).exchanges
    assert [e.number for e in exchanges] == [str(i) for i in range(1, 121)]
    assert all(len(e.answer) > 5000 for e in exchanges)
