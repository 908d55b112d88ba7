from __future__ import annotations

import numpy as np

from knowledge_base.faq_fit import Examples, fit


def test_the_feature_that_tells_the_right_entry_gets_the_weight() -> None:
    chance = np.random.default_rng(1)
    features = chance.random((200, 3, 2)) * 0.2
    right = chance.integers(0, 4, 200)
    for question, entry in enumerate(right):
        if entry < 3:
            features[question, entry, 0] += 1.0
    weights = fit(Examples(features=features, right=right), ["a", "b", "c"], (0, 1))
    telling, noise = weights.features
    assert telling > 5 * abs(noise)
    # Where no entry stands out, “no entry” must win: its utility lies between the two cases.
    assert 0.3 * telling < weights.none < telling
