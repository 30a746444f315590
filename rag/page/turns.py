"""One turn of the conversation: a question and what came back, in full sentences. Pure."""

from collections.abc import Sequence

from rag.answers import Answer, Filters
from rag.page.cards import card
from rag.page.form import described
from rag.page.text import plain, prose, shown
from rag.terminal import coverage_text


def turn(answer: Answer, number: int) -> str:
    """The HTML of an answer; ``number`` counts the turns of one page and makes its ids unique."""
    name = f"beurt-{number}"
    if not answer.found:
        return _section(name, answer.query, "Geen antwoord gevonden", _nothing(answer))
    cards = "".join(card(quote, f"{name}-citaat-{quote.rank}") for quote in answer.quotes)
    return _section(name, answer.query, _count(len(answer.quotes)), _in_force(answer.filters) + cards)


def failure(question: str, message: str, number: int) -> str:
    """The HTML of a question that could not be searched for: what is wrong and what to do."""
    body = f'<div class="failure">{prose(message)}</div>'
    return _section(f"beurt-{number}", question, "De vraag is niet beantwoord", body)


def welcome(examples: Sequence[str]) -> str:
    """What stands there before the first question: examples to start from."""
    buttons = "".join(
        f'<li><button type="button" class="example" data-question="{plain(text)}">{shown(text)}</button></li>'
        for text in examples
    )
    intro = "<h2>Voorbeelden om mee te beginnen</h2>" if buttons else ""
    return f'<section class="welcome">{intro}<ul>{buttons}</ul></section>' if buttons else ""


def _section(name: str, question: str, status: str, body: str) -> str:
    return (
        f'<section class="turn" id="{plain(name)}" aria-labelledby="{plain(name)}-vraag"'
        f' data-status="{plain(status)}">'
        f'<h2 id="{plain(name)}-vraag" class="asked"><span class="unseen">Gevraagd: </span>'
        f"<bdi>{shown(question)}</bdi></h2>"
        f'<p class="status">{plain(status)}</p>{body}</section>'
    )


def _nothing(answer: Answer) -> str:
    advice = "".join(f"<li>{shown(line)}</li>" for line in answer.advice)
    return (
        '<div class="nothing"><p>Geen van de antwoorden in deze verzameling gaat duidelijk genoeg over uw '
        f"vraag. Gezocht is in {coverage_text(answer.coverage)}.</p>{_in_force(answer.filters)}"
        f"<h3>Wat u kunt proberen</h3><ul>{advice}</ul></div>"
    )


def _in_force(filters: Filters) -> str:
    items = "".join(
        f"<li><span>{label}:</span> <bdi>{shown(value)}</bdi></li>" for label, value in described(filters)
    )
    return f'<div class="in-force"><p>Filters:</p><ul>{items}</ul></div>' if items else ""


def _count(quotes: int) -> str:
    return "1 citaat gevonden" if quotes == 1 else f"{quotes} citaten gevonden"
