from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from knowledge_base.faq_fit import Examples, fit, nearest, texts_to_fit, write_weights
from knowledge_base.faq_search import FaqWeights, faq_weights


@pytest.fixture
def examples() -> Examples:
    """Three entries; the first feature tells the right one, the second is noise."""
    chance = np.random.default_rng(1)
    features = (chance.random((200, 3, 2)) * 0.2).astype(np.float32)
    right = chance.integers(0, 4, 200)
    belief = np.zeros((200, 3), dtype=np.float32)
    for question, entry in enumerate(right):
        if entry < 3:
            features[question, entry, 0] += 1.0
            belief[question, entry] = 1.0 if question % 2 else 0.0
    return Examples(
        features=features,
        right=right,
        belief=belief,
        same=np.zeros_like(belief),
        given=np.zeros(200, dtype=np.float32),
        share=np.where(right < 3, 1.0, 0.25).astype(np.float32),
    )


def test_the_feature_that_tells_the_right_entry_gets_the_weight(examples: Examples) -> None:
    weights = fit(examples, (0, 1))
    telling, noise = weights.features
    assert telling > 5 * abs(noise)
    # Where no entry stands out, “no entry” must win: its utility lies between the two cases.
    assert 0.2 * telling < weights.none < telling


def test_what_was_read_rightly_counts(examples: Examples) -> None:
    assert fit(examples, (1,)).read_intent > 1


def test_a_question_is_fitted_against_what_fits_it_the_right_entry_first() -> None:
    fits = np.array([[0.1, 0.9, 0.5], [0.2, 0.3, 0.4]], dtype=np.float32)
    features = np.repeat(fits[:, :, None], 6, axis=2)
    assert nearest(features, np.array([0, 3])).tolist() == [[0, 1, 2], [2, 1, 0]]


def test_weights_are_written_below_the_remarks(tmp_path: Path) -> None:
    file = tmp_path / "weights.yml"
    file.write_text("# a remark\nwords: {}\n", encoding="utf-8")
    write_weights(faq_weights(), file)
    written = file.read_text(encoding="utf-8")
    assert written.startswith("# a remark\nwords:")
    assert FaqWeights.model_validate(yaml.safe_load(written)) == faq_weights()


def test_half_of_the_unrelated_questions_are_kept_for_the_tests() -> None:
    texts = texts_to_fit()
    assert "今天天气怎么样" in texts
    assert "明天苏州会下雨吗" not in texts
