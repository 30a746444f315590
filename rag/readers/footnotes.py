"""Footnote marks that scraping glued to the running text, told apart from numbers that belong there.

A mark is one to three digits without a blank before them ("brug»?1", "2021.7", "water3 en").
So are many other numbers (CO2, 125p, 10.000), and two things decide: where a list of notes is
known only its numbers count; elsewhere the marks of a page must run on, upwards, with few gaps.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.documents import Footnote


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in a text: characters ``start`` to ``end`` are to be taken out; ``value`` is its number."""

    start: int
    end: int
    value: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: int
    mark: Mark
    follows: bool = False  # second of a doubled mark: "?1 2"
    doubtful: bool = False  # glued to a year: "20216"


# One skipped number costs a quarter of what one more mark in the sequence is worth.
_GAP = 0.25
_END = r"(?=$|[\s.,;:?!)\]»”’\"'–…])(?![.,:][\da-z])"
_GLUED = re.compile(rf"(?<=[^\W\d_]|[)\]»”’\"'.,;:?!%])(?P<n>[1-9]\d{{0,2}}){_END}")
_AFTER_YEAR = re.compile(rf"(?<![\d.,])(?:19|20)\d\d(?P<n>[1-9]\d?){_END}")
_SECOND = re.compile(r"[?.!»]?(?P<cut>,? (?P<n>[1-9]\d{0,2}))(?=$|[.?!,;]|\n|\s+[A-Z«‘])")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_LOOK_BACK = 32
_OPENING_QUOTE = re.compile(r"(?:^|\s)[\"'’]$")  # '90
_DIGIT_AND_POINT = re.compile(r"\d[.,:;]$")
_YEAR_END = re.compile(r"(?<!\d)(?:19|20)\d\d[.,]$")
_ABBREVIATION = re.compile(r"\b(?:nrs?|pp?|blz|artt?|lid|jo|vgl|par|sub|hfst)\.$", re.IGNORECASE)
_WORD_END = re.compile(r"[^\W\d_]+$")
_UNITS = frozenset({"m", "km", "cm", "dm", "mm", "ha"})


def find_marks(texts: Sequence[str], notes: Mapping[str, str] | None = None) -> list[list[Mark]]:
    """The marks in each of the texts, which share one running sequence in the given order.

    ``notes`` are the notes known by number, complete; ``None`` where the source lost them.
    Values rise strictly over all texts together; of all such sequences the longest with the
    fewest gaps is taken, and none at all where the gaps outweigh the marks.
    """
    found = [candidate for index, text in enumerate(texts) for candidate in _candidates(index, text)]
    known = [candidate for candidate in found if notes is None or str(candidate.mark.value) in notes]
    chain = _best_chain([c for c in known if not c.doubtful], gap=_GAP if notes is None else 0.0)
    for doubtful in (c for c in known if c.doubtful):
        chain = _with_doubtful(chain, doubtful, certain=notes is not None)
    marks: list[list[Mark]] = [[] for _ in texts]
    for candidate in chain:
        marks[candidate.text].append(candidate.mark)
    return marks


def lift_marks(
    text: str, marks: Sequence[Mark], *, notes: Mapping[str, str] | None = None, in_answer: bool = True
) -> tuple[str, tuple[Footnote, ...]]:
    """The text without its marks, and the marks as footnotes; no other character changes."""
    pieces: list[str] = []
    footnotes: list[Footnote] = []
    done = length = 0
    for mark in marks:
        pieces.append(text[done : mark.start])
        length += mark.start - done
        done = mark.end
        number = str(mark.value)
        footnotes.append(Footnote(number, (notes or {}).get(number), length, in_answer))
    return "".join(pieces) + text[done:], tuple(footnotes)


