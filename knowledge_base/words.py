"""Word search (BM25) over short texts, with weights for the query's tokens."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import bm25s
import numpy as np
from numpy.typing import NDArray

from knowledge_base.errors import BadData

Scores = NDArray[np.float32]
EMPTY = "\x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordIndex:
    """Token × document scores in columns: ``scores[starts[t]:starts[t+1]]`` are token t's."""

    vocabulary: Mapping[str, int]
    scores: Scores
    documents: NDArray[np.int32]
    starts: NDArray[np.int32]
    size: int
    peaks: Scores

    def search(self, query: Mapping[str, float]) -> Scores:
        """The score of every document for weighted tokens."""
        total = np.zeros(self.size, dtype=np.float32)
        for token, weight in query.items():
            column = self.vocabulary.get(token)
            if column is not None:
                start, end = self.starts[column], self.starts[column + 1]
                # A document stands once in a column, so plain indexing adds rightly (and is
                # many times faster than numpy's add.at, which bm25s uses).
                total[self.documents[start:end]] += weight * self.scores[start:end]
        return total

    def mass(self, query: Mapping[str, float]) -> float:
        """The most a document could score: every token at its highest; never 0.

        A token no document holds counts as much as the rarest that one does.
        """
        rarest = float(self.peaks.max(initial=0.0))
        columns = ((self.vocabulary.get(token), weight) for token, weight in query.items())
        total = sum(w * (rarest if c is None else float(self.peaks[c])) for c, w in columns)
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
                scores=self.scores,
                documents=self.documents,
                starts=self.starts,
                size=np.array(self.size),
            )
        temporary.replace(file)


def build_words(documents: Sequence[Sequence[str]], *, k1: float, b: float) -> WordIndex:
    """Index documents given as token lists; ``k1`` and ``b`` are BM25's parameters."""
    bm25 = bm25s.BM25(method="lucene", k1=k1, b=b)
    # bm25s fails where no document has a token.
    corpus = [list(document) or [EMPTY] for document in documents] or [[EMPTY]]
    bm25.index(corpus, show_progress=False, create_empty_token=False)
    return _index(
        sorted(bm25.vocab_dict, key=lambda token: int(bm25.vocab_dict[token])),
        scores=bm25.scores["data"].astype(np.float32),
        documents=bm25.scores["indices"].astype(np.int32),
        starts=bm25.scores["indptr"].astype(np.int32),
        size=len(documents),
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
    return WordIndex(
        vocabulary={token: column for column, token in enumerate(in_order)},
        scores=scores,
        documents=documents,
        starts=starts,
        size=size,
        peaks=np.maximum.reduceat(scores, starts[:-1]),
    )
