"""Vectors that are kept are as good as those that are computed, and never another text's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.bootstrap import faq_examples, today
from core.clock import utc_now
from nlu.training import training_examples
from nlu.vectors import FILE, Vectors

TEXTS = ["老板不发工资", "楼上漏水", "我想离婚", "借条丢了怎么办", "Where can I find a lawyer?"]
# Of today's examples so many have a kept vector, at least: else `python -m bot vectors` is due.
LEAST_KEPT = 0.9
# Two questions of different matters have 0.85 in common; rounding to four bits leaves more than this.
ALIKE = 0.995


@pytest.fixture
def kept(tmp_path: Path) -> Vectors:
    file = tmp_path / "vectors.npz"
    Vectors(file).keep(TEXTS)
    return Vectors(file)


@pytest.mark.parametrize("text", TEXTS)
def test_a_kept_vector_points_where_the_computed_one_does(kept: Vectors, text: str) -> None:
    vector = kept.of(text)

    assert vector.shape == (384,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert vector @ kept.compute(text) > 0.99
    assert max(TEXTS, key=lambda other: float(vector @ kept.compute(other))) == text


def test_other_texts_are_computed(kept: Vectors) -> None:
    assert "房东不退押金" not in kept
    assert (kept.of("房东不退押金") == kept.compute("房东不退押金")).all()


def test_only_the_end_of_a_long_text_counts(kept: Vectors) -> None:
    end = "后来他就不还钱了" * 8

    assert (kept.of("去年春天的事" + end) == kept.of(end)).all()


def test_the_file_does_not_depend_on_the_order_of_texts(tmp_path: Path) -> None:
    one, other = tmp_path / "one.npz", tmp_path / "other.npz"

    Vectors(one).keep(TEXTS)
    Vectors(other).keep(TEXTS[::-1])

    assert one.read_bytes() == other.read_bytes()


def test_one_text_alone_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    Vectors(file).keep(TEXTS[:1])
    vectors = Vectors(file)

    assert vectors.of(TEXTS[0]) @ vectors.compute(TEXTS[0]) > 0.99


def test_kept_vectors_are_not_computed_again(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    Vectors(file).keep(TEXTS)
    before = Vectors(file).of(TEXTS[0])
    Vectors(file).keep([*TEXTS, "房东不退押金"])
    after = Vectors(file)

    assert "房东不退押金" in after
    assert (after.of(TEXTS[0]) == before).all()


@pytest.mark.parametrize("content", [b"", b"no archive", FILE.read_bytes()[:2000]])
def test_a_damaged_file_costs_time_only(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "vectors.npz"
    file.write_bytes(content)
    vectors = Vectors(file)

    assert TEXTS[0] not in vectors
    assert (vectors.of(TEXTS[0]) == vectors.compute(TEXTS[0])).all()


def test_the_shipped_file_is_of_todays_examples() -> None:
    vectors = Vectors()
    texts = [e.text for e in (*training_examples(), *faq_examples(today(utc_now)))]

    assert sum(text in vectors for text in texts) / len(texts) >= LEAST_KEPT


def test_the_shipped_file_is_of_todays_encoder() -> None:
    vectors = Vectors()
    texts = [example.text for example in training_examples()][::1000]

    assert [text for text in texts if vectors.of(text) @ vectors.compute(text) < ALIKE] == []
