"""A reading is acted on when it is likely, or clearly ahead of its rival."""

from __future__ import annotations

from typing import Literal

import pytest

from core.confidence import NARROW, WEAK, too_weak
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
