"""The corpus: every document and answer in one SQLite file, the truth that all else derives from.

Tables that any tool can read: ``documents`` (provenance as JSON in ``record``), ``exchanges``
(question and answer to the letter), ``paragraphs`` (offsets in the answer).
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Self

from rag.documents import Document, Exchange
from rag.errors import DocumentError, Rejection, SnapshotError
from rag.paragraphs import Span, covers, paragraphs
from rag.readers.records import from_record, to_record

FORMAT = 1

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, asked TEXT, answered TEXT,
    question_id TEXT, url TEXT, record TEXT NOT NULL, digest TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS documents_question ON documents (question_id);
CREATE TABLE IF NOT EXISTS exchanges (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS exchanges_document ON exchanges (document_id, position);
CREATE TABLE IF NOT EXISTS paragraphs (
    exchange INTEGER NOT NULL REFERENCES exchanges (row) ON DELETE CASCADE,
    position INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (exchange, position)) STRICT, WITHOUT ROWID;
"""
_OUT_OF_PLACE = """
SELECT 'exchanges' FROM exchanges GROUP BY document_id
    HAVING (min(position), max(position)) <> (0, count(*) - 1)
UNION SELECT 'paragraphs' FROM paragraphs GROUP BY exchange
    HAVING (min(position), max(position)) <> (1, count(*));
"""


@dataclass(slots=True)
class Intake:
    """What one addition did: counts of documents, and what was left out."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejections: list[Rejection] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether the corpus differs from what it was."""
        return bool(self.added or self.changed)


@dataclass(frozen=True, slots=True)
class Entry:
    """One quotable exchange as stored: its row, its document, its paragraphs."""

    row: int
    document: Document
    exchange: Exchange
    paragraphs: tuple[Span, ...]


