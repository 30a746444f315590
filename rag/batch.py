"""Questions from a file, answers to a file: text, CSV, JSON Lines, TREC."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import IO

from rag.answers import Answer, Filters, Quote
from rag.errors import FilterError, QuestionError, Rejection, SourceError
from rag.people import asker_text, minister_text
from rag.retriever import Retriever

_FILTERS = tuple(item.name for item in fields(Filters))
_COLUMNS = (
    "id query found rank score document answer start end text mark_start mark_end "
    "title question answered_by answered asked_by url citation"
).split()
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a batch."""

    id: str
    query: str
    filters: Filters


def read_questions(file: Path, base: Filters) -> Iterator[Question | Rejection]:
    """The questions of a ``.txt``, ``.csv`` (column ``query``) or ``.jsonl`` file (field ``query``).

    A question's own filters go before those of ``base``. A bad line comes out as a Rejection.

    Raises:
        SourceError: the file cannot be read, or its kind is unknown.
    """
    readers: dict[str, Callable[[Path], Iterator[dict[str, object] | Rejection]]] = {
        ".txt": _text_lines,
        ".csv": _csv_lines,
        ".jsonl": _json_lines,
    }
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise SourceError(
            f"{file}: een vragenbestand eindigt op .txt, .csv of .jsonl, niet op {file.suffix!r}."
        )
    try:
        for number, item in enumerate(reader(file), start=1):
            yield item if isinstance(item, Rejection) else _question(item, number, base, file)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(
            f"{file} is niet te lezen ({error}): geef een bestaand bestand in UTF-8."
        ) from error


def answer_all(
    retriever: Retriever, questions: Iterable[Question | Rejection], *, k: int, rejected: list[Rejection]
) -> Iterator[tuple[Question, Answer]]:
    """Each question with its answer, in order; what cannot be answered is added to ``rejected``."""
    for question in questions:
        if isinstance(question, Rejection):
            rejected.append(question)
            continue
        try:
            yield question, retriever.search(question.query, k=k, filters=question.filters)
        except (FilterError, QuestionError) as error:
            rejected.append(
                Rejection(f"vraag {question.id}", str(error), "verbeter de vraag of haar filters")
            )


def write_answers(file: Path, answers: Iterable[tuple[Question, Answer]]) -> None:
    """Write answers by the file's suffix: ``.jsonl``, ``.csv`` or ``.trec``; whole or not at all.

    Raises:
        SourceError: another suffix, or the file cannot be written.
    """
    writer = _WRITERS.get(file.suffix.lower())
    if writer is None:
        raise SourceError(f"{file}: uitvoer eindigt op .jsonl, .csv of .trec, niet op {file.suffix!r}.")
    aside = file.with_name(f".{file.name}.new")
    try:
        # Half a surrogate pair in a question has no UTF-8; it is written as its escape.
        with aside.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            writer(stream, answers)
        aside.replace(file)
    except OSError as error:
        raise SourceError(f"{file} is niet te schrijven ({error}): kies een andere --output.") from error
    finally:
        aside.unlink(missing_ok=True)


def answer_record(name: str, answer: Answer) -> dict[str, object]:
    """One answer as the JSON object that ``interfaces`` fixes."""
    return {
        "id": name,
        "query": answer.query,
        "found": answer.found,
        "hits": [quote_record(quote) for quote in answer.quotes],
    }


def quote_record(quote: Quote) -> dict[str, object]:
    """One quote as a JSON object."""
    return {
        "rank": quote.rank,
        "score": round(quote.score, 6),
        "document": quote.document,
        "answer": quote.answer,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "mark_start": quote.mark_start,
        "mark_end": quote.mark_end,
        "title": quote.title,
        "question": quote.question,
        "answered_by": "; ".join(map(minister_text, quote.answered_by)) or None,
        "answered": quote.answered.isoformat() if quote.answered else None,
        "asked_by": list(map(asker_text, quote.asked_by)),
        "url": quote.url,
        "citation": quote.citation,
        **_more(quote),
    }


def parse_filters(values: dict[str, object], base: Filters) -> Filters:
    """Filters from loose values, over those of ``base``.

    Raises:
        FilterError: an unknown name, or a date that is none.
    """
    chosen: dict[str, object] = {name: getattr(base, name) for name in _FILTERS}
    for name, value in values.items():
        if name not in _FILTERS:
            raise FilterError(f"Onbekend filter {name!r}: kies uit {', '.join(_FILTERS)}.")
        if value is not None:
            chosen[name] = parse_date(name, value) if name in ("since", "until") else str(value)
    return Filters(**chosen)  # type: ignore[arg-type]


def parse_date(name: str, value: object) -> date:
    """An ISO date.

    Raises:
        FilterError: it is none.
    """
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise FilterError(
            f"Filter {name}: {value!r} is geen datum; schrijf jjjj-mm-dd, zoals 2024-01-31."
        ) from error


