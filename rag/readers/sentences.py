"""The two official sentences above a paper: who asked whom what, and who answered when."""

import re
from dataclasses import dataclass
from datetime import date

from rag.documents import Asker, Kind, Minister
from rag.readers.dates import find_date
from rag.readers.people import parse_answerers, parse_askers, split_offices, tidy

_LEAD = re.compile(
    r"vra(?:ag|gen) van (?:het van )?(?:(?:het|de|den) )?"
    r"(?:(?P<member>leden lid|leden|lid|heren|heer)(?= |(?=[A-Z]))|(?=mevrouw |mejuffrouw )) ?",
    re.IGNORECASE,
)
_SUBMITTED = re.compile(r"\.?\s*\(\s*ingezonden\b", re.IGNORECASE)
_TO = re.compile(r",?\s*\baan (?:de|het|den)(?=[ A-Z])\s*")
_ABOUT = re.compile(
    r"\s*\b(?:over|betref\w*(?: -\w+)?|in ?zake|in verband met|naar aanleiding van|met betrekking tot"
    r"|m\.b\.t\.|omtrent|om|ten aanzien van|nopens)(?!\w)\s*|over(?=(?:de|het|een)\b|«)|(?<=[a-z])over\s+"
)
_BELGIAN_ONE = re.compile(
    r"^(?:Vraag|Interpellatie) van (?P<name>[^()\"]+?) aan (?P<who>[^\"]+?) over \"(?P<topic>.+)[\"”]"
)
_BELGIAN_MANY = re.compile(r" - ?(?P<name>[^()\"]{3,60}?) aan (?=[A-Z])")
_BELGIAN_JOINT = re.compile(
    r"^(?:\[NL\])?(?:Samengevoegde|Toegevoegde|Actualiteitsdebat|Gedachtewisseling|Vragen|Interpellaties?) "
)
_LONGEST = 20_000  # characters; a longer text is no sentence
_RECEIVED = re.compile(r"\(\s*\(?\s*ontvangen\b", re.IGNORECASE)
_ANSWER = re.compile(
    r"(?P<sort>(?:nader |aanvullend )?antwoord|mededeling) van (?P<who>.+)", re.IGNORECASE | re.DOTALL
)
_CITATION = re.compile(
    r"Aanhangsels?\s+(?:van\s+de\s+)?Handelingen(?:\s+(?P<chamber>I{1,2})\b)?,?\s*(?:verga-?\s*derjaar\s*)?"
    r"(?P<first>\d{4})\s*[-–/]\s*(?P<last>\d{2,4}),?\s*(?:nrs?\.?\s*)?"
    r"(?P<numbers>\d{1,4}(?:\s*(?:,|en)\s*\d{1,4})*)"
)


@dataclass(frozen=True, slots=True)
class QuestionSentence:
    """Parts of "Vragen van ... aan ... over ... (ingezonden ...)"; empty or ``None`` where it is silent."""

    askers: tuple[Asker, ...]
    addressees: tuple[str, ...]
    topic: str | None
    asked: date | None


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """Parts of "Antwoord van ... (ontvangen ...). Zie ook ..."; ``related`` has the ids after "Zie ook"."""

    kind: Kind
    ministers: tuple[Minister, ...]
    on_behalf_of: tuple[str, ...]
    answered: date | None
    related: tuple[str, ...]


def parse_question_sentence(text: str) -> QuestionSentence | None:
    """The parts of a question sentence, Dutch or Belgian; ``None`` where the text is none.

    Parentheses are skipped while looking for "aan" and "over", and the last "(ingezonden" counts,
    so that neither may occur in a party or topic without harm. A sentence that breaks off before
    "aan" or "over" gives no askers, since the last name may be cut.
    """
    text = " ".join(text[:_LONGEST].split())
    lead = _LEAD.search(text)
    if lead is None:
        return _belgian(text)
    body, asked = _without_submission(text, lead.end())
    to, about = _hinges(body)
    first = to or about
    if first is None:
        return QuestionSentence((), (), None, asked)
    addressees = split_offices(body[to.end() : about.start()]) if to and about else ()
    topic = body[about.end() :].strip(" .") if about else None
    return QuestionSentence(parse_askers(body[: first.start()]), addressees, topic or None, asked)


def parse_answer_sentence(text: str) -> AnswerSentence | None:
    """The parts of an answer sentence; ``None`` where the text is none."""
    text = " ".join(text.split())
    match = _ANSWER.search(text)
    if match is None:
        return None
    who, *received = _RECEIVED.split(match["who"], maxsplit=1)
    if not received:
        who = re.split(r"\.\s+(?=Zie ook)", who, maxsplit=1)[0]
    ministers, behalf = parse_answerers(who)
    answered = find_date(received[0]) if received else None
    return AnswerSentence(_sort(match["sort"]), ministers, behalf, answered, find_citations(text))


def find_citations(text: str) -> tuple[str, ...]:
    """Ids of the papers cited as "Aanhangsel Handelingen, vergaderjaar 2030–2031, nr. 12 en 34"."""
    found: list[str] = []
    for match in _CITATION.finditer(text):
        first, last = match["first"], match["last"]
        year = first + first[: 4 - len(last)] + last
        chamber = "ek" if match["chamber"] == "I" else "tk"
        found += [f"ah-{chamber}-{year}-{number}" for number in re.findall(r"\d+", match["numbers"])]
    return tuple(dict.fromkeys(found))


def without_date(text: str) -> str:
    """A question sentence as a title: without its "(ingezonden ...)" and final full stop."""
    text = " ".join(text.split())
    submitted = list(_SUBMITTED.finditer(text))
    return (text[: submitted[-1].start()] if submitted else text).strip(" .")


def _without_submission(text: str, start: int) -> tuple[str, date | None]:
    """The text from ``start`` to the last "(ingezonden", and the date that stands behind that."""
    submitted = list(_SUBMITTED.finditer(text))
    if not submitted:
        return text[start:], None
    last = submitted[-1]
    # In some papers "(ingezonden ...)" stands before "Vragen van".
    end = last.start() if last.start() > start else len(text)
    return text[start:end], find_date(text[last.end() :])


def _hinges(body: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """Where " aan de " and " over " stand outside parentheses; "aan" only if it comes first."""
    outside = re.sub(r"\([^()]*\)", lambda match: "(" + "_" * (len(match[0]) - 2) + ")", body)
    to, about = _TO.search(outside), _ABOUT.search(outside)
    if to and about and about.start() < to.start():
        return None, about  # "over de brug aan de Kade": no addressee
    return to, _ABOUT.search(outside, to.end()) if to else about


def _sort(word: str) -> Kind:
    word = word.lower()
    if word == "mededeling":
        return Kind.DELAY
    return Kind.ANSWERED if word == "antwoord" else Kind.SUPPLEMENT


def _belgian(text: str) -> QuestionSentence | None:
    """The Belgian forms "Vraag van X aan Y (Z) over "T"" and "Samengevoegde vragen van - X aan ..."."""
    one = _BELGIAN_ONE.match(text)
    if one:
        askers: tuple[Asker, ...] = (Asker(tidy(one["name"])),)
        return QuestionSentence(askers, (one["who"],), one["topic"], None)
    names = dict.fromkeys(tidy(match["name"]) for match in _BELGIAN_MANY.finditer(text))
    if not names or not _BELGIAN_JOINT.match(text):
        return None
    return QuestionSentence(tuple(Asker(name) for name in names), (), None, None)
