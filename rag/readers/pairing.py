"""Which answer belongs to which questions: by number, and where that fails by order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.documents import Exchange, Footnote
from rag.readers.numbers import base_number, distinct, find_reference


@dataclass(frozen=True, slots=True)
class Part:
    """One printed question or answer: its numbers (may be empty), text, and lifted notes."""

    numbers: tuple[str, ...]
    text: str
    footnotes: tuple[Footnote, ...] = ()


def pair(questions: Sequence[Part], answers: Sequence[Part]) -> tuple[Exchange, ...]:
    """Exchanges in the order of their first question; nothing is dropped.

    An answer covers every question that has one of its numbers. An answer without a usable
    number takes the first question that is still open. An answer whose questions all have an
    answer already repeats their text under a distinct number; one whose number no question has
    stands alone with an empty question. Questions that stay open keep an empty answer.
    """
    numbered = _with_numbers(questions)
    open_questions = dict(enumerate(numbered))
    matches: list[tuple[list[int], Part]] = []
    for answer in answers:
        covered = _covered(answer, numbered, open_questions)
        for index in covered:
            open_questions.pop(index, None)
        matches.append((covered, answer))
    matches = [_by_order(match, open_questions) for match in matches]
    matches += [([index], Part((), "")) for index in open_questions]
    matches.sort(key=lambda match: match[0][0] if match[0] else len(numbered))
    return distinct(_exchange(covered, answer, numbered) for covered, answer in matches)


def _with_numbers(questions: Sequence[Part]) -> list[Part]:
    """Questions without a number take their position, unless another question has it."""
    taken = {number for question in questions for number in question.numbers}
    numbered = []
    for position, question in enumerate(questions, 1):
        free = str(position) if str(position) not in taken else f"{position}-{position}"
        numbered.append(question if question.numbers else replace(question, numbers=(free,)))
    return numbered


def _covered(answer: Part, questions: list[Part], still_open: dict[int, Part]) -> list[int]:
    """Indices of the questions an answer names; those that have an answer only if none is open."""
    covered = {index for number in answer.numbers for index in _named(number, questions, still_open)}
    return sorted(covered & still_open.keys() or covered)


def _named(number: str, questions: list[Part], still_open: dict[int, Part]) -> list[int]:
    """The question of that number, of several the first open one; else those related by letter."""
    exact = [index for index, question in enumerate(questions) if number in question.numbers]
    if exact:
        return [next((index for index in exact if index in still_open), exact[0])]
    return [index for index, question in enumerate(questions) if _related(number, question.numbers)]


def _related(number: str, others: tuple[str, ...]) -> bool:
    """12a and 12 are related, 12a and 12b are not."""
    return any(
        base_number(number) in (number, other) and base_number(other) == base_number(number)
        for other in others
    )


def _by_order(match: tuple[list[int], Part], still_open: dict[int, Part]) -> tuple[list[int], Part]:
    covered, answer = match
    if covered or answer.numbers or not still_open:
        return match
    first = min(still_open)
    del still_open[first]
    return [first], answer


def _exchange(covered: list[int], answer: Part, questions: list[Part]) -> Exchange:
    asked = [questions[index] for index in covered]
    text, notes = _joined(asked)
    return Exchange(
        numbers=_exchange_numbers(asked, answer),
        question=text,
        answer=answer.text,
        footnotes=(*notes, *answer.footnotes),
        refers_to=find_reference(answer.text),
    )


def _exchange_numbers(asked: list[Part], answer: Part) -> tuple[str, ...]:
    """All numbers of question and answer; an answer to part of one question keeps just its own."""
    printed = [number for question in asked for number in question.numbers]
    if len(asked) == 1 and answer.numbers:
        printed = [number for number in printed if number in answer.numbers]
        return tuple(dict.fromkeys([*printed, *answer.numbers]))
    loose = {base_number(number) for number in printed}
    extra = [number for number in answer.numbers if base_number(number) not in loose]
    return tuple(dict.fromkeys([*printed, *extra])) or ("1",)


def _joined(asked: list[Part]) -> tuple[str, tuple[Footnote, ...]]:
    """Question texts joined by a newline, their notes moved along."""
    pieces: list[str] = []
    notes: list[Footnote] = []
    offset = 0
    for question in asked:
        notes += [replace(note, position=note.position + offset) for note in question.footnotes]
        pieces.append(question.text)
        offset += len(question.text) + 1
    return "\n".join(pieces), tuple(notes)
