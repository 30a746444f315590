"""An answer as text for a terminal. Pure but for the width it is given."""

import shutil
import textwrap
from collections.abc import Iterable

from rag.answers import Answer, Coverage, Quote
from rag.citation import dutch_date
from rag.errors import Rejection
from rag.people import UNKNOWN, asker_text, minister_text

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_FICTION = "Voorbeeldgegevens: alle documenten in deze index zijn verzonnen."


def answer_text(answer: Answer, *, colour: bool) -> str:
    """The whole answer; the deciding sentence bold with ``colour``, else between » and «."""
    blocks = [_FICTION] if answer.coverage.fictional else []
    if answer.found:
        blocks += [quote_text(quote, colour=colour) for quote in answer.quotes]
    else:
        blocks.append(nothing_text(answer))
    return "\n\n".join(blocks)


def nothing_text(answer: Answer) -> str:
    """Say "Geen antwoord gevonden", what was searched, and what to try."""
    lines = ["Geen antwoord gevonden.", f"Doorzocht: {coverage_text(answer.coverage)}.", *answer.advice]
    return "\n".join(lines)


def coverage_text(coverage: Coverage) -> str:
    """How many answers from how many documents, over which period."""
    period = ""
    if coverage.first and coverage.last:
        period = f", beantwoord van {dutch_date(coverage.first)} tot en met {dutch_date(coverage.last)}"
    return f"{coverage.answers} antwoorden uit {coverage.documents} documenten{period}"


def quote_text(quote: Quote, *, colour: bool) -> str:
    """One quote with its question, its provenance and what belongs to it."""
    head = f"{quote.rank}. {quote.citation}, {_numbers(quote)}  [{quote.score:.2f}]"
    lines = [head, *_wrapped(_marked(quote, colour), "   | "), *_provenance(quote)]
    lines += [
        line for note in quote.footnotes for line in _labelled(f"Noot {note.mark}", note.text or UNKNOWN)
    ]
    for reference in quote.references:
        when = f" ({dutch_date(reference.published)})" if reference.published else ""
        lines += _labelled(f"{reference.label}{when}", reference.text)
    return "\n".join(lines)


def table(rejections: Iterable[Rejection]) -> str:
    """Rejected input: where, what, remedy."""
    rows = [("waar", "wat", "wat te doen"), *((r.where, r.what, r.remedy) for r in rejections)]
    return "\n".join(f"{where} | {what} | {remedy}" for where, what, remedy in rows)


def _provenance(quote: Quote) -> list[str]:
    facts = {
        "Vraag": quote.question.replace("\n", " ") or UNKNOWN,
        "Antwoord van": "; ".join(map(minister_text, quote.answered_by)) or UNKNOWN,
        "Mede namens": "; ".join(quote.on_behalf_of),
        "Gevraagd": dutch_date(quote.asked) if quote.asked else UNKNOWN,
        "Beantwoord": _answered(quote),
        "Gevraagd door": ", ".join(map(asker_text, quote.asked_by)) or UNKNOWN,
        "Onderwerpen": ", ".join(quote.topics),
        "Titel": quote.title,
        "Document": ", ".join(filter(None, (quote.document, quote.question_id))),
        "Bron antwoord": quote.url or UNKNOWN,
        "Bron vraag": quote.question_url or "",
    }
    return [line for label, text in facts.items() if text for line in _labelled(label, text)]


def _answered(quote: Quote) -> str:
    if quote.answered is None:
        return UNKNOWN
    days = "" if quote.days is None else f" (na {quote.days} {'dag' if quote.days == 1 else 'dagen'})"
    return dutch_date(quote.answered) + days


def _numbers(quote: Quote) -> str:
    *first, last = quote.numbers
    return f"vraag {', '.join(first)} en {last}" if first else f"vraag {last}"


def _marked(quote: Quote, colour: bool) -> str:
    if quote.mark_start is None or quote.mark_end is None:
        return quote.text
    start, end = quote.mark_start - quote.start, quote.mark_end - quote.start
    opening, closing = (_BOLD, _PLAIN) if colour else ("»", "«")
    return f"{quote.text[:start]}{opening}{quote.text[start:end]}{closing}{quote.text[end:]}"


def _labelled(label: str, text: str) -> list[str]:
    return _wrapped(f"{label}: {text}", "   ")


def _wrapped(text: str, margin: str) -> list[str]:
    width = min(shutil.get_terminal_size().columns, 100)
    return [
        line
        for paragraph in _harmless(text).split("\n")
        for line in textwrap.wrap(
            paragraph, width, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False
        )
        or [margin]
    ]


def _harmless(text: str) -> str:
    """Control characters of a document could move the cursor or recolour the terminal."""
    kept = {"\n", "\x1b"}
    clean = text.replace("\u00a0", " ").replace(_BOLD, "\0B").replace(_PLAIN, "\0P").replace("\x1b", "")
    clean = "".join(c for c in clean if c.isprintable() or c in kept or c == "\0")
    return clean.replace("\0B", _BOLD).replace("\0P", _PLAIN)
