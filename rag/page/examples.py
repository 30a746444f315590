"""Questions to start from: ones that this index answers."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from rag.retriever import Retriever

WANTED = 6
_KINDS = ("paraphrase", "fact")
_LONGEST = 110
_Candidate = tuple[str, dict[str, int]]


def examples(retriever: Retriever, judged: Path | None = None) -> tuple[str, ...]:
    """Six questions at most, each about another document.

    From a file of judged questions as far as the index answers them well; else one about each of
    the largest topics, as far as those give an answer.
    """
    known = islice(_judged(retriever, judged), WANTED) if judged and judged.is_file() else ()
    return tuple(known) or tuple(islice(_about_topics(retriever), WANTED))


def _judged(retriever: Retriever, file: Path) -> Iterator[str]:
    held = retriever.values("document").keys()
    candidates: dict[str, _Candidate] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        documents = {answer.split("#")[0] for answer in item.get("relevant", {})}
        if item.get("type") in _KINDS and documents and documents <= held and len(item["query"]) <= _LONGEST:
            candidates.setdefault(min(documents), (item["query"], item["relevant"]))
    for question, relevant in _spread(list(candidates.values())):
        answer = retriever.search(question, k=1)
        if answer.found and answer.quotes[0].answer in relevant:
            yield question


def _spread(items: list[_Candidate]) -> list[_Candidate]:
    """Every sixth, then the ones between: neighbours tend to be about one subject."""
    step = max(1, len(items) // WANTED)
    return [item for start in range(step) for item in items[start::step]]


def _about_topics(retriever: Retriever) -> Iterator[str]:
    topics = sorted(retriever.values("topic").items(), key=lambda pair: (-pair[1], pair[0]))
    questions = (f"Wat doet de minister aan {topic}?" for topic, _ in topics[: 5 * WANTED])
    return (question for question in questions if retriever.search(question, k=1).found)
