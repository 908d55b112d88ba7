"""Vectors are for the unsure: messages below the margin, the hardest examples of each intent."""

from __future__ import annotations

import base64
import math
from collections import defaultdict
from itertools import groupby

import numpy as np
import pytest

from tests.integration.nlu.components.asked import (
    ASKED,
    END,
    LEARNED,
    MARGIN,
    SHARE,
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


def test_the_hardest_share_of_every_intent_gets_vectors(seen: Seen) -> None:
    by_intent = defaultdict(list)
    for example in seen["examples"]:
        by_intent[example["intent"]].append((example["margin"], bool(example["vectors"])))

    assert len(by_intent) == 4
    for examples in by_intent.values():
        hardest_first = [chosen for _, chosen in sorted(examples, key=lambda e: (e[0], not e[1]))]
        assert [chosen for chosen, _ in groupby(hardest_first)] == [True, False]
        assert sum(hardest_first) == math.ceil(SHARE * len(examples))


def test_a_button_needs_no_vector(seen: Seen) -> None:
    assert seen["button"]["vectors"]["vectors"] == []
