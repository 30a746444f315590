"""Judged files that carry their own corpus: lines of a question and the passage that answers it."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from embeddings.encoder import load_encoder
from rag.documents import Document, Exchange, Kind
from rag.errors import SourceError
from rag.evaluation import Judged
from rag.index.build import build
from rag.progress import Progress
from rag.retriever import Retriever


def has_passages(file: Path) -> bool:
    """Whether the first line of a ``.jsonl`` or ``.jsonl.gz`` file has a question and its passage."""
    try:
        first = next(_lines(file), {})
    except (OSError, ValueError, EOFError):
        return False
    return isinstance(first, dict) and {"question", "passage"} <= first.keys()


@contextmanager
def passage_index(file: Path) -> Iterator[tuple[Retriever, list[Judged]]]:
    """A retriever over the passages alone, and the questions, each answered by its own passage.

    Raises:
        SourceError: a line has no question or no passage.
    """
    try:
        pairs = [(str(line["question"]), str(line["passage"])) for line in _lines(file)]
    except (OSError, ValueError, EOFError, KeyError, TypeError) as error:
        raise SourceError(f"{file}: een regel heeft geen question of passage ({error!r}).") from error
    # One passage may answer several questions: it is one answer.
    names = {
        passage: f"antwoord-{n}" for n, passage in enumerate(dict.fromkeys(p for _, p in pairs), start=1)
    }
    papers = [
        Document(name, Kind.ANSWERED, "", (Exchange(("1",), "", text),)) for text, name in names.items()
    ]
    judged = [
        Judged(f"q{n}", question, "question", {f"{names[passage]}#1": 2})
        for n, (question, passage) in enumerate(pairs, start=1)
    ]
    with TemporaryDirectory() as folder:
        build(papers, Path(folder), load_encoder(), progress=Progress())
        yield Retriever.open(folder), judged


def _lines(file: Path) -> Iterator[dict[str, object]]:
    opener = gzip.open if file.suffix == ".gz" else open
    with opener(file, "rt", encoding="utf-8") as stream:
        yield from (json.loads(line) for line in stream if line.strip())
