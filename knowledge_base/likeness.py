"""Questions asked alike in two entries, whose answers then differ: by letters, words, meaning."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import rjieba
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from core.ports import Embedder
from knowledge_base.entries import Draft, Fault
from knowledge_base.tokens import normalise, stopwords
from knowledge_base.vectors import VectorCache, embed_missing

# Shares of equal letters in per cent. Of shorter questions one letter more or less makes another
# (没签合同, 倒签合同); the nearest two of the 4,650 that mean different things had 77.
NEAR, ALMOST_EQUAL = 80, 95
LONG_ENOUGH = 8
# Cosine of two sentence vectors: of eleven pairs above it among the 4,650, six asked the same.
ALIKE = 0.97
NOT_A_WORD = re.compile(r"[\W_]+")
FEWEST_WORDS = 2
BLOCK = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One wording of an entry."""

    file: str
    entry: str
    text: str


def duplicates(drafts: Sequence[tuple[str, Draft]]) -> Iterator[Fault]:
    """Wordings that stand in two entries, or twice in one, or almost so in two."""
    asked = _asked(drafts)
    plain = [NOT_A_WORD.sub("", normalise(question.text)) for question in asked]
    told: set[tuple[str, str]] = set()
    for later, earlier, share in _near(plain):
        mine, other = asked[later], asked[earlier]
        same = plain[later] == plain[earlier]
        long = min(len(plain[later]), len(plain[earlier])) >= LONG_ENOUGH
        close = share >= (NEAR if long else ALMOST_EQUAL)
        if same or (close and mine.entry != other.entry):
            told.add((mine.text, other.text))
            yield _fault(mine, other, "duplicate" if same else "near_duplicate")
    for mine, other in _same_words(asked):
        if (mine.text, other.text) not in told:
            yield _fault(mine, other, "near_duplicate")


def alike(
    drafts: Sequence[tuple[str, Draft]], cache: VectorCache, embedder: Embedder
) -> Iterator[Fault]:
    """Wordings of two entries that mean nearly the same; for a person to judge, not a fault.

    What the cache lacks is computed and kept in it: 20 ms a question.
    """
    asked = _asked(drafts)
    texts = [question.text for question in asked]
    for _ in embed_missing(cache, embedder, {"query": texts}):
        pass
    if not texts:
        return
    vectors = cache.get("query", texts)
    near = vectors @ vectors.T
    near[near < ALIKE] = 0
    for later, earlier in _pairs(near):
        if asked[later].entry != asked[earlier].entry:
            yield _fault(asked[later], asked[earlier], "alike")


def _asked(drafts: Iterable[tuple[str, Draft]]) -> list[Asked]:
    return [Asked(file=f, entry=d.id, text=text) for f, d in drafts for text in d.questions]


def _near(plain: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Places of two texts, the later first, with their share of equal letters, if it is ``NEAR``.

    Each text is compared with those before it and those of its block, not with every one.
    """
    for start in range(0, len(plain), BLOCK):
        texts = plain[start : start + BLOCK]
        table = process.cdist(
            texts, plain[: start + BLOCK], scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.uint8
        )
        for row, earlier in zip(*np.nonzero(table), strict=True):
            if earlier < start + row:
                yield int(start + row), int(earlier), int(table[row, earlier])


def _pairs(near: NDArray[np.generic]) -> Iterator[tuple[int, int]]:
    """The places of a table of all pairs that hold something, each pair once."""
    for later, earlier in zip(*np.nonzero(np.tril(near, -1)), strict=True):
        yield int(later), int(earlier)


def _same_words(asked: Iterable[Asked]) -> Iterator[tuple[Asked, Asked]]:
    """Questions of two entries with the same words in another order, words of asking left out."""
    seen: dict[frozenset[str], list[Asked]] = defaultdict(list)
    for question in asked:
        matter = frozenset(
            word
            for word in rjieba.cut(normalise(question.text))
            if word not in stopwords() and NOT_A_WORD.sub("", word)
        )
        if len(matter) >= FEWEST_WORDS:
            earlier = next((o for o in seen[matter] if o.entry != question.entry), None)
            if earlier is not None:
                yield question, earlier
            seen[matter].append(question)


def _fault(mine: Asked, other: Asked, code: str) -> Fault:
    text = f"{mine.text} = {other.entry}: {other.text}"
    return Fault(file=mine.file, entry=mine.entry, code=code, text=text)