def _more(quote: Quote) -> dict[str, object]:
    """What stands beside the fixed fields."""
    return {
        "kind": quote.kind.value,
        "numbers": list(quote.numbers),
        "asked": quote.asked.isoformat() if quote.asked else None,
        "days": quote.days,
        "on_behalf_of": list(quote.on_behalf_of),
        "topics": list(quote.topics),
        "question_id": quote.question_id,
        "question_url": quote.question_url,
        "fictional": quote.fictional,
        "parts": {name: round(value, 6) for name, value in quote.parts.items()},
        "footnotes": [
            {"mark": note.mark, "text": note.text, "position": note.position} for note in quote.footnotes
        ],
        "references": [
            {
                "label": item.label,
                "text": item.text,
                "document": item.document,
                "published": item.published.isoformat() if item.published else None,
                "url": item.url,
            }
            for item in quote.references
        ],
    }


def _text_lines(file: Path) -> Iterator[dict[str, object] | Rejection]:
    with file.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            except UnicodeDecodeError as error:
                what = f"geen UTF-8 ({error})"
                yield Rejection(f"{file}, regel {number}", what, "sla het bestand op als UTF-8")
                continue
            if text:
                yield {"query": text}


def _csv_lines(file: Path) -> Iterator[dict[str, object] | Rejection]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        sample = stream.readline()
        stream.seek(0)
        rows = csv.DictReader(stream, delimiter=";" if sample.count(";") > sample.count(",") else ",")
        if "query" not in (rows.fieldnames or ()):
            present = ", ".join(rows.fieldnames or ()) or "niets"
            raise SourceError(f"{file} heeft geen kolom 'query' (wel: {present}): noem de kolom zo.")
        for row in rows:
            if None in row:
                # An unquoted comma in a question: its first half would be another question.
                where, what = f"{file}, regel {rows.line_num}", "meer cellen dan kolommen"
                yield Rejection(where, what, "zet een vraag met een komma tussen aanhalingstekens")
                continue
            filters = {name: row[name] for name in _FILTERS if row.get(name)}
            yield {"query": row["query"] or "", "id": row.get("id"), "filters": filters}


def _json_lines(file: Path) -> Iterator[dict[str, object] | Rejection]:
    with file.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield Rejection(
                    f"{file}, regel {number}", f"geen JSON ({error})", "verbeter of verwijder de regel"
                )
                continue
            yield (
                value
                if isinstance(value, dict)
                else Rejection(f"{file}, regel {number}", "geen JSON-object", 'schrijf {"query": "..."}')
            )


def _question(item: dict[str, object], number: int, base: Filters, file: Path) -> Question | Rejection:
    query, filters = item.get("query"), item.get("filters") or {}
    where = f"{file}, vraag {number}"
    if not isinstance(query, str) or not query.strip():
        return Rejection(where, f"veld query is {query!r}", "geef een vraag in gewone woorden")
    if not isinstance(filters, dict):
        return Rejection(where, f"veld filters is {filters!r}", 'schrijf een object zoals {"party": "XYZ"}')
    name = str(given).strip() if (given := item.get("id")) is not None else ""
    try:
        return Question(name or f"q{number}", query, parse_filters(filters, base))
    except FilterError as error:
        return Rejection(where, str(error), "verbeter het filter")


def _write_jsonl(stream: IO[str], answers: Iterable[tuple[Question, Answer]]) -> None:
    for question, answer in answers:
        stream.write(json.dumps(answer_record(question.id, answer), ensure_ascii=False) + "\n")


def _write_csv(stream: IO[str], answers: Iterable[tuple[Question, Answer]]) -> None:
    rows = csv.DictWriter(stream, _COLUMNS, extrasaction="ignore")
    rows.writeheader()
    for question, answer in answers:
        about = {"id": question.id, "query": question.query, "found": str(answer.found).lower()}
        for quote in answer.quotes:
            record = quote_record(quote)
            record["asked_by"] = "; ".join(map(str, record["asked_by"]))  # type: ignore[call-overload]
            rows.writerow({name: _cell(value) for name, value in (record | about).items()})
        if not answer.quotes:
            rows.writerow({name: _cell(value) for name, value in about.items()})


def _cell(value: object) -> object:
    """A spreadsheet runs text that opens like a formula: a quote mark in front keeps it text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _write_trec(stream: IO[str], answers: Iterable[tuple[Question, Answer]]) -> None:
    for question, answer in answers:
        for quote in answer.quotes:
            name, run = _token(question.id), "kamerantwoord"
            stream.write(f"{name} Q0 {_token(quote.answer)} {quote.rank} {quote.score:.6f} {run}\n")


def _token(text: str) -> str:
    """TREC separates by white space, so it cannot stand inside an id."""
    return "%20".join(text.split())


_WRITERS: dict[str, Callable[[IO[str], Iterable[tuple[Question, Answer]]], None]] = {
    ".jsonl": _write_jsonl,
    ".csv": _write_csv,
    ".trec": _write_trec,
}