class Corpus:
    """An open corpus file; a context manager. Not for use by two writers at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def open(cls, file: Path) -> Self:
        """Open or create the corpus for writing.

        Raises:
            SnapshotError: the file is no corpus, or one of another format.
        """
        connection = sqlite3.connect(file, isolation_level=None)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version in (0, FORMAT):
                connection.execute("PRAGMA foreign_keys = ON")
                if not version:
                    connection.executescript(f"{_SCHEMA} PRAGMA user_version = {FORMAT};")
                return cls(connection)
        except sqlite3.DatabaseError as error:
            connection.close()
            raise SnapshotError(_not_a_corpus(file, str(error))) from error
        connection.close()
        raise SnapshotError(_not_a_corpus(file, f"vorm {version}, verwacht {FORMAT}"))

    @classmethod
    def open_frozen(cls, file: Path) -> Self:
        """Open a corpus file that nothing changes any more, for reading by many threads."""
        if not file.is_file():
            raise SnapshotError(f"{file} ontbreekt: bouw de index opnieuw met 'kamerantwoord build'.")
        address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        return cls(sqlite3.connect(address, uri=True, check_same_thread=False))

    def add(self, items: Iterable[Document | Rejection]) -> Intake:
        """Store documents, in one transaction: all of them or, on any failure, none.

        A document with a known id replaces the earlier one; the same text changes nothing. One
        that cannot be stored to the letter is left out and told in ``rejections``.
        """
        intake = Intake()
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for item in items:
                if isinstance(item, Rejection):
                    intake.rejections.append(item)
                else:
                    self._put_or_reject(item, intake)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        return intake

    def documents(self) -> Iterator[Document]:
        """All documents, by id."""
        for (name,) in self._db.execute("SELECT id FROM documents ORDER BY id").fetchall():
            yield self.document(name)

    def document(self, name: str) -> Document:
        """The document with this id.

        Raises:
            DocumentError: there is none.
        """
        found = self._db.execute("SELECT record FROM documents WHERE id = ?", (name,)).fetchone()
        if found is None:
            raise DocumentError(f"Document {name!r} is niet in deze index.")
        rows = self._db.execute(
            "SELECT question, answer FROM exchanges WHERE document_id = ? ORDER BY position", (name,)
        )
        return _document(found[0], rows.fetchall())

    def entries(self) -> Iterator[Entry]:
        """Every exchange with an answer that may be quoted, by document id and place in it."""
        for document in self.documents():
            if document.kind.quotable:
                yield from self._entries(document)

    def entry(self, row: int) -> Entry:
        """The stored exchange with this row number."""
        name, position = self._db.execute(
            "SELECT document_id, position FROM exchanges WHERE row = ?", (row,)
        ).fetchone()
        document = self.document(name)
        return Entry(row, document, document.exchanges[position], self._paragraphs(row))

    def about(self, question_id: str) -> list[Document]:
        """All documents about one parliamentary question, by answer date then id."""
        found = self._db.execute(
            "SELECT id FROM documents WHERE question_id = ? ORDER BY answered, id", (question_id,)
        ).fetchall()
        return [self.document(name) for (name,) in found]

    def counts(self) -> dict[str, int]:
        """Number of documents of each kind."""
        return dict(
            self._db.execute("SELECT kind, count(*) FROM documents GROUP BY kind ORDER BY kind").fetchall()
        )

    def damage(self) -> list[str]:
        """What is wrong with the file, in words; empty where it is whole."""
        try:
            report = [row[0] for row in self._db.execute("PRAGMA integrity_check") if row[0] != "ok"]
            report += [f"de volgorde in {row[0]} is veranderd" for row in self._db.execute(_OUT_OF_PLACE)]
            changed = [document.id for document in self.documents() if not self._is_whole(document)]
        except (sqlite3.Error, ValueError, LookupError, TypeError, DocumentError) as error:
            return [f"onleesbaar: {error}"]
        return report + [f"document {name} is veranderd sinds het werd opgeslagen" for name in changed]

    def fingerprint(self) -> str:
        """SHA-256 in hex that two corpora share exactly where they hold the same documents."""
        rows = self._db.execute("SELECT id, digest FROM documents ORDER BY id").fetchall()
        return sha256(json.dumps(rows).encode()).hexdigest()

    def copy_to(self, file: Path) -> None:
        """Write a compact copy of the whole corpus."""
        self._db.execute("VACUUM INTO ?", (str(file),))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _put_or_reject(self, document: Document, intake: Intake) -> None:
        self._db.execute("SAVEPOINT document")
        try:
            self._put(document, intake)
        except (UnicodeEncodeError, sqlite3.IntegrityError) as error:
            self._db.execute("ROLLBACK TO document")
            intake.rejections.append(_rejection(document, error))
        self._db.execute("RELEASE document")

    def _put(self, document: Document, intake: Intake) -> None:
        record = to_record(document)
        digest = _digest(record)
        known = self._db.execute("SELECT digest FROM documents WHERE id = ?", (document.id,)).fetchone()
        if known and known[0] == digest:
            intake.unchanged += 1
            return
        self._db.execute("DELETE FROM documents WHERE id = ?", (document.id,))
        self._db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _columns(document, record, digest)
        )
        for position, exchange in enumerate(document.exchanges):
            self._put_exchange(document, position, exchange)
        intake.changed += bool(known)
        intake.added += not known

    def _put_exchange(self, document: Document, position: int, exchange: Exchange) -> None:
        row = self._db.execute(
            "INSERT INTO exchanges (id, document_id, position, question, answer) VALUES (?, ?, ?, ?, ?)",
            (document.exchange_id(exchange), document.id, position, exchange.question, exchange.answer),
        ).lastrowid
        spans = enumerate(paragraphs(exchange.answer), start=1)
        self._db.executemany(
            "INSERT INTO paragraphs VALUES (?, ?, ?, ?)",
            ((row, n, span.start, span.end) for n, span in spans),
        )

    def _is_whole(self, document: Document) -> bool:
        """Whether columns, digest and paragraphs are those that were stored with the texts."""
        record = to_record(document)
        expected = list(_columns(document, record, _digest(record)))
        stored = list(self._db.execute("SELECT * FROM documents WHERE id = ?", (document.id,)).fetchone())
        # The digest stands for the record (column 7): its order of fields may differ.
        del expected[7], stored[7]
        pairs = zip(self._rows(document), document.exchanges, strict=True)
        whole = all(covers(exchange.answer, self._paragraphs(row)) for row, exchange in pairs)
        return whole and stored == expected

    def _entries(self, document: Document) -> Iterator[Entry]:
        for row, exchange in zip(self._rows(document), document.exchanges, strict=True):
            spans = self._paragraphs(row)
            if spans:
                yield Entry(row, document, exchange, spans)

    def _rows(self, document: Document) -> list[int]:
        listed = "SELECT row FROM exchanges WHERE document_id = ? ORDER BY position"
        return [row for (row,) in self._db.execute(listed, (document.id,)).fetchall()]

    def _paragraphs(self, row: int) -> tuple[Span, ...]:
        found = self._db.execute(
            'SELECT start, "end" FROM paragraphs WHERE exchange = ? ORDER BY position', (row,)
        )
        return tuple(Span(start, end) for start, end in found)


def _columns(document: Document, record: dict[str, object], digest: str) -> tuple[str | None, ...]:
    # Question and answer texts stand in their own table; the rest of the record is kept here.
    listed = record.get("exchanges")
    rest = [
        {name: value for name, value in item.items() if name not in ("question", "answer")}
        for item in (listed if isinstance(listed, list) else [])
    ]
    asked, answered = (day.isoformat() if day else None for day in (document.asked, document.answered))
    text = json.dumps({**record, "exchanges": rest}, ensure_ascii=False)
    kept = (document.question_id, document.url, text, digest)
    return (document.id, document.kind.value, document.title, asked, answered, *kept)


def _document(record: str, texts: list[tuple[str, str]]) -> Document:
    values = json.loads(record)
    values["exchanges"] = [
        {**item, "question": question, "answer": answer}
        for item, (question, answer) in zip(values["exchanges"], texts, strict=True)
    ]
    return from_record(values)


def _digest(record: dict[str, object]) -> str:
    return sha256(json.dumps(record, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _rejection(document: Document, error: Exception) -> Rejection:
    what = "een antwoord heeft hetzelfde kenmerk als een ander antwoord"
    remedy = "geef elk document en elke vraag daarin een eigen nummer"
    if isinstance(error, UnicodeEncodeError):
        what = f"de tekst bevat een half teken ({error.object[error.start]!a})"
        remedy = "sla de bron op als geldige UTF-8 en lees haar opnieuw in"
    return Rejection(ascii(document.id)[1:-1], what, remedy)


def _not_a_corpus(file: Path, why: str) -> str:
    return f"{file} is geen leesbaar corpus ({why}): kies een andere --index of verwijder de map."
