"""A reading is acted on when it is likely, or clearly ahead of its rival."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from core.confidence import (
    BESIDE,
    NARROW,
    PLAIN,
    SUSPECTED,
    VEILED,
    WEAK,
    doubtful,
    otherwise,
    too_weak,
    worth_asking,
)
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


def crisis(likely: float, *, share: float = 0.6, rival: str = "legal_inheritance") -> Parse:
    """A text read as a crisis, for which so much speaks."""
    ranking = (("crisis", share), (rival, 0.3), ("greet", 0.1))
    return Parse(
        text="x",
        intent="crisis",
        confidence=share,
        parser="rasa",
        ranking=ranking,
        dangers=(("crisis", likely), ("emergency", 0.0)),
    )


@pytest.mark.parametrize(
    ("reading", "doubted"),
    [
        (crisis(PLAIN["crisis"]), False),
        (crisis(PLAIN["crisis"] - 0.01), True),
        (crisis(0.3, rival="emergency"), False),
        (replace(crisis(0.3), dangers=()), False),
        (replace(crisis(0.3), ranking=()), False),
        (replace(crisis(0.3), intent="emergency"), False),
    ],
    ids=["plain", "in doubt", "two dangers", "no vector", "rules", "another danger"],
)
def test_a_crisis_for_which_little_speaks_is_asked_after(reading: Parse, *, doubted: bool) -> None:
    assert doubtful(reading) is doubted
    assert worth_asking(reading) == ("crisis" if doubted or reading.intent != "crisis" else None)


def test_what_a_doubtful_reading_is_otherwise_has_all_that_is_left() -> None:
    parse = otherwise(crisis(0.3))

    assert [name for name, _ in parse.ranking] == ["legal_inheritance", "greet"]
    assert [share for _, share in parse.ranking] == pytest.approx([0.75, 0.25])
    assert (parse.intent, parse.confidence) == parse.ranking[0]
    assert worth_asking(parse) == "crisis"
    assert not doubtful(parse)


def test_a_sure_reading_leaves_the_others_what_they_had() -> None:
    reading = replace(crisis(0.5), ranking=(("crisis", 1.0), ("greet", 1e-20)))

    assert otherwise(reading).ranking == (("greet", 1.0),)


@pytest.mark.parametrize(("danger", "likely"), [("crisis", VEILED["crisis"]), ("emergency", 0.17)])
def test_veiled_words_are_asked_after_from_less_on(danger: str, likely: float) -> None:
    reading = replace(parse(0.9, 0.01), dangers=((danger, likely),), suspected=(danger, likely))

    assert worth_asking(reading) == ("crisis" if danger == "crisis" else None)
    assert worth_asking(replace(reading, dangers=((danger, 0.1),))) is None
