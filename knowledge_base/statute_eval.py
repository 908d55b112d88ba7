"""Measures the statute search on questions with the articles that answer them."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean, median
from typing import TypeVar

from core.errors import Invalid
from core.ports import Embedder
from knowledge_base.entries import load_drafts
from knowledge_base.errors import EmbedderMissing
from knowledge_base.notation import notation
from knowledge_base.statute_search import StatuteSearch, open_statute_search
from knowledge_base.statutes import Statutes, open_statutes
from knowledge_base.vectors import (
    FAQ_VECTORS,
    SHIPPED,
    STATUTE_VECTORS,
    TextEncoder,
    VectorCache,
    embed_missing,
)

T = TypeVar("T")
DEPTHS = (1, 5, 10, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and the (law, article) pairs that answer it."""

    query: str
    articles: frozenset[tuple[str, str]]


def evaluate(
    lines: Iterable[str],
    on: date,
    *,
    cache_dir: Path | None = None,
    shelf: Path | None = None,
    words_only: bool = False,
) -> dict[str, float]:
    """Search every question of JSON lines ``{"query", "articles"}`` among the laws of a day.

    Recall is the mean share of a question's articles found in the first k; an article that the
    corpus does not hold counts as missed. Raises ``Invalid`` naming a bad line.
    """
    statutes = open_statutes(on, shelf=shelf)
    questions = read_questions(lines, statutes)
    drafts = [draft for draft in load_drafts().entries if draft.is_told(on)]
    own = VectorCache(cache_dir / STATUTE_VECTORS) if cache_dir else None
    search = open_statute_search(statutes, cache_dir, drafts=drafts, own=own)
    embedder = None if words_only or not search.uses_vectors else _embedder()
    if embedder:
        search.bridge.use_vectors(_wordings(search, embedder, cache_dir))
    found = [_ask(search, embedder, question.query) for question in questions]
    return {
        **scores(
            [ranked for ranked, _ in found],
            [q.articles for q in questions],
            [len(q.articles) for q in questions],
        ),
        "ms_p50": round(median(ms for _, ms in found), 2),
    }


def read_questions(lines: Iterable[str], statutes: Statutes) -> Sequence[Question]:
    """The questions of JSON lines; raises ``Invalid`` naming a bad one, and where there is none."""
    questions = [_question(line, n, statutes) for n, line in enumerate(lines, 1) if line.strip()]
    if not questions:
        raise Invalid("no question")
    return questions


def scores(
    rankings: Sequence[Sequence[T]], wanted: Sequence[AbstractSet[T]], counts: Sequence[int]
) -> dict[str, float]:
    """Recall at several depths and mrr@10 of rankings; ``counts`` are all that answer a question."""
    asked = list(zip(rankings, wanted, counts, strict=True))
    recalls = {
        f"recall@{k}": fmean(len(set(r[:k]) & w) / count for r, w, count in asked) for k in DEPTHS
    }
    reciprocal = fmean(_reciprocal(r[:10], w) for r, w, _ in asked)
    return {
        "n": len(asked),
        **{name: round(value, 4) for name, value in recalls.items()},
        "mrr@10": round(reciprocal, 4),
    }


def _question(line: str, number: int, statutes: Statutes) -> Question:
    try:
        data = json.loads(line)
        query, names = data["query"], data["articles"]
        articles = frozenset(_article(name, statutes) for name in names)
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(f"line {number}: {error!r}") from error
    if not isinstance(query, str) or not articles:
        raise Invalid(f"line {number}: query and articles are needed")
    return Question(query=query, articles=articles)


def _article(name: str, statutes: Statutes) -> tuple[str, str]:
    """中华人民共和国民法典第五十四条 → (民法典, 第五十四条); raises ``ValueError``."""
    found = list(re.finditer(notation().pattern["numbered"], name))
    if not found or found[-1].end() != len(name):
        raise ValueError(name)
    law, number = name[: found[-1].start()], found[-1].group()
    statute = statutes.get(law, number)
    return (statute.law, statute.number) if statute else (law, number)


def _ask(
    search: StatuteSearch, embedder: Embedder | None, query: str
) -> tuple[Sequence[tuple[str, str]], float]:
    start = time.perf_counter()
    vector = embedder.query(query) if embedder else None
    articles = search.search(query, limit=max(DEPTHS), vector=vector)
    ms = (time.perf_counter() - start) * 1000
    return [(article.law, article.number) for article in articles], ms


def _reciprocal(ranked: Sequence[T], wanted: AbstractSet[T]) -> float:
    return next((1 / rank for rank, found in enumerate(ranked, 1) if found in wanted), 0.0)


def _wordings(search: StatuteSearch, embedder: Embedder, cache_dir: Path | None) -> VectorCache:
    """The vectors of the FAQ's wordings, shipped, cached or computed now."""
    cache = VectorCache((cache_dir or Path()) / FAQ_VECTORS, shipped=SHIPPED)
    texts = {"query": search.bridge.questions}
    if sum(1 for _ in embed_missing(cache, embedder, texts)) and cache_dir:
        cache.save()
    return cache


def _embedder() -> Embedder | None:
    try:
        return TextEncoder()
    except EmbedderMissing:
        return None