def _candidates(index: int, text: str) -> list[_Candidate]:
    links = [match.span() for match in _URL.finditer(text)]
    found: list[_Candidate] = []
    for match in _GLUED.finditer(text):
        if _plausible(text, match.start()) and not _inside(match.start(), links):
            found.append(_Candidate(index, Mark(match.start(), match.end(), int(match["n"]))))
            found.extend(_seconds(index, text, found[-1].mark))
    found.extend(
        _Candidate(index, Mark(match.start("n"), match.end(), int(match["n"])), doubtful=True)
        for match in _AFTER_YEAR.finditer(text)
    )
    return sorted(found, key=lambda candidate: candidate.mark.start)


def _seconds(index: int, text: str, first: Mark) -> Iterator[_Candidate]:
    """Marks that stand loose behind a glued one, as in "zijn?1 2" and "kinderen»1?, 2"."""
    match = _SECOND.match(text, first.end)
    if match and int(match["n"]) == first.value + 1:
        mark = Mark(match.start("cut"), match.end(), first.value + 1)
        yield _Candidate(index, mark, follows=True)
        yield from _seconds(index, text, mark)


def _plausible(text: str, start: int) -> bool:
    """Whether what stands before the digits is the end of a word or sentence, not part of a number."""
    head = text[max(0, start - _LOOK_BACK) : start]
    if head[-1].isalpha():
        return _is_word(head)
    if _OPENING_QUOTE.search(head):
        return False
    if _DIGIT_AND_POINT.search(head):
        return bool(_YEAR_END.search(head))
    return not _ABBREVIATION.search(head)


def _is_word(head: str) -> bool:
    """A real word, not a formula (CO2), a road (A12) or a unit (km2)."""
    word = _WORD_END.search(head)
    return word is not None and len(word[0]) > 1 and not word[0].isupper() and word[0] not in _UNITS


def _inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _best_chain(candidates: Sequence[_Candidate], *, gap: float) -> list[_Candidate]:
    """The rising sequence with the highest score: one per mark, less ``gap`` per skipped number."""
    scores: list[float] = []
    previous: list[int | None] = []
    ends: dict[int, int] = {}  # by value: the candidate where the best sequence up to now ends
    for index, candidate in enumerate(candidates):
        value = candidate.mark.value
        links = _links(candidates, index, ends)
        options = [(scores[i] - gap * (value - candidates[i].mark.value - 1), i) for i in links]
        alone = float("-inf") if candidate.follows else -gap * (value - 1)
        best, link = max([*options, (alone, None)], key=lambda option: option[0])
        scores.append(best + 1)
        previous.append(link)
        if value not in ends or scores[index] > scores[ends[value]]:
            ends[value] = index
    if not scores or max(scores) <= 0:
        return []
    return _walk_back(candidates, previous, scores.index(max(scores)))


def _links(candidates: Sequence[_Candidate], index: int, ends: Mapping[int, int]) -> list[int]:
    """The candidates that this one may come after: any lower one, or just the one it is doubled with."""
    later = candidates[index]
    if not later.follows:
        return [end for value, end in ends.items() if value < later.mark.value]
    earlier = candidates[index - 1]
    doubled = earlier.text == later.text and later.mark.start - earlier.mark.end <= 1
    return [index - 1] if index and doubled and earlier.mark.value == later.mark.value - 1 else []


def _walk_back(
    candidates: Sequence[_Candidate], previous: Sequence[int | None], last: int
) -> list[_Candidate]:
    chain: list[_Candidate] = []
    index: int | None = last
    while index is not None:
        chain.append(candidates[index])
        index = previous[index]
    return chain[::-1]


def _with_doubtful(chain: list[_Candidate], doubtful: _Candidate, *, certain: bool) -> list[_Candidate]:
    """The chain with a doubtful mark if that fills exactly the gap it stands in.

    With a list of notes (``certain``) it is enough that the neighbours are lower and higher.
    """
    value, place = doubtful.mark.value, (doubtful.text, doubtful.mark.start)
    before = [other for other in chain if (other.text, other.mark.start) < place]
    after = chain[len(before) :]
    low = before[-1].mark.value if before else 0
    high = after[0].mark.value if after else value + (1 if certain else 2)
    fits = low < value < high if certain else (low, high) == (value - 1, value + 1)
    return [*before, doubtful, *after] if fits else chain
