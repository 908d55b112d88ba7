"""Word search (BM25) over short texts, with weights for the query's tokens."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import bm25s
import numpy as np
from numpy.typing import NDArray

from knowledge_base.columns import Columns, Scores
from knowledge_base.errors import BadData

EMPTY = "\x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordIndex:
    """The scores of every token's documents, a column a token; ``peaks`` is each one's highest."""

    vocabulary: Mapping[str, int]
    columns: Columns
    peaks: Sequence[float]
    rarest: float

    def search(self, query: Mapping[str, float]) -> Scores:
        """The score of every document for weighted tokens."""
        known = [token for token in query if token in self.vocabulary]
        return self.columns.sums([self.vocabulary[t] for t in known], [query[t] for t in known])

    def mass(self, query: Mapping[str, float]) -> float:
        """The most a document could score: every token at its highest; never 0.

        A token no document holds counts as much as the rarest that one does.
        """
        columns = ((self.vocabulary.get(token), weight) for token, weight in query.items())
        total = sum(w * (self.rarest if c is None else self.peaks[c]) for c, w in columns)
        return total or 1.0

    def save(self, file: Path) -> None:
        """Write the index whole or not at all."""
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
        vocabulary = np.frombuffer("\n".join(self.vocabulary).encode(), dtype=np.uint8)
        with temporary.open("wb") as out:
            np.savez(
                out,
                vocabulary=vocabulary,
                scores=self.columns.scores,
                documents=self.columns.documents,
                starts=np.array(self.columns.starts, dtype=np.int32),
                size=np.array(self.columns.size),
            )
        temporary.replace(file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """Documents as numbers of tokens; several indexes of the same texts are built from it fast."""

    documents: Sequence[Sequence[int]]
    vocabulary: Mapping[str, int]

    def joined(self, groups: Sequence[int]) -> Encoded:
        """One document a group: those of ``groups``, a group's number for every document."""
        if not groups:
            return self
        together: dict[int, list[int]] = {}
        for group, document in zip(groups, self.documents, strict=True):
            together.setdefault(group, []).extend(document)
        documents = [together[group] for group in sorted(together)]
        return Encoded(documents=documents, vocabulary=self.vocabulary)


def encode(documents: Iterable[Sequence[str]]) -> Encoded:
    """Give every token a number. A document without tokens gets one that no query has."""
    vocabulary: dict[str, int] = {}
    number = vocabulary.setdefault
    encoded = [
        [number(token, len(vocabulary)) for token in document or (EMPTY,)]
        for document in documents
    ]
    # bm25s fails where no document has a token.
    encoded = encoded or [[number(EMPTY, 0)]]
    return Encoded(documents=encoded, vocabulary=vocabulary)


def build_words(documents: Sequence[Sequence[str]], *, k1: float, b: float) -> WordIndex:
    """Index documents given as token lists; ``k1`` and ``b`` are BM25's parameters."""
    return build_encoded(encode(documents), size=len(documents), k1=k1, b=b)


def build_encoded(encoded: Encoded, *, size: int, k1: float, b: float) -> WordIndex:
    """Index documents of which every token of the vocabulary is in one; ``size`` is their count."""
    bm25 = bm25s.BM25(method="lucene", k1=k1, b=b)
    bm25.index(
        (encoded.documents, encoded.vocabulary), show_progress=False, create_empty_token=False
    )
    return _index(
        list(encoded.vocabulary),
        scores=bm25.scores["data"].astype(np.float32),
        documents=bm25.scores["indices"].astype(np.int32),
        starts=bm25.scores["indptr"].astype(np.int32),
        size=size,
    )


def load_words(file: Path) -> WordIndex:
    """Read a saved index; raises ``BadData`` where the file is missing or damaged."""
    try:
        with file.open("rb") as source, np.load(source) as saved:
            return _index(
                saved["vocabulary"].tobytes().decode().split("\n"),
                scores=saved["scores"],
                documents=saved["documents"],
                starts=saved["starts"],
                size=int(saved["size"]),
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise BadData(f"{file.name}: {error}") from error


def _index(
    in_order: Sequence[str],
    *,
    scores: Scores,
    documents: NDArray[np.int32],
    starts: NDArray[np.int32],
    size: int,
) -> WordIndex:
    peaks = np.maximum.reduceat(scores, starts[:-1])
    return WordIndex(
        vocabulary={token: column for column, token in enumerate(in_order)},
        columns=Columns(scores=scores, documents=documents, starts=starts.tolist(), size=size),
        peaks=peaks.tolist(),
        rarest=float(peaks.max(initial=0.0)),
    )
