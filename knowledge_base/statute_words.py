"""The word indexes of the statutes: articles, chapters and laws as wholes, and their headings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.columns import Scores
from knowledge_base.errors import BadData
from knowledge_base.statutes import Statute, Statutes
from knowledge_base.tokens import tokens
from knowledge_base.words import (
    WordIndex,
    build_encoded,
    build_words,
    encode,
    load_words,
)

K1, B = 1.2, 0.75
# A heading is short whatever law it is of: its length says little.
B_HEADING = 0.3
# Part of the files' names: raise it when tokens or the indexed texts change.
INDEX_FORM = "2"
PARTS = ("words", "chapters", "laws", "headings")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatuteWords:
    """Four indexes; chapters, laws and headings answer for each of their articles."""

    articles: WordIndex
    chapters: WordIndex
    laws: WordIndex
    headings: WordIndex
    chapter_of: NDArray[np.int64]
    law_of: NDArray[np.int64]

    def of_articles(self, query: Mapping[str, float]) -> Scores:
        """Each article's score by its law's name, its heading and its text."""
        return self.articles.search(query)

    def of_chapters(self, query: Mapping[str, float]) -> Scores:
        """Each article's chapter's score, the chapter read as one text."""
        return self.chapters.search(query)[self.chapter_of]

    def of_laws(self, query: Mapping[str, float]) -> Scores:
        """Each article's law's score, the law read as one text."""
        return self.laws.search(query)[self.law_of]

    def of_headings(self, query: Mapping[str, float]) -> Scores:
        """Each article's score by its law's name and its heading alone."""
        return self.headings.search(query)[self.chapter_of]


def open_statute_words(statutes: Statutes, cache_dir: Path | None = None) -> StatuteWords:
    """Read the indexes from the cache folder, else build them (some seconds) and keep them."""
    chapter_of, law_of = _chapter_places(statutes.searched), _law_places(statutes.searched)
    form = hashlib.blake2b(
        f"{INDEX_FORM}/{K1}/{B}/{B_HEADING}".encode(), digest_size=4
    ).hexdigest()
    stem = f"{statutes.fingerprint()}-{form}.npz"
    files = [cache_dir / f"statute-{part}-{stem}" for part in PARTS] if cache_dir else []
    try:
        articles, chapters, laws, headings = (load_words(file) for file in files)
    except (BadData, ValueError):
        built = _build(statutes.searched, chapter_of, law_of)
        for file, index in zip(files, built, strict=False):
            index.save(file)
        articles, chapters, laws, headings = built
    return StatuteWords(
        articles=articles,
        chapters=chapters,
        laws=laws,
        headings=headings,
        chapter_of=np.array(chapter_of, dtype=np.int64),
        law_of=np.array(law_of, dtype=np.int64),
    )


def _build(
    statutes: Sequence[Statute], chapter_of: Sequence[int], law_of: Sequence[int]
) -> Sequence[WordIndex]:
    headings = {c: f"{s.law} {s.chapter} " for c, s in zip(chapter_of, statutes, strict=True)}
    heading_tokens = {chapter: tokens(text) for chapter, text in headings.items()}
    encoded = encode(
        heading_tokens[chapter] + tokens(statute.text)
        for chapter, statute in zip(chapter_of, statutes, strict=True)
    )
    return (
        build_encoded(encoded, size=len(statutes), k1=K1, b=B),
        build_encoded(encoded.joined(chapter_of), size=len(headings), k1=K1, b=B),
        build_encoded(encoded.joined(law_of), size=len(set(law_of)), k1=K1, b=B),
        build_words(list(heading_tokens.values()), k1=K1, b=B_HEADING),
    )


def _chapter_places(statutes: Sequence[Statute]) -> Sequence[int]:
    """For each article the number of its chapter, counted over all laws."""
    places: dict[tuple[str, str], int] = {}
    return [places.setdefault((s.law, s.chapter), len(places)) for s in statutes]


def _law_places(statutes: Sequence[Statute]) -> Sequence[int]:
    places: dict[str, int] = {}
    return [places.setdefault(s.law, len(places)) for s in statutes]
