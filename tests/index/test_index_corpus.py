"""The corpus: what goes in comes out to the letter, and nothing half-stored stays."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.corpus import FORMAT, Corpus
from rag.documents import Document, Exchange, Kind
from rag.errors import DocumentError, Rejection, SnapshotError
from rag.paragraphs import Span, paragraphs
from tests.helpers import document, exchange
from tests.index.test_index_paragraphs import TEXTS


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "corpus.db") as opened:
        yield opened


@given(st.lists(st.tuples(st.text(), TEXTS), max_size=4), st.text(), st.sampled_from(Kind))
@settings(max_examples=150, deadline=None)
def test_any_text_is_kept_to_the_letter_or_told(texts: list[tuple[str, str]], title: str, kind: Kind) -> None:
    exchanges = [exchange(n, answer, question) for n, (question, answer) in enumerate(texts)]
    given_document = document(1, *exchanges, title=title, kind=kind)
    with Corpus.open(Path(":memory:")) as corpus:
        intake = corpus.add([given_document])
        if any(_is_half(character) for text in (title, *sum(texts, ())) for character in text):
            assert [r.where for r in intake.rejections] == [given_document.id]
            assert not intake.is_new
            assert list(corpus.documents()) == []
        else:
            assert (intake.added, intake.rejections) == (1, [])
            assert corpus.document(given_document.id) == given_document
            assert [e.exchange for e in corpus.entries()] == [
                e for e in exchanges if kind.quotable and e.answer.strip()
            ]
        assert corpus.damage() == []


def test_a_hundred_thousand_characters_are_kept(corpus: Corpus) -> None:
    texts = ["x" * 100_000, "Ja. " * 25_000, "\x00\n" * 50_000]
    paper = document(1, *texts)
    assert corpus.add([paper]).added == 1
    assert corpus.document(paper.id) == paper
    assert [entry.exchange.answer for entry in corpus.entries()] == texts


def test_every_field_comes_back(corpus: Corpus, papers: tuple[Document, ...]) -> None:
    corpus.add(papers)
    assert list(corpus.documents()) == sorted(papers, key=lambda paper: paper.id)
    assert corpus.counts() == {"answered": 3, "delay": 1, "supplement": 1, "unanswered": 1}


def test_entries_are_the_quotable_answers_with_their_paragraphs(
    corpus: Corpus, papers: tuple[Document, ...]
) -> None:
    corpus.add(reversed(papers))
    entries = list(corpus.entries())
    quotable = [(paper, item) for paper in papers for item in paper.exchanges if paper.kind.quotable]
    assert [(entry.document, entry.exchange) for entry in entries] == quotable
    for entry in entries:
        assert list(entry.paragraphs) == paragraphs(entry.exchange.answer)
        assert corpus.entry(entry.row) == entry


def test_an_answer_without_text_is_no_entry(corpus: Corpus) -> None:
    corpus.add([document(1, "Ja.", "", " \n", "Nee.")])
    assert [entry.exchange.number for entry in corpus.entries()] == ["1", "4"]


def test_adding_again_changes_nothing_and_a_new_text_replaces(corpus: Corpus) -> None:
    old, new = document(1, "Ja.", "Nee."), document(1, "Jawel.")
    other = document(2, "Ja.")
    assert corpus.add([old, other]).added == 2
    before = corpus.fingerprint()
    again = corpus.add([old, other])
    assert (again.added, again.changed, again.unchanged, again.is_new) == (0, 0, 2, False)
    assert corpus.fingerprint() == before
    assert corpus.add([new]).changed == 1
    assert corpus.fingerprint() != before
    assert list(corpus.documents()) == [new, other]
    assert [entry.exchange.answer for entry in corpus.entries()] == ["Jawel.", "Ja."]


def test_the_fingerprint_does_not_depend_on_the_order(tmp_path: Path, papers: tuple[Document, ...]) -> None:
    prints = []
    for name, order in (("a", papers), ("b", papers[::-1]), ("c", papers[1:])):
        with Corpus.open(tmp_path / name) as corpus:
            corpus.add(order)
            prints.append(corpus.fingerprint())
    assert prints[0] == prints[1] != prints[2]


def test_rejections_pass_through(corpus: Corpus) -> None:
    rejection = Rejection("bron regel 3", "geen datum", "schrijf JJJJ-MM-DD")
    intake = corpus.add([rejection, document(1, "Ja.")])
    assert intake.rejections == [rejection]
    assert intake.added == 1


def test_a_failing_source_leaves_the_corpus_as_it_was(corpus: Corpus) -> None:
    corpus.add([document(1, "Ja.")])

    def broken() -> Iterator[Document]:
        yield document(1, "Anders.")
        yield document(2, "Nieuw.")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpus.add(broken())
    assert list(corpus.documents()) == [document(1, "Ja.")]
    assert corpus.add([document(3, "Ja.")]).added == 1


@pytest.mark.parametrize(
    "bad",
    [
        document(2, "Half \ud83d."),
        document(2, title="\udc00"),
        document("ah-\ud800", "Ja."),
        document(2, extra={"bron": "\udfff"}),
    ],
)
def test_half_characters_are_told_and_the_rest_is_stored(corpus: Corpus, bad: Document) -> None:
    intake = corpus.add([document(1, "Ja."), bad, document(3, "Nee.")])
    (rejection,) = intake.rejections
    assert "half teken" in rejection.what
    assert "UTF-8" in rejection.remedy
    assert rejection.where.isascii()
    assert [paper.id[-1] for paper in corpus.documents()] == ["1", "3"]


def test_two_answers_of_one_name_are_told_and_the_earlier_stays(corpus: Corpus) -> None:
    stays = document("a", exchange("1#2"))
    double = document(7, exchange(1), exchange(1, "Nee."))
    clash = document("a#1", exchange("1", "Eerste."), exchange("2"))
    intake = corpus.add([stays, double, clash])
    assert [r.where for r in intake.rejections] == [double.id, clash.id]
    assert all("kenmerk" in r.what and "eigen nummer" in r.remedy for r in intake.rejections)
    assert list(corpus.documents()) == [stays]
    assert intake.added == 1


def test_a_rejected_new_version_leaves_the_old_one(corpus: Corpus) -> None:
    old = document(1, "Ja.")
    corpus.add([old])
    intake = corpus.add([document(1, exchange(1), exchange(1))])
    assert (len(intake.rejections), intake.is_new) == (1, False)
    assert list(corpus.documents()) == [old]


def test_about_gives_all_papers_of_one_question_by_answer_date(corpus: Corpus) -> None:
    days = {"late": date(2031, 5, 1), "early": date(2031, 1, 1), "none": None}
    corpus.add(document(name, "Ja.", question_id="2030Z1", answered=day) for name, day in days.items())
    corpus.add([document("elders", "Ja.", question_id="2030Z2")])
    assert [paper.id for paper in corpus.about("2030Z1")] == ["none", "early", "late"]
    assert corpus.about("2030Z9") == []


def test_an_unknown_document_is_named(corpus: Corpus) -> None:
    with pytest.raises(DocumentError, match="'ah-tk-0'"):
        corpus.document("ah-tk-0")


def test_a_copy_holds_the_same_rows(corpus: Corpus, tmp_path: Path, papers: tuple[Document, ...]) -> None:
    corpus.add(papers)
    corpus.add([document(1, "Anders.")])
    corpus.copy_to(tmp_path / "texts.db")
    with Corpus.open_frozen(tmp_path / "texts.db") as copy:
        assert list(copy.entries()) == list(corpus.entries())
        assert copy.fingerprint() == corpus.fingerprint()
        assert copy.damage() == []


def test_a_frozen_corpus_cannot_be_changed(corpus: Corpus, tmp_path: Path) -> None:
    corpus.copy_to(tmp_path / "naam met spatie#?.db")
    with (
        Corpus.open_frozen(tmp_path / "naam met spatie#?.db") as copy,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        copy.add([document(1)])


def test_a_file_that_is_no_corpus_is_refused(tmp_path: Path) -> None:
    (tmp_path / "corpus.db").write_text("Dit is geen database, maar wel een lange tekst. " * 10)
    with pytest.raises(SnapshotError, match="geen leesbaar corpus"):
        Corpus.open(tmp_path / "corpus.db")


def test_another_format_is_refused(tmp_path: Path) -> None:
    Corpus.open(tmp_path / "corpus.db").close()
    with sqlite3.connect(tmp_path / "corpus.db") as database:
        database.execute(f"PRAGMA user_version = {FORMAT + 1}")
    database.close()
    with pytest.raises(SnapshotError, match=f"vorm {FORMAT + 1}, verwacht {FORMAT}"):
        Corpus.open(tmp_path / "corpus.db")


def test_an_absent_frozen_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="ontbreekt"):
        Corpus.open_frozen(tmp_path / "weg.db")
    assert list(tmp_path.iterdir()) == []


def test_opening_an_existing_corpus_does_not_write(tmp_path: Path) -> None:
    file = tmp_path / "corpus.db"
    with Corpus.open(file) as corpus:
        corpus.add([document(1, "Ja.")])
    before = file.read_bytes()
    with Corpus.open(file) as corpus:
        assert corpus.damage() == []
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE documents SET kind = 'delay' WHERE id LIKE '%-1'",
        "UPDATE documents SET title = title || '.'",
        "UPDATE documents SET asked = '2030-10-02'",
        "UPDATE documents SET answered = '2030-10-29'",
        "UPDATE documents SET answered = NULL",
        "UPDATE documents SET question_id = '2030Z9'",
        "UPDATE documents SET url = NULL",
        "UPDATE documents SET digest = upper(digest)",
        "UPDATE documents SET record = replace(record, 'Bedacht', 'Bedocht')",
        "UPDATE documents SET record = 'null'",
        "UPDATE documents SET record = '{}'",
        "UPDATE documents SET record = '[1]'",
        "UPDATE documents SET record = replace(record, 'answered', 'unheard')",
        "UPDATE exchanges SET answer = answer || ' '",
        "UPDATE exchanges SET question = ''",
        "UPDATE exchanges SET position = position + 4 WHERE position = 1",
        "UPDATE exchanges SET position = 1 - position WHERE position < 2",
        "DELETE FROM exchanges WHERE position = 1",
        "UPDATE paragraphs SET start = start + 1",
        'UPDATE paragraphs SET "end" = "end" - 1',
        'UPDATE paragraphs SET "end" = "end" + 1',
        "UPDATE paragraphs SET position = 0 WHERE position = 1",
        "UPDATE paragraphs SET position = 6 WHERE position = 2",
        "DELETE FROM paragraphs",
        "DELETE FROM paragraphs WHERE position = 2",
    ],
)
def test_damage_reports_whatever_was_changed_behind_its_back(
    tmp_path: Path, papers: tuple[Document, ...], change: str
) -> None:
    with Corpus.open(tmp_path / "corpus.db") as corpus:
        long = "De brug is open. " * 60
        corpus.add([*papers, document(9, long, "Ja.", question_id="2030Z1")])
        assert corpus.damage() == []
    with sqlite3.connect(tmp_path / "corpus.db") as database:
        database.execute("PRAGMA foreign_keys = OFF")
        assert database.execute(change).rowcount
    database.close()
    with Corpus.open(tmp_path / "corpus.db") as corpus:
        assert corpus.damage()


def test_spans_compare_and_measure() -> None:
    assert len(Span(2, 5)) == 3
    assert Span(2, 5) < Span(3, 4)
    assert Exchange(("2", "3"), "", "").number == "2"


def _is_half(character: str) -> bool:
    return 0xD800 <= ord(character) < 0xE000
