"""One quote as a card: question beside answer, provenance, links, citation. Pure."""

from datetime import date
from itertools import count

from rag.answers import Quote, Reference
from rag.citation import dutch_date
from rag.documents import Kind, Minister
from rag.page.provenance import provenance, who
from rag.page.text import Layers, link, plain, prose, shown
from rag.paragraphs import Span
from rag.people import UNKNOWN, minister_text

KINDS = {
    Kind.ANSWERED: "Antwoord",
    Kind.UNANSWERED: "Nog niet beantwoord",
    Kind.DELAY: "Uitstelbericht",
    Kind.SUPPLEMENT: "Nader antwoord",
    Kind.CORRECTION: "Correctie",
}
_OPEN_UP_TO = 400


def card(quote: Quote, name: str) -> str:
    """The card of a quote; ``name`` is its id on the page and must be unique there."""
    return (
        f'<article class="card" id="{plain(name)}" aria-labelledby="{plain(name)}-kop">'
        f"{_heading(quote, name)}"
        f'<div class="pair">{_question(quote)}{_answer(quote, name)}</div>'
        f"{_references(quote)}{provenance(quote)}{_actions(quote)}</article>"
    )


def numbers(names: tuple[str, ...]) -> str:
    """``Vraag 2``, ``Vraag 2 en 3``, ``Vraag 2, 3 en 4``."""
    *others, last = names
    return f"Vraag {', '.join(others)} en {last}" if others else f"Vraag {last}"


def _heading(quote: Quote, name: str) -> str:
    badges = [f'<span class="badge">{KINDS[quote.kind]}</span>'] if quote.kind is not Kind.ANSWERED else []
    if quote.fictional:
        badges.append('<span class="badge fiction">Fictief voorbeeld</span>')
    when = _time(quote.answered) if quote.answered else "datum onbekend"
    return (
        f'<header><h3 id="{plain(name)}-kop"><span class="unseen">Citaat {quote.rank}: </span>'
        f"{_speakers(quote.answered_by)}</h3>"
        f'<p class="when">{when} {" ".join(badges)}</p></header>'
    )


def _time(day: date) -> str:
    return f'<time datetime="{day}">{dutch_date(day)}</time>'


def _speakers(ministers: tuple[Minister, ...]) -> str:
    return " en ".join(f"<bdi>{who(minister)}</bdi>" for minister in ministers) or "Bewindspersoon onbekend"


def _question(quote: Quote) -> str:
    return (
        f'<section class="question"><h4>{shown(numbers(quote.numbers))}</h4>{prose(quote.question)}'
        f'<p class="title"><bdi>{shown(quote.title)}</bdi></p></section>'
    )


def _answer(quote: Quote, name: str) -> str:
    span = Span(quote.start, quote.end)
    layers = Layers(mark=_mark(quote), notes=quote.footnotes, prefix=name)
    source = f' cite="{plain(quote.url)}"' if quote.url else ""
    return (
        f'<section class="answer"><h4 class="unseen">Antwoord</h4>'
        f'<blockquote lang="nl"{source}>{prose(quote.answer_text, span, layers)}</blockquote>'
        f"{_footnotes(quote, name)}{_whole(quote, layers)}</section>"
    )


def _mark(quote: Quote) -> Span | None:
    if quote.mark_start is None or quote.mark_end is None:
        return None
    return Span(quote.mark_start, quote.mark_end)


def _footnotes(quote: Quote, name: str) -> str:
    if not quote.footnotes:
        return ""
    items = "".join(
        f'<li id="{plain(name)}-noot-{number}"><span class="sign">{shown(note.mark)}</span> '
        f"<bdi>{shown(note.text) if note.text else 'tekst van de voetnoot onbekend'}</bdi></li>"
        for number, note in zip(count(1), quote.footnotes, strict=False)
    )
    return f'<ul class="notes" aria-label="Voetnoten">{items}</ul>'


def _whole(quote: Quote, layers: Layers) -> str:
    if quote.text.strip() == quote.answer_text.strip():
        return '<p class="whole">Dit is het hele antwoord.</p>'
    every = Layers(layers.mark, Span(quote.start, quote.end), layers.notes, layers.prefix)
    return (
        '<details class="whole"><summary>Hele antwoord</summary>'
        f'<div class="text">{prose(quote.answer_text, layers=every)}</div></details>'
    )


def _references(quote: Quote) -> str:
    # An answer of the same paper that is referred to is the answer itself: it stands open.
    return "".join(
        _reference(item, opened=item.document == quote.document or len(item.text) <= _OPEN_UP_TO)
        for item in quote.references
    )


def _reference(reference: Reference, *, opened: bool) -> str:
    when = f", {dutch_date(reference.published)}" if reference.published else ""
    label = f"{shown(reference.label)}{when}"
    source = link(reference.url, reference.document) or f"<bdi>{shown(reference.document)}</bdi>"
    return (
        f'<details class="reference"{" open" if opened else ""}><summary>{label}</summary>'
        f'<div class="text">{prose(reference.text)}</div><p class="source">{source}</p></details>'
    )


def _actions(quote: Quote) -> str:
    links = [
        link(quote.url, "Officieel antwoord"),
        link(quote.question_url, "Officiële vragen"),
    ]
    return (
        f'<footer><p class="citation">Verwijzing: <cite>{shown(quote.citation)}</cite></p><p class="actions">'
        f"{_copy(quote.citation, 'Kopieer verwijzing')}{_copy(_long(quote), 'Kopieer citaat met bron')}"
        f"{''.join(links)}</p></footer>"
    )


def _copy(text: str, label: str) -> str:
    return f'<button type="button" class="copy" data-copy="{plain(text)}">{label}</button>'


def _long(quote: Quote) -> str:
    speakers = " en ".join(map(minister_text, quote.answered_by)) or UNKNOWN
    when = dutch_date(quote.answered) if quote.answered else "datum onbekend"
    source = f", {quote.url}" if quote.url else ""
    return f"«{quote.text}»\n{speakers}, {when}, {quote.citation}{source}"
