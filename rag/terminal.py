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
    searched = f"Doorzocht: {coverage_text(answer.coverage)}."
    return "\n".join(["Geen antwoord gevonden.", searched, *map(harmless, answer.advice)])


def coverage_text(coverage: Coverage) -> str:
    """How many answers from how many documents, over which period."""
    period = ""
    if coverage.first and coverage.last:
        period = f", beantwoord van {dutch_date(coverage.first)} tot en met {dutch_date(coverage.last)}"
    answers, documents = (f"{count:,}".replace(",", ".") for count in (coverage.answers, coverage.documents))
    return f"{answers} antwoorden uit {documents} documenten{period}"


def quote_text(quote: Quote, *, colour: bool) -> str:
    """One quote with its question, its provenance and what belongs to it."""
    head = harmless(f"{quote.rank}. {quote.citation}, {_numbers(quote)}  [{quote.score:.2f}]")
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
    return "\n".join(harmless(" | ".join(row)).replace("\n", " ") for row in rows)


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
        return harmless(quote.text)
    start, end = quote.mark_start - quote.start, quote.mark_end - quote.start
    opening, closing = (_BOLD, _PLAIN) if colour else ("»", "«")
    before, mark, after = map(harmless, (quote.text[:start], quote.text[start:end], quote.text[end:]))
    return f"{before}{opening}{mark}{closing}{after}"


def _labelled(label: str, text: str) -> list[str]:
    return _wrapped(harmless(f"{label}: {text}"), "   ")


def _wrapped(text: str, margin: str) -> list[str]:
    width = min(shutil.get_terminal_size().columns, 100)
    filler = textwrap.TextWrapper(width, initial_indent=margin, subsequent_indent=margin)
    # A link that is broken over two lines cannot be followed.
    filler.break_long_words = filler.break_on_hyphens = False
    return [line for paragraph in text.split("\n") for line in filler.wrap(paragraph) or [margin]]


def harmless(text: str) -> str:
    """Without the control characters that could move the cursor or recolour the terminal."""
    return "".join(c if c == "\n" or c.isprintable() else " " if c.isspace() else "" for c in text)
