"""Sentence vectors of the statutes, computed once and shipped in a small file.

Embedding the whole corpus takes half an hour, so ``statute_vectors.npz`` holds the result: turned
onto 192 main directions and kept in four bits a number, which searches as well as the whole
vectors do. A row counts only while its article's text is the one it was computed from; what an
installation imports is embedded there (``statute_embedding.py``).

``python -m knowledge_base.statute_vectors DAY…`` computes what the file lacks of the laws in force
on those days and takes out what none of them has.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from knowledge_base.statutes import Statute, open_statutes
from knowledge_base.vectors import PASSAGE_CHARACTERS, TextEncoder, VectorCache, Vectors

FILE = Path(__file__).with_name("statute_vectors.npz")
DIRECTIONS = 192
# Four bits hold -8…7; each row is scaled so that its largest number becomes 7.
LEVELS = 7
KIND = "passage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Where statutes and questions are compared: centred, and turned onto the main directions."""

    centre: Vectors
    directions: Vectors

    def project(self, vectors: Vectors) -> Vectors:
        """Vectors of the model as rows of the space, not scaled."""
        rows: Vectors = ((vectors - self.centre) @ self.directions).astype(np.float32)
        return rows

    def fingerprint(self) -> str:
        """Changes when the space does, and with it the meaning of all that was learned in it."""
        content = self.directions.astype(np.float16).tobytes()
        return hashlib.blake2b(content, digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """The file's content: packed rows by the key of the text that they were computed from."""

    space: Space
    packed: Mapping[bytes, NDArray[np.uint8]]


class StatuteVectors:
    """Vectors of some of the statutes; ``places`` says which, ``rows`` are unit vectors."""

    def __init__(self, *, space: Space, rows: Vectors, places: NDArray[np.int64]) -> None:
        self.space = space
        self.rows = rows
        self.places = places

    def question(self, vector: Sequence[float]) -> Vectors:
        """A question's vector in the space, as a unit vector."""
        row: Vectors = unit(self.space.project(np.asarray(vector, dtype=np.float32)[None]))[0]
        return row


def passage(statute: Statute) -> str:
    """The text that stands for an article."""
    return f"{statute.law} {statute.chapter} {statute.text}"[:PASSAGE_CHARACTERS]


def unit(rows: Vectors) -> Vectors:
    """The rows with length 1; a row of zeros stays one."""
    lengths = np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), np.float32(1e-9))
    scaled: Vectors = (rows / lengths).astype(np.float32)
    return scaled


def read_shipped(file: Path = FILE) -> Shipped | None:
    """The shipped file; None where it is missing or damaged."""
    try:
        with file.open("rb") as source, np.load(source) as saved:
            return Shipped(
                space=Space(
                    centre=saved["centre"].astype(np.float32),
                    directions=saved["directions"].astype(np.float32),
                ),
                packed={
                    key.tobytes(): row
                    for key, row in zip(saved["keys"], saved["rows"], strict=True)
                },
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def load_statute_vectors(
    statutes: Sequence[Statute], file: Path = FILE, *, own: VectorCache | None = None
) -> StatuteVectors | None:
    """The vectors of the statutes given, shipped or from ``own``; None without a shipped file."""
    shipped = read_shipped(file)
    if shipped is None:
        return None
    rows: list[Vectors] = []
    places: list[int] = []
    for place, statute in enumerate(statutes):
        text = passage(statute)
        packed = shipped.packed.get(_key(text))
        if packed is not None:
            rows.append(_unpack(packed))
        elif own is not None and not own.missing(KIND, [text]):
            rows.append(shipped.space.project(own.get(KIND, [text]))[0])
        else:
            continue
        places.append(place)
    stacked = np.stack(rows) if rows else np.zeros((0, DIRECTIONS), dtype=np.float32)
    return StatuteVectors(
        space=shipped.space,
        # Column by column one vector is compared in two thirds of the time.
        rows=np.asfortranarray(unit(stacked)),
        places=np.array(places, dtype=np.int64),
    )


def not_shipped(statutes: Iterable[Statute], file: Path = FILE) -> Sequence[str]:
    """The passages of the statutes that the shipped file has no vector of, each once."""
    shipped = read_shipped(file)
    packed = shipped.packed if shipped else {}
    texts = dict.fromkeys(passage(statute) for statute in statutes)
    return [text for text in texts if _key(text) not in packed]


def write_shipped(texts: Sequence[str], vectors: Vectors, file: Path = FILE) -> None:
    """Write the vectors of passages, one row a text, keeping the space of the file that is there.

    Rows of the file that the texts name and ``vectors`` has as zeros stay as they are.
    """
    shipped = read_shipped(file)
    space = shipped.space if shipped else _space(vectors)
    packed = _pack(space.project(vectors))
    for place, text in enumerate(texts):
        kept = shipped.packed.get(_key(text)) if shipped else None
        if kept is not None and not vectors[place].any():
            packed[place] = kept
    keys = [np.frombuffer(_key(text), dtype=np.uint8) for text in texts]
    np.savez(
        file,
        keys=np.stack(keys),
        rows=packed,
        centre=space.centre.astype(np.float16),
        directions=space.directions.astype(np.float16),
    )


def main(*days: str) -> None:
    """Bring the shipped file up to date; prints nothing."""
    statutes = [s for day in days for s in open_statutes(date.fromisoformat(day)).searched]
    texts = list(dict.fromkeys(passage(statute) for statute in statutes))
    todo = set(not_shipped(statutes))
    model = TextEncoder()
    width = len(model.query(texts[0]))
    rows = np.zeros((len(texts), width), dtype=np.float32)
    for place, text in enumerate(texts):
        if text in todo:
            rows[place] = model.passages([text])[0]
    write_shipped(texts, rows)


def _space(vectors: Vectors) -> Space:
    centre: Vectors = vectors.mean(axis=0, dtype=np.float32)
    _, _, main_directions = np.linalg.svd(vectors - centre, full_matrices=False)
    # As they are read again, so that rows are packed in the very space they are used in.
    return Space(
        centre=centre.astype(np.float16).astype(np.float32),
        directions=main_directions[:DIRECTIONS].T.astype(np.float16).astype(np.float32),
    )


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def _pack(rows: Vectors) -> NDArray[np.uint8]:
    scale = LEVELS / np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9)
    whole = (np.round(rows * scale).astype(np.int8) + 8).astype(np.uint8)
    packed: NDArray[np.uint8] = whole[:, ::2] << 4 | whole[:, 1::2]
    return packed


def _unpack(packed: NDArray[np.uint8]) -> Vectors:
    row = np.empty(packed.shape[0] * 2, dtype=np.float32)
    row[::2] = (packed >> 4).astype(np.float32) - 8
    row[1::2] = (packed & 15).astype(np.float32) - 8
    return row


if __name__ == "__main__":
    main(*sys.argv[1:])
