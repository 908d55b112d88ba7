"""The learned half: it says how sure it is, of which kind, and by which words."""

from __future__ import annotations

import pytest

from antifraud.classifier import Classifier
from antifraud.evidence import Collector, Evidence
from antifraud.normal import normalise
from antifraud.typology import load_typology


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.load()


@pytest.fixture(scope="module")
def collector() -> Collector:
    return Collector.load()


def seen(collector: Collector, text: str) -> Evidence:
    return collector.collect(normalise(text))


def test_it_knows_the_twelve_kinds_and_its_limits_are_in_order(classifier: Classifier) -> None:
    assert set(classifier.kinds) == {kind.key for kind in load_typology().main}
    assert 0 < classifier.limits.suspicious_from <= classifier.limits.scam_from < 1
    assert classifier.weights.shape == (len(classifier.features), 13)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("客服说丢了我的快递要赔钱，让我打开会议软件共享屏幕", "cs"),
        ("网上认识的女朋友说要来看我，让我先转路费", "love"),
        ("老师让我去学校后勤代买一批罐头，先把货款垫给供货商", "army"),
    ],
)
def test_a_scam_scores_high_and_has_its_kind(
    classifier: Classifier, collector: Collector, text: str, kind: str
) -> None:
    opinion = classifier.opinion(seen(collector, text))

    assert opinion.score >= classifier.limits.suspicious_from
    assert max(opinion.kinds, key=lambda key: opinion.kinds[key]) == kind


def test_an_ordinary_message_scores_low(classifier: Classifier, collector: Collector) -> None:
    opinion = classifier.opinion(seen(collector, "明天家长会改到下午四点，请相互转告"))

    assert opinion.score < classifier.limits.suspicious_from


def test_the_telling_clause_is_pointed_at(classifier: Classifier, collector: Collector) -> None:
    text = "你好呀。今天天气不错，先垫付三千做完返四千，回头聊"
    opinion = classifier.opinion(seen(collector, text))

    assert opinion.words is not None
    assert "垫付" in normalise(text).quote(*opinion.words)


def test_nothing_known_gives_no_words(classifier: Classifier, collector: Collector) -> None:
    assert classifier.opinion(seen(collector, "天天")).words is None
