"""Where a quote comes from, as a definition list; what the source does not say is "onbekend". Pure."""

from collections.abc import Iterable

from rag.answers import Quote
from rag.citation import dutch_date
from rag.documents import Asker, Minister
from rag.page.text import shown
from rag.people import UNKNOWN


def provenance(quote: Quote) -> str:
    """Who asked, who answered, when, about what, and in which paper."""
    rows = [*_answering(quote), *_asking(quote), ("Onderwerpen", _listed(map(_isolated, quote.topics)))]
    items = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in rows)
    return f'<dl class="provenance">{items}</dl>'


def who(minister: Minister) -> str:
    """Name, or else office, escaped; "onbekend" where the source gives neither."""
    return shown(minister.name or minister.office or UNKNOWN)


def _answering(quote: Quote) -> Iterable[tuple[str, str]]:
    yield "Beantwoord door", _listed(map(_described, quote.answered_by))
    # Most answers are given on nobody's behalf; silence is no gap in the source here.
    if quote.on_behalf_of:
        yield "Mede namens", _listed(map(_isolated, quote.on_behalf_of))
    yield "Beantwoord", _answered(quote)
    yield "Document", f"{_isolated(quote.document)}, vraagnummer {_isolated(quote.question_id or UNKNOWN)}"


def _asking(quote: Quote) -> Iterable[tuple[str, str]]:
    yield "Gevraagd door", _listed(map(_asker, quote.asked_by))
    yield "Gevraagd", dutch_date(quote.asked) if quote.asked else UNKNOWN


def _described(minister: Minister) -> str:
    if minister.name is None and minister.office is None:
        return UNKNOWN
    about = [minister.office or "ambt onbekend"] if minister.name else ["naam onbekend"]
    about.append(minister.party or "partij onbekend")
    return f"<bdi>{who(minister)}</bdi> ({', '.join(map(_isolated, about))})"


def _asker(asker: Asker) -> str:
    return f"{_isolated(asker.name)} ({_isolated(asker.party or 'partij onbekend')})"


def _answered(quote: Quote) -> str:
    if quote.answered is None:
        return UNKNOWN
    day = dutch_date(quote.answered)
    if quote.days is None or quote.days < 0:
        return day
    return f"{day} (na {quote.days} {'dag' if quote.days == 1 else 'dagen'})"


def _listed(items: Iterable[str]) -> str:
    return ", ".join(items) or UNKNOWN


def _isolated(text: str) -> str:
    return f"<bdi>{shown(text)}</bdi>"
