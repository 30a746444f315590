"""The lines of an openkamer page sorted out: labels, blocks, notes, end matter. No meaning yet."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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
_HEADING = re.compile(r"^Kamervraag (?P<number>\d{4}Z\d{4,6})$")
_BULLET = r"(?P<bullet>[•*\-–]\s+)?"
_QUESTION = re.compile(rf"^{_BULLET}Vraag (?P<number>\d{{1,3}})$")
_DELAY = re.compile(rf"^{_BULLET}Mededeling\s*[-–]\s*(?P<day>\d{{1,2}} \w+ \d{{4}})$")
_NOTE = re.compile(r"^(?:\[(?P<a>\d{1,3})\]|(?P<b>\d{1,3})[.)]?)\s+(?P<text>\S.*)$")
_ENDING = re.compile(r"^(?P<which>Kamervraag|Kamerantwoord) document nummer:\s*(?P<value>\S+)$")
_FULL_TITLE = "Volledige titel:"


@dataclass(frozen=True, slots=True)
class Block:
    """One bullet: ``number`` of a question, ``None`` for a notice of delay; lines are not blank."""

    number: str | None
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page in parts; ``ending`` has the document numbers by "Kamervraag" and "Kamerantwoord"."""

    number: str | None
    title: str
    labels: Mapping[str, str]
    notes: Mapping[str, str]
    blocks: tuple[Block, ...]
    ending: Mapping[str, str]

    def value(self, label: str) -> str | None:
        """What stands behind a label; ``None`` where it is absent or empty."""
        return self.labels.get(label) or None

    @property
    def is_answered(self) -> bool:
        """Whether the page says so; a page that lost its table counts as answered."""
        if not self.labels and not self.ending:
            return True
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
        alone = not match["value"] and not _LABEL.match(following) and not _NOTE.match(following)
        yield match["label"], (following if alone else match["value"] or "").strip()


def _notes(head: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The panel of the question's notes, which stands below the labels."""
    first = next((i for i, line in enumerate(head) if _LABEL.match(line)), len(head))
    for line in head[first:]:
        match = _NOTE.match(line)
        if match and not _is_rest_of_date(match["text"]):
            yield match["a"] or match["b"], match["text"]


def _is_rest_of_date(text: str) -> bool:
    """Whether the rest of a line is "oktober 2030...": the value of a label on its own line."""
    return bool(re.match(r"[a-z]+ \d{4}", text))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Bullets with their lines; a line "Vraag 3" that does not come next in the count is text."""
    number: str | None = None
    heading, content, count = "", list[str](), 0
    bulleted = any((match := _QUESTION.match(line)) and match["bullet"] for line in lines)
    for line in lines:
        question, delay = _QUESTION.match(line), _DELAY.match(line)
        counts = question and (int(question["number"]) == count + 1 or not heading)
        if question and counts and (question["bullet"] or not bulleted):
            yield from _finished(number, heading, content)
            number, heading, content, count = question["number"], line, [], int(question["number"])
        elif delay:
            yield from _finished(number, heading, content)
            number, heading, content = None, delay["day"], []
        elif line:
            content.append(line)
    yield from _finished(number, heading, content)


def _finished(number: str | None, heading: str, content: list[str]) -> Iterator[Block]:
    if heading:
        yield Block(number, heading, tuple(content))
