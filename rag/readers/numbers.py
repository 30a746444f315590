"""Question numbers as they are printed: "Vraag 2, 3 en 5", "4 t/m 7", "1-3", "12a", "9l..o"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.documents import Exchange

_LEAD = re.compile(
    r"^(?:(?:antwoord(?:en)?|vra(?:ag|gen)|op|de|het|nrs?|nummers?)(?![a-z])[\s.:]*)+", re.IGNORECASE
)
# Possessive (++): a repeated number must not be tried in every way to cut it up.
_NUMBER = r"\d++(?:\.\d++)?[a-z]?(?![a-z])"
_RANGE = r"t/m|tot\s+en\s+met|-|–|—|\.{2,}+|…"
_TOKEN = re.compile(rf"(?P<range>{_RANGE})|(?P<number>{_NUMBER}|(?<![a-z\d])[a-z](?![a-z]))")
_LIST = re.compile(rf"(?:{_NUMBER}|(?<![a-z])[a-z](?![a-z])|{_RANGE}|\ben\b|[,&;\s])+[.:)]?")
_LONGEST_RANGE = 200
_LONGEST_LABEL = 120
_REFERENCE = re.compile(
    r"(?:zie|(?:hiervoor |daarvoor )?verwijs ik(?: u)?(?: hiervoor| daarvoor)? naar|"
    r"ik verwijs(?: u)?(?: hiervoor| daarvoor)? naar)"
    r"(?: hiervoor| ook)?(?: (?:het|mijn|ons|onze|de))?(?: (?:antwoord(?:en)?|beantwoording))?"
    r"(?: (?:op|van|bij))?(?: de)? vra(?:ag|gen) (?P<label>.{1,60}?)\.?",
    re.IGNORECASE,
)


def parse_numbers(label: str) -> tuple[str, ...]:
    """The numbers of a heading in printed order, each once; empty where it holds none.

    Ranges are expanded ("4 t/m 7", "1-3", "9l..o"), also when written downwards. A letter alone
    takes the number before it ("9a, b"). "9.1" becomes "9-1", because a dot separates paragraphs
    in an id. Numbers of four digits or more are years and are left out.
    """
    found: list[str] = []
    in_range = False
    for token in _TOKEN.finditer(_LEAD.sub("", label.strip()).lower()):
        if token["range"]:
            in_range = True
            continue
        number = _number(token["number"], found)
        if number:
            found.extend(_expand(found[-1], number) if in_range and found else [number])
        in_range = False
    return tuple(dict.fromkeys(found))


def is_label(text: str) -> bool:
    """Whether the whole text is a heading with at least one number, and nothing else."""
    text = text.strip()
    if not text or len(text) > _LONGEST_LABEL:
        return False
    body = _LEAD.sub("", text).lower()
    return bool(_LIST.fullmatch(body)) and bool(parse_numbers(text))


def format_numbers(numbers: Sequence[str]) -> str:
    """Numbers as Dutch prints them: "2", "2 en 3", "2, 3 en 5"."""
    if len(numbers) < 2:
        return "".join(numbers)
    return f"{', '.join(numbers[:-1])} en {numbers[-1]}"


def base_number(number: str) -> str:
    """The digits a number starts with: "12" for "12a"."""
    match = re.match(r"\d+", number)
    return match[0] if match else number


def find_reference(answer: str) -> tuple[str, ...]:
    """The numbers N of "Zie (het) antwoord (op) vraag N." where that is the whole answer."""
    if len(answer) > _LONGEST_LABEL:
        return ()
    match = _REFERENCE.fullmatch(" ".join(answer.split()))
    return parse_numbers(match["label"]) if match and is_label(match["label"]) else ()


def distinct(exchanges: Iterable[Exchange]) -> tuple[Exchange, ...]:
    """The exchanges with a first number that is theirs alone.

    A second exchange that is also called 2 becomes 2-2, a third 2-3; other numbers of a joint
    answer stay as they are, because only the first one names an exchange.
    """
    kept: list[Exchange] = []
    taken: set[str] = set()
    for exchange in exchanges:
        first = _free(exchange.number, taken)
        taken.add(first)
        renamed = (
            exchange
            if first == exchange.number
            else replace(exchange, numbers=(first, *exchange.numbers[1:]))
        )
        kept.append(renamed)
    return tuple(kept)


def _free(number: str, taken: set[str]) -> str:
    if number not in taken:
        return number
    count = 2
    while f"{number}-{count}" in taken:
        count += 1
    return f"{number}-{count}"


def _number(token: str, before: Sequence[str]) -> str | None:
    if token.isalpha():
        return base_number(before[-1]) + token if before else None
    digits = base_number(token)
    if len(digits) > 3 or int(digits) == 0:
        return None
    return str(int(digits)) + token[len(digits) :].replace(".", "-")


def _expand(first: str, last: str) -> list[str]:
    """What follows ``first`` in a range up to ``last``; downward ranges give what they span."""
    if first.isdigit() and last.isdigit():
        low, high = sorted((int(first), int(last)))
        if high - low > _LONGEST_RANGE:
            return [last]
        return [str(number) for number in range(low, high + 1)]
    if base_number(first) == base_number(last) and first[-1].isalpha() and last[-1].isalpha():
        letters = range(ord(first[-1]) + 1, ord(last[-1]) + 1)
        return [base_number(first) + chr(letter) for letter in letters]
    return [last]
