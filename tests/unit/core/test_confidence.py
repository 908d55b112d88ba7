"""A reading is acted on when it is likely, or clearly ahead of its rival."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from core.confidence import BESIDE, NARROW, SUSPECTED, WEAK, too_weak, worth_asking
from core.messages import Parse


def parse(
    confidence: float, second: float | None, parser: Literal["rasa", "rules", "payload"] = "rasa"
) -> Parse:
    rivals = () if second is None else (("legal_rental", second),)
    return Parse(
        text="x",
        intent="legal_labour",
        confidence=confidence,
        parser=parser,
        ranking=(("legal_labour", confidence), *rivals),
    )


@pytest.mark.parametrize(
    ("confidence", "second", "weak"),
    [
        (WEAK, WEAK, False),
        (0.19, 0.18, True),
        (0.19, 0.19 - NARROW - 0.01, False),
        (0.05, None, True),
        (0.35, None, False),
    ],
)
def test_the_model_must_be_likely_or_clearly_ahead(
    confidence: float, second: float | None, *, weak: bool
) -> None:
    assert too_weak(parse(confidence, second)) is weak


@pytest.mark.parametrize("parser", ["rules", "payload"])
def test_rules_and_buttons_know_or_do_not(parser: Literal["rules", "payload"]) -> None:
    assert not too_weak(parse(0.1, 0.1, parser))
    assert too_weak(parse(0.0, None, parser))


@pytest.mark.parametrize(
    ("reading", "likely", "asked"),
    [
        (parse(0.9, 0.01), SUSPECTED, "crisis"),
        (parse(0.9, 0.01), SUSPECTED - 0.01, None),
        (parse(0.19, 0.18), SUSPECTED, "crisis"),
        (replace(parse(0.9, 0.01), intent="emergency"), 1.0, None),
        (replace(parse(0.19, 0.18), intent="emergency"), 1.0, "crisis"),
    ],
    ids=["likely", "hardly likely", "unread", "alarm already", "alarm too weak"],
)
def test_who_may_be_in_danger_is_asked_unless_alarmed(
    reading: Parse, likely: float, asked: str | None
) -> None:
    assert worth_asking(replace(reading, suspected=("crisis", likely))) == asked


def test_nobody_is_asked_for_nothing() -> None:
    assert worth_asking(parse(0.9, 0.01)) is None


@pytest.mark.parametrize(
    ("dangers", "asked"),
    [
        ((("emergency", 0.9), ("crisis", BESIDE)), "crisis"),
        ((("emergency", 0.9), ("crisis", BESIDE - 0.01)), None),
        ((("fraud_emergency", 0.3), ("crisis", 0.2)), "fraud_emergency"),
        ((), None),
    ],
    ids=["likely", "hardly likely", "the likelier", "none told"],
)
def test_beside_an_alarm_another_danger_is_asked_after(
    dangers: tuple[tuple[str, float], ...], asked: str | None
) -> None:
    alarm = replace(parse(0.9, 0.01), intent="emergency", suspected=("emergency", 0.9))

    assert worth_asking(replace(alarm, dangers=dangers)) == asked
