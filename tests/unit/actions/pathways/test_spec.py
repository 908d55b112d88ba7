"""What a node must and must not say."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from actions.pathways.spec import Day, Gate, Step

RULE = {
    "what": "起诉",
    "since": "那天",
    "length": 3,
    "unit": "years",
    "source": {"law": "民法典", "article": "第一百八十八条", "quote": "三年"},
}
WAYS = {"in_time": "a", "run_out": "b", "unknown": "c"}
ASKED = {"ask": "哪天？", "label": "那天"}


@pytest.mark.parametrize(
    "row",
    [
        {**ASKED, "to": "a"},
        {**ASKED, "rule": RULE, **WAYS},
        {"uses": "other", "rule": RULE, **WAYS},
    ],
)
def test_a_day_asks_or_uses_and_leads_on(row: dict[str, object]) -> None:
    assert next(iter(Day.model_validate(row).exits)) in ("to", "in_time")


@pytest.mark.parametrize(
    "row",
    [
        ASKED,
        {**ASKED, "rule": RULE},
        {**ASKED, "rule": RULE, "to": "a", **WAYS},
        {**ASKED, "to": "a", "in_time": "b"},
        {"to": "a"},
        {**ASKED, "uses": "other", "to": "a"},
        {"ask": "哪天？", "to": "a"},
    ],
)
def test_anything_else_is_no_day(row: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="a day has either"):
        Day.model_validate(row)


def test_a_step_without_a_number_to_call_is_refused() -> None:
    with pytest.raises(ValidationError, match="hotlines"):
        Step.model_validate(
            {"kind": "sue", "title": "起诉", "do": "去", "cost": "50元", "hotlines": []}
        )


def test_exits_keep_their_order() -> None:
    gate = Gate.model_validate({"ask": "?", "answers": {"b": {"to": "x"}, "a": {"to": "y"}}})

    assert list(gate.exits.items()) == [("b", "x"), ("a", "y")]
