"""Vectors are for the unsure: messages below the margin; all examples learn by them."""

from __future__ import annotations

import base64

import numpy as np
import pytest

from tests.integration.nlu.components.asked import (
    ASKED,
    END,
    LEARNED,
    MARGIN,
    STORY,
    UNKNOWN,
)
from tests.integration.nlu.components.conftest import Seen


def put_out(seen: Seen, text: str) -> np.ndarray:
    return np.frombuffer(
        base64.b64decode(seen["fresh"][text]["vectors"]["vector"]), dtype=np.float16
    )


def test_messages_below_the_margin_get_one_vector(seen: Seen) -> None:
    margins = {text: seen["fresh"][text]["first"]["margin"] for text in ASKED}
    counts = {text: len(seen["fresh"][text]["vectors"]["vectors"]) for text in ASKED}

    assert counts == {text: int(margin < MARGIN) for text, margin in margins.items()}
    assert {counts[LEARNED], counts[UNKNOWN]} == {0, 1}


def test_the_vector_is_put_out_for_others_to_use(seen: Seen) -> None:
    vector = put_out(seen, UNKNOWN)
    (kept,) = seen["fresh"][UNKNOWN]["second"]["vectors"]

    assert vector.shape == (384,)
    assert np.linalg.norm(vector.astype(np.float64)) == pytest.approx(1, abs=1e-3)
    assert vector == pytest.approx(kept, abs=1e-3)
    assert "vector" in seen["fresh"][UNKNOWN]["second"]["put_out"]
    assert "vector" not in seen["fresh"][LEARNED]["second"]["put_out"]


def test_of_a_long_story_the_end_counts(seen: Seen) -> None:
    assert (put_out(seen, STORY) == put_out(seen, END)).all()
    assert not (put_out(seen, STORY) == put_out(seen, UNKNOWN)).all()


def test_every_example_gets_its_vector(seen: Seen) -> None:
    assert {len(example["vectors"]) for example in seen["examples"]} == {1}


def test_a_button_needs_no_vector(seen: Seen) -> None:
    assert seen["button"]["vectors"]["vectors"] == []


def test_a_sure_message_gets_one_for_the_share_of_a_watched_intent(seen: Seen) -> None:
    assert seen["watching"] == {"legal_labour": 1, "legal_rental": 0}
