from __future__ import annotations

import numpy as np

from knowledge_base.statute_training import Ranking, learn_sure, learn_turn, learn_weights
from knowledge_base.statute_vectors import unit


def test_a_turn_that_is_there_is_found() -> None:
    chance = np.random.default_rng(1)
    articles = unit(chance.normal(size=(300, 32)).astype(np.float32))
    # What lay people say lies a little aside of what the law says, always in the same way.
    aside = np.eye(32) + chance.normal(size=(32, 32)) * 0.25
    answers = [[int(n)] for n in chance.integers(0, 300, 3000)]
    asked = unit((articles[[a[0] for a in answers]] @ aside).astype(np.float32))
    asked = unit(asked + chance.normal(size=asked.shape).astype(np.float32) * 0.1)

    turn = learn_turn(asked[:2500], answers[:2500], articles)

    unseen, wanted = asked[2500:], np.array([a[0] for a in answers[2500:]])
    plain = ((unseen @ articles.T).argmax(axis=1) == wanted).mean()
    learned = ((unit(unseen + unseen @ turn) @ articles.T).argmax(axis=1) == wanted).mean()
    assert learned > plain + 0.1


def test_the_feature_that_tells_gets_the_weight() -> None:
    chance = np.random.default_rng(2)
    features = chance.random((300, 20, 3)).astype(np.float32)
    answers = np.zeros((300, 20), dtype=bool)
    for question in range(280):  # the last ones have no answer among their candidates
        answers[question, chance.integers(20)] = True
    features[:, :, 1] += answers

    telling = learn_weights(Ranking(features=features, answers=answers))

    assert telling[1] > 5 * max(abs(telling[0]), abs(telling[2]))


def test_sureness_grows_with_what_makes_hits_likely() -> None:
    inputs = np.linspace(0, 1, 400, dtype=np.float32)[:, None]
    slope, constant = learn_sure(inputs, inputs[:, 0] > 0.5)
    assert slope > 5
    assert abs(constant + slope / 2) < 0.2 * slope
