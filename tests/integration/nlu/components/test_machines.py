"""Machines fitted side by side are those that one core fits one after the other."""

from __future__ import annotations

import numpy as np

from tests.integration.nlu.components.conftest import Seen


def test_each_intent_has_the_machine_it_would_have_alone(seen: Seen) -> None:
    (shared, alone) = seen["machines"]["intents"]

    assert shared == alone
    for part in ("planes", "bias"):
        ours, theirs = map(np.array, seen["machines"][part])
        assert ours.shape == theirs.shape
        np.testing.assert_allclose(ours, theirs, atol=2e-3)
