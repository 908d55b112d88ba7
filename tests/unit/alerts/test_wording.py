"""Alerts are worded from the typology, name no small count, and fit a screen."""

from __future__ import annotations

from datetime import datetime

import pytest

from alerts.errors import BadWording
from alerts.models import Alert
from alerts.wording import LONGEST, NARROW, Names, checked, corrected, drafted, replies, templates
from antifraud.checker import Checker
from bot.alert_names import axes, names
from core.clock import SUZHOU

AT = datetime(2026, 11, 30, 10, tzinfo=SUZHOU)
CHECKER = Checker.load()
NAMES: Names = names(CHECKER)


def alert(kind: str = "brush", area: str = "320508", count: int = 12, **more: object) -> Alert:
    fields = {"number": 7, "hours": 3, "corrects": "", "drafted_at": AT, "decided_at": AT}
    return Alert(area=area, fraud_type=kind, count=count, **{**fields, **more})


@pytest.mark.parametrize("kind", axes(CHECKER).kinds)
def test_every_type_in_every_area_and_language_may_be_sent(kind: str) -> None:
    for area in axes(CHECKER).areas:
        told = drafted(alert(kind, area), NAMES)

        assert checked(told) == told
        assert told.keys() == templates().keys()
        assert all("110" in text and "96110" in text for text in told.values())
        assert not any("$" in text for text in told.values())


def test_what_it_says_comes_from_the_typology() -> None:
    told = drafted(alert(), NAMES)["zh"]
    kind = CHECKER.type("brush")

    assert kind is not None
    assert kind.title in told
    assert kind.steps[0] in told
    assert kind.never in told
    assert "姑苏区" in told


@pytest.mark.parametrize(("count", "named"), [(9, False), (10, True)])
def test_small_counts_are_not_told(count: int, named: bool) -> None:  # noqa: FBT001
    for text in drafted(alert(count=count), NAMES).values():
        assert (f" {count} " in text) is named


def test_leaving_is_one_tap_and_a_correction_has_no_other() -> None:
    one = alert()
    one.texts = drafted(one, NAMES)
    wrong = alert(corrects="x", texts={"zh": "更正"})

    payloads = [b.payload for b in replies(one)["zh"].quick_replies]
    assert payloads == ["fraud_emergency", "fraud_knowledge/brush", "subscribe_alerts/stop"]
    assert [b.payload for b in replies(wrong)["zh"].quick_replies] == ["subscribe_alerts/stop"]
    assert replies(one)["en"].language == "en"


def test_a_correction_says_which_and_why() -> None:
    told = corrected(alert(), NAMES, {"zh": "没有激增。", "en": "No surge."})

    assert "11月30日" in told["zh"]
    assert "刷单返利" in told["zh"]
    assert "没有激增。" in told["zh"]
    assert "30 November" in told["en"]


@pytest.mark.parametrize(
    "texts",
    [
        {"zh": "只有中文"},
        {"zh": "  ", "en": "x"},
        {"zh": "长" * (LONGEST + 1), "en": "x"},
        {"zh": "短", "en": "x" * (int(LONGEST * NARROW) + 1)},
        {"zh": "短", "en": "x", "fr": "x"},
    ],
)
def test_unfit_words_are_refused(texts: dict[str, str]) -> None:
    with pytest.raises(BadWording):
        checked(texts)
