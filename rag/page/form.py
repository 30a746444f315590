"""The form in which a question and filters are filled in, and what was filled in as Filters. Pure."""

from collections.abc import Callable, Mapping
from datetime import date

from rag.answers import FILTER_LABELS, Coverage, Filters
from rag.batch import parse_date
from rag.citation import dutch_date
from rag.documents import Kind
from rag.errors import FilterError
from rag.page.cards import KINDS
from rag.page.text import plain
from rag.retriever import LONGEST_QUESTION

FACETS = ("minister", "ministry", "asker", "party", "topic", "kind")
_KIND_LABELS = {kind.value: label for kind, label in KINDS.items()}
_MOST_OPTIONS = 40
_LONGEST_VALUE = 300

Values = Callable[[str], dict[str, int]]


def form(values: Values, coverage: Coverage) -> str:
    """The form; ``values`` gives the choices of a filter with the number of answers of each."""
    fields = "".join(_field(name, _choices(name, values(name))) for name in FACETS)
    return (
        '<form id="vraagformulier" class="ask" novalidate>'
        '<label for="vraag">Uw vraag</label>'
        f'<div class="line"><textarea id="vraag" name="question" rows="2" maxlength="{LONGEST_QUESTION}"'
        ' lang="nl" enterkeyhint="search" placeholder="Bijvoorbeeld: waarom zijn de wachtlijsten zo lang?">'
        '</textarea><button type="submit" class="primary">Zoek antwoord</button></div>'
        '<details class="refine"><summary>Verfijnen<span class="count"></span></summary>'
        f'<div class="fields">{_day("since", coverage)}{_day("until", coverage)}{fields}</div>'
        '<button type="button" class="clear">Filters wissen</button></details>'
        '<p id="melding" class="announce" role="status" aria-live="polite"></p></form>'
    )


def filters(data: Mapping[str, object]) -> Filters:
    """The filters that were filled in; an empty field is not asked.

    Raises:
        FilterError: a date that is none, or a value that is no text or far too long.
    """
    since, until = (_parsed_day(data, name) for name in ("since", "until"))
    names = {name: _text(data, name) for name in (*FACETS, "document")}
    return Filters(since=since, until=until, **names)


def described(chosen: Filters) -> list[tuple[str, str]]:
    """The filters in force for people: a Dutch label and a value for each."""
    return [(FILTER_LABELS[name], _readable(name, value)) for name, value in chosen.given().items()]


def _choices(name: str, counts: dict[str, int]) -> dict[str, int]:
    if name != "kind":
        return counts
    # Papers that hold no answer are never quoted, so nobody can filter on them.
    return {kind.value: counts[kind.value] for kind in Kind if kind.quotable and kind.value in counts}


def _field(name: str, counts: dict[str, int]) -> str:
    if not counts:
        return ""
    build = _select if len(counts) <= _MOST_OPTIONS else _suggestions
    label = f'<label for="filter-{name}">{FILTER_LABELS[name]}</label>'
    return f'<div class="field">{label}{build(name, counts)}</div>'


def _select(name: str, counts: dict[str, int]) -> str:
    options = "".join(
        f'<option value="{plain(value)}">{_option(name, value)} ({count})</option>'
        for value, count in counts.items()
    )
    return f'<select id="filter-{name}" name="{name}"><option value="">Alle</option>{options}</select>'


def _suggestions(name: str, counts: dict[str, int]) -> str:
    options = "".join(f'<option value="{plain(value)}">{count}</option>' for value, count in counts.items())
    return (
        f'<input id="filter-{name}" name="{name}" list="keuzes-{name}" maxlength="{_LONGEST_VALUE}"'
        f' placeholder="Alle" autocomplete="off"><datalist id="keuzes-{name}">{options}</datalist>'
    )


def _option(name: str, value: str) -> str:
    return plain(_readable(name, value))


def _day(name: str, coverage: Coverage) -> str:
    if coverage.first is None or coverage.last is None:
        return ""
    period = f'min="{coverage.first}" max="{coverage.last}"'
    return (
        f'<div class="field"><label for="filter-{name}">{FILTER_LABELS[name]}</label>'
        f'<input type="date" id="filter-{name}" name="{name}" {period}></div>'
    )


def _text(data: Mapping[str, object], name: str) -> str | None:
    value = data.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > _LONGEST_VALUE:
        raise FilterError(
            f"De waarde voor {FILTER_LABELS[name]!r} is geen tekst van hooguit {_LONGEST_VALUE} tekens."
        )
    return value.strip() or None


def _parsed_day(data: Mapping[str, object], name: str) -> date | None:
    text = _text(data, name)
    return parse_date(FILTER_LABELS[name], text) if text else None


def _readable(name: str, value: str) -> str:
    if name == "kind":
        return _KIND_LABELS.get(value, value)
    if name in ("since", "until"):
        return dutch_date(date.fromisoformat(value))
    return value
