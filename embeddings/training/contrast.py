"""Question-answer contrast: which words matter, and how the space is to be stretched.

Few numbers are learned: one weight a token and one linear map for all. Free token vectors fit the
training pairs better and everyday questions worse (docs/encoder.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  # the name that PyTorch's own documents use
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tqdm import tqdm

from embeddings.training.corpus import Pair
from embeddings.training.table import TokenTable

STEM = 5
Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ContrastSettings:
    """How the contrast is trained; the values are those of the built-in model."""

    passes: int = 4
    batch: int = 2048
    weight_rate: float = 0.02
    map_rate: float = 0.0005
    temperature: float = 0.05
    shared_words_dropped: float = 0.5
    longest_query: int = 60
    longest_passage: int = 200
    seed: int = 0


@dataclass(frozen=True, slots=True)
class EncodedPair:
    """Token ids of a pair; pairs with the same passage share ``passage_number``."""

    query: Ids
    passage: Ids
    passage_number: int


def tune(
    table: TokenTable, tokenizer: Tokenizer, pairs: Sequence[Pair], settings: ContrastSettings
) -> TokenTable:
    """The table with token weights and rows changed so that a query is nearest to its own passage.

    In-batch softmax over cosines both ways (multiple negatives ranking). Deterministic for a seed.
    """
    torch.manual_seed(settings.seed)
    model = _Contrast(table)
    slow = torch.optim.Adam([model.map], lr=settings.map_rate)
    fast = torch.optim.SparseAdam([model.gates.weight], lr=settings.weight_rate)
    encoded = encode_pairs(pairs, tokenizer)
    stems = _stems(table)
    draw = np.random.default_rng(settings.seed)
    for _ in tqdm(range(settings.passes), desc="contrast", disable=None):
        for batch in batches(encoded, stems, settings, draw=draw):
            loss = model.loss(*batch, temperature=settings.temperature)
            slow.zero_grad()
            fast.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            slow.step()
            fast.step()  # type: ignore[no-untyped-call]
    return model.tuned(table)


class _Contrast(torch.nn.Module):
    """Tokens as exp(gate) * vector, texts as their sum, times (I + map)."""

    def __init__(self, table: TokenTable) -> None:
        super().__init__()
        self.vectors = torch.from_numpy(table.vectors())
        dimension = self.vectors.shape[1]
        self.gates = torch.nn.Embedding(len(self.vectors), 1, sparse=True)
        torch.nn.init.zeros_(self.gates.weight)
        self.map = torch.nn.Parameter(torch.zeros(dimension, dimension))

    def forward(self, texts: list[Ids]) -> torch.Tensor:
        """Unit rows, one a text."""
        offsets = np.cumsum([0, *(len(ids) for ids in texts[:-1])])
        ids = torch.from_numpy(np.concatenate(texts))
        weights = torch.exp(self.gates(ids)).squeeze(1)
        sums = F.embedding_bag(
            ids, self.vectors, torch.from_numpy(offsets), mode="sum", per_sample_weights=weights
        )
        return F.normalize(sums + sums @ self.map, dim=1)

    def loss(self, queries: list[Ids], passages: list[Ids], *, temperature: float) -> torch.Tensor:
        cosines = self(queries) @ self(passages).T / temperature
        own = torch.arange(len(queries))
        return F.cross_entropy(cosines, own) + F.cross_entropy(cosines.T, own)

    @torch.no_grad()
    def tuned(self, table: TokenTable) -> TokenTable:
        gates = np.exp(self.gates.weight.numpy()[:, 0])
        rows = table.rows + table.rows @ self.map.numpy()
        return replace(table, rows=rows, weights=table.weights * gates)


def encode_pairs(pairs: Sequence[Pair], tokenizer: Tokenizer) -> list[EncodedPair]:
    """Token ids without the unknown ones; pairs with next to nothing left are dropped."""
    numbers: dict[str, int] = {}
    queries = tokenizer.encode_batch_fast([pair.query for pair in pairs], add_special_tokens=False)
    passages = tokenizer.encode_batch_fast([pair.passage for pair in pairs], add_special_tokens=False)
    encoded = []
    for pair, query, passage in zip(pairs, queries, passages, strict=True):
        number = numbers.setdefault(pair.passage, len(numbers))
        one = EncodedPair(_known(query.ids), _known(passage.ids), number)
        if len(one.query) >= 2 and len(one.passage) >= 5:
            encoded.append(one)
    return encoded


def batches(
    pairs: Sequence[EncodedPair], stems: Ids, settings: ContrastSettings, *, draw: np.random.Generator
) -> Iterator[tuple[list[Ids], list[Ids]]]:
    """Queries and passages in random order, no passage twice in a batch, each cut at random.

    Of every second query the words that its passage has too are left out, so that the rest of the
    wording has to carry it: what the words share, the word index finds by itself.
    """
    order = draw.permutation(len(pairs))
    for start in range(0, len(pairs), settings.batch):
        chosen = {pairs[i].passage_number: pairs[i] for i in order[start : start + settings.batch]}
        if len(chosen) < 2:
            continue
        passages = [_cut(pair.passage, settings.longest_passage, draw) for pair in chosen.values()]
        queries = [_cut(pair.query, settings.longest_query, draw) for pair in chosen.values()]
        yield (
            [
                _unshared(query, passage, stems) if draw.random() < settings.shared_words_dropped else query
                for query, passage in zip(queries, passages, strict=True)
            ],
            passages,
        )


def _known(ids: list[int]) -> Ids:
    return np.array([number for number in ids if number > 0], dtype=np.int64)


def _stems(table: TokenTable) -> Ids:
    """A number for the first five letters of each token."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(text[:STEM], len(numbers)) for text in table.texts()], dtype=np.int64)


def _cut(ids: Ids, longest: int, draw: np.random.Generator) -> Ids:
    if len(ids) <= longest:
        return ids
    start = int(draw.integers(0, len(ids) - longest))
    return ids[start : start + longest]


def _unshared(query: Ids, passage: Ids, stems: Ids) -> Ids:
    rest = query[~np.isin(stems[query], stems[passage])]
    return rest if len(rest) >= 2 else query
