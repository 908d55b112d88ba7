"""Machines fitted side by side are those that one core fits one after the other."""

from __future__ import annotations

import numpy as np
import pytest

from tests.integration.nlu.components.conftest import Seen


def test_each_intent_has_the_machine_it_would_have_alone(seen: Seen) -> None:
    (shared, alone) = seen["machines"]["intents"]

    assert shared == alone
    for part in ("planes", "bias"):
        ours, theirs = map(np.array, seen["machines"][part])
        assert ours.shape == theirs.shape
        np.testing.assert_allclose(ours, theirs, atol=2e-3)


def test_of_two_intents_each_has_its_own(seen: Seen) -> None:
    (intents, _), (planes, _) = seen["of_two"]["intents"], seen["of_two"]["planes"]
    (bias, _) = seen["of_two"]["bias"]

    assert len(intents) == len(planes) == len(bias) == 2
    np.testing.assert_allclose(planes[0], -np.array(planes[1]), atol=2e-3)
    assert bias[0] == pytest.approx(-bias[1], abs=2e-3)
