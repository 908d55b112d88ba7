from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge_base.statute_features import VECTOR_FEATURES, WORD_FEATURES
from knowledge_base.statute_model import Sure, Weights, load_turn, save_turn, statute_weights
from knowledge_base.statute_vectors import DIRECTIONS, Space, read_shipped


def space(seed: int) -> Space:
    directions = np.random.default_rng(seed).normal(size=(384, DIRECTIONS)).astype(np.float32)
    return Space(centre=np.zeros(384, dtype=np.float32), directions=directions)


def test_the_weights_are_those_of_the_features_there_are() -> None:
    weights = statute_weights()
    assert set(weights.words.features) == set(WORD_FEATURES)
    assert set(weights.both.features) == {*WORD_FEATURES, *VECTOR_FEATURES}


def test_a_utility_is_the_weighted_sum() -> None:
    weights = Weights(features={"covered": 2.0, "near": -1.0}, sure=Sure(covered=1, constant=0))
    covered, near = np.array([1, 0], np.float32), np.array([0.5, 1], np.float32)
    assert weights.utility({"covered": covered, "near": near}).tolist() == [1.5, -1.0]


@pytest.mark.parametrize(("covered", "near", "likely"), [(0.0, 0.0, 0.5), (9.0, 9.0, 1.0)])
def test_sureness_is_a_probability(covered: float, near: float, likely: float) -> None:
    sure = Sure(covered=2, near=3, constant=0)
    assert sure.probability(covered, near) == pytest.approx(likely, abs=1e-6)


def test_a_turn_counts_only_in_the_space_it_was_learned_in(tmp_path: Path) -> None:
    turn = np.eye(DIRECTIONS, dtype=np.float32)
    save_turn(turn, space(1), tmp_path / "turn.npz")
    np.testing.assert_array_equal(load_turn(space(1), tmp_path / "turn.npz"), turn)
    assert not load_turn(space(2), tmp_path / "turn.npz").any()


@pytest.mark.parametrize("content", [None, b"PK\x03\x04 cut off"])
def test_without_a_turn_questions_stay_as_they_are(tmp_path: Path, content: bytes | None) -> None:
    if content:
        (tmp_path / "turn.npz").write_bytes(content)
    assert not load_turn(space(1), tmp_path / "turn.npz").any()


def test_the_shipped_turn_belongs_to_the_shipped_vectors() -> None:
    shipped = read_shipped()
    assert shipped is not None
    assert load_turn(shipped.space).any()
