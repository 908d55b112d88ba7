"""What is seen in a passage."""

from __future__ import annotations

import pytest

from antifraud.evidence import Collector
from antifraud.normal import normalise


@pytest.fixture(scope="module")
def collector() -> Collector:
    return Collector.load()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("+86 95588 是骗子吗", {"phone_forged"}),
        ("17000000000", {"phone_virtual"}),
        ("ToDesk 安全吗", {"app_remote"}),
        ("6200 0000 0000 0000", {"account_card"}),
    ],
)
def test_a_bare_number_or_program_is_a_subject(
    collector: Collector, text: str, names: set[str]
) -> None:
    evidence = collector.collect(normalise(text))

    assert evidence.is_bare
    assert names <= {hit.signal.name for hit in evidence.about_subjects}


def test_a_story_around_it_is_not_bare(collector: Collector) -> None:
    evidence = collector.collect(normalise("有人打17000000000找我借钱，说是我侄子"))

    assert not evidence.is_bare
    assert evidence.odds > -2.5


def test_told_in_other_words_the_same_is_seen(collector: Collector) -> None:
    normal = normalise("把验证码告诉我")

    assert collector.told_by(collector.catalogue).collect(normal) == collector.collect(normal)
