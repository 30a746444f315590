"""Follow-up questions: the subject and the filters of the question before, until the subject changes.

Nothing is guessed by a model: a question follows up when it points back ("en in 2022?", "hoeveel
van hen?") or says too little to stand alone; then the subject words of the conversation are searched
along, and the question that was really used is shown.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from rag.answers import Answer, Filters
from rag.function_words import FUNCTION_WORDS

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_STANDS_ALONE = 3
_MOST_SUBJECT_WORDS = 12
_BACK = frozenset(
    (
        "ervan ervoor ertegen erop erover ermee eraan erin erbij eruit daarvan daarvoor daartegen daarop"
        " daarover daarmee daaraan daarin daarbij daarna hiervan hiervoor hiertegen hierop hierover"
        " hiermee toen hen hun ze zij hem haar die dat deze dit zulke dezelfde hetzelfde zoiets them they"
        " those these that it its then"
    ).split()
)
_OPENERS = frozenset(("en", "maar", "ook", "dus", "oké", "ok", "and", "but"))


class Searcher(Protocol):
    """What a conversation asks: the retriever."""

    def search(self, question: str, *, k: int = 5, filters: Filters | None = None) -> Answer:
        """Quotes for one question."""


class Conversation:
    """One visitor's questions in a row; keeps nothing but the subject and the filters in force."""

    def __init__(self, retriever: Searcher) -> None:
        self._retriever = retriever
        self._subject: tuple[str, ...] = ()
        self._filters = Filters()

    def ask(self, question: str, *, k: int = 5, filters: Filters | None = None) -> Answer:
        """Answer as ``Retriever.search`` does, a follow-up with the subject and filters before it.

        ``Answer.question_used`` and ``Answer.filters_used`` tell what was really searched. Given
        filters replace those in force; ``Filters()`` drops them.

        Raises:
            QuestionError, FilterError: as ``Retriever.search``; the conversation stays as it was.
        """
        follows = bool(self._subject) and is_follow_up(question, self._subject)
        carried = self._subject if follows else ()
        used = filters if filters is not None else self._filters if follows else Filters()
        answer = self._retriever.search(" ".join([question, *carried]), k=k, filters=used)
        self._subject = _fresh([*carried, *subject_words(question)])
        self._filters = used
        return replace(answer, query=question)

    def reset(self) -> None:
        """Start anew: a new question with no subject and no filters before it."""
        self._subject = ()
        self._filters = Filters()


def is_follow_up(question: str, subject: Sequence[str]) -> bool:
    """Whether a question leans on the one before, whose subject words are given."""
    words = [word.lower() for word in _WORD.findall(question)]
    if not words or words[0] in _OPENERS or _BACK.intersection(words):
        return True
    own = subject_words(question)
    known = {word.lower() for word in subject}
    return len(own) < _STANDS_ALONE or any(word.lower() in known for word in own)


def subject_words(question: str) -> list[str]:
    """The words of a question that name its subject, in order."""
    return [word for word in _WORD.findall(question) if word.lower() not in FUNCTION_WORDS and len(word) > 1]


def _fresh(words: Sequence[str]) -> tuple[str, ...]:
    """Each word once, the latest kept: an old subject fades as new words come."""
    return tuple(dict.fromkeys(words))[-_MOST_SUBJECT_WORDS:]
