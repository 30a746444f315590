"""The lines of an openkamer page sorted out: labels, blocks, notes, end matter. No meaning yet."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

LABELS = (
    "Ingediend",
    "Beantwoord door",
    "Beantwoord",
    "Indieners",
    "Indiener",
    "Onderwerpen",
    "Bron vraag",
    "Bron antwoord",
)
_LABEL = re.compile(rf"^(?P<label>{'|'.join(LABELS)})(?:\s*:?\s+(?P<value>.*)|:?)$")
_HEADING = re.compile(r"^Kamervraag (?P<number>\d{4}[A-Z]\d{4,6})$")
_BULLET = r"(?P<bullet>[•*\-–]\s+)?"
_QUESTION = re.compile(rf"^{_BULLET}Vraag (?P<number>\d{{1,3}})$")
_DELAY = re.compile(rf"^{_BULLET}Mededeling\s*[-–]\s*(?P<day>\d{{1,2}} \w+ \d{{4}})$")
_NOTE = re.compile(r"^(?:\[(?P<a>\d{1,3})\]|(?P<b>\d{1,3})[.)]?)\s+(?P<text>\S.*)$")
_ANSWER = re.compile(r"^Antwoord(?:en)?(?: op)?(?: de)?(?: vra(?:ag|gen))? \d[\d ,a-z-]*:?$")
_ENDING = re.compile(r"^(?P<which>Kamervraag|Kamerantwoord) document nummer:\s*(?P<value>\S+)$")
_MONTH = re.compile(r"[a-z]+ \d{4}")
_FULL_TITLE = "Volledige titel:"


@dataclass(frozen=True, slots=True)
class Block:
    """One bullet: ``number`` of a question, ``None`` for a notice of delay; lines are not blank."""

    number: str | None
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page in parts; ``ending`` has the document numbers by "Kamervraag" and "Kamerantwoord".

    ``has_answer_headings``: it has lines such as "Antwoord 2", as other pages have and these do not.
    """

    number: str | None
    title: str
    labels: Mapping[str, str]
    notes: Mapping[str, str]
    blocks: tuple[Block, ...]
    ending: Mapping[str, str]
    has_answer_headings: bool = False

    def value(self, label: str) -> str | None:
        """What stands behind a label; ``None`` where it is absent or empty."""
        return self.labels.get(label) or None

    @property
    def says_answered(self) -> bool | None:
        """Whether the page says that it was answered; ``None`` where it lost its table and its end."""
        if not self.labels and not self.ending:
            return None
        said = self.value("Beantwoord") or self.value("Bron antwoord") or self.ending.get("Kamerantwoord")
        return said is not None


def looks_like_page(text: str) -> bool:
    """Whether the start of a text is that of a page: its heading, a label, or a question bullet."""
    lines = [line.strip() for line in text.splitlines()]
    marks = (_HEADING, _LABEL, _QUESTION)
    return any(mark.match(line) for line in lines for mark in marks)


def split_page(text: str) -> Page:
    """The parts of a page; whatever is missing is empty."""
    lines = [line.strip() for line in text.splitlines()]
    start = next((i for i, line in enumerate(lines) if _starts_block(line)), len(lines))
    end = next((i for i, line in enumerate(lines) if i >= start and _ENDING.match(line)), len(lines))
    head = [line for line in lines[:start] if line]
    heading = next((match for match in map(_HEADING.match, head) if match), None)
    return Page(
        number=heading["number"] if heading else None,
        title=_title(head, lines[end:]),
        labels=dict(_labels(head)),
        notes=dict(_notes(head)),
        blocks=tuple(_blocks(lines[start:end])),
        has_answer_headings=any(_ANSWER.match(line) for line in lines),
        ending={match["which"]: match["value"] for match in map(_ENDING.match, lines[end:]) if match},
    )


def _starts_block(line: str) -> bool:
    return bool(_QUESTION.match(line) or _DELAY.match(line))


def _title(head: Sequence[str], ending: Sequence[str]) -> str:
    """The lines between heading and first label, else the full title at the end."""
    title = []
    for line in head:
        if _LABEL.match(line):
            break
        if not _HEADING.match(line):
            title.append(line)
    if title:
        return " ".join(title)
    full = [line.removeprefix(_FULL_TITLE).strip() for line in ending if line.startswith(_FULL_TITLE)]
    return full[0] if full else ""


def _labels(head: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Labels with their value on the same line or on the next one."""
    for index, line in enumerate(head):
        match = _LABEL.match(line)
        if not match:
            continue
        following = head[index + 1] if index + 1 < len(head) else ""
        alone = not match["value"] and not _LABEL.match(following) and not _note(following)
        yield match["label"], (following if alone else match["value"] or "").strip()


def _notes(head: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The panel of the question's notes, which stands below the labels."""
    first = next((i for i, line in enumerate(head) if _LABEL.match(line)), len(head))
    for line in head[first:]:
        match = _note(line)
        if match:
            yield match["a"] or match["b"], match["text"]


def _note(line: str) -> re.Match[str] | None:
    """A line "1. text"; "1 oktober 2030" is the value of a label that stands on its own line."""
    match = _NOTE.match(line)
    return None if match and _MONTH.match(match["text"]) else match


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Bullets with the lines below them, blank ones left out."""
    starts = list(_starts(lines))
    for (start, number, heading), (end, *_) in pairwise([*starts, (len(lines), None, "")]):
        yield Block(number, heading, tuple(line for line in lines[start + 1 : end] if line))


def _starts(lines: Sequence[str]) -> Iterator[tuple[int, str | None, str]]:
    """Line, number and heading of each bullet; a "Vraag 3" that does not come next in the count is text."""
    bulleted = any((match := _QUESTION.match(line)) and match["bullet"] for line in lines)
    count: int | None = None
    for index, line in enumerate(lines):
        question, delay = _QUESTION.match(line), _DELAY.match(line)
        if delay:
            yield index, None, delay["day"]
        elif question and (question["bullet"] or not bulleted):
            number = int(question["number"])
            if count is None or number == count + 1:
                count = number
                yield index, question["number"], line
