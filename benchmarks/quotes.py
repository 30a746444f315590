"""Are 1,000 random quotes of 1,000 exact slices of what the corpus holds?"""

import sqlite3
from pathlib import Path
from random import Random

from rag import Retriever

SEED = 20401001


def measure(index: Path, wanted: int = 1000) -> dict[str, float]:
    """How many of ``wanted`` quotes, found by random words of random answers, equal their slice.

    The oracle is ``corpus.db`` read by plain SQL, not the snapshot that the retriever reads.
    """
    retriever = Retriever.open(index)
    with sqlite3.connect(index / "corpus.db") as truth:
        texts = dict(truth.execute("SELECT id, answer FROM exchanges WHERE answer <> ''"))
    random = Random(SEED)
    names = sorted(texts)
    checked = equal = 0
    while checked < wanted:
        words = texts[random.choice(names)].split()
        at = random.randrange(len(words))
        for quote in retriever.search(" ".join(words[at : at + 8]), k=5).quotes[: wanted - checked]:
            checked += 1
            equal += quote.text == texts[quote.answer][quote.start : quote.end]
    return {"quotes": float(checked), "quotes_equal_to_slice": float(equal)}
