"""The figures of a cross-validation, and that nothing learned from is measured."""

from __future__ import annotations

import pytest

from antifraud.checker import Checker
from antifraud.evaluation import Judged, judge
from antifraud.evidence import Collector
from antifraud.samples import Sample, development_set
from antifraud.validation import calibration_error, cross_validated, figures
from core.knowledge import ScamCheck, ScamVerdict


def judged(label: str, verdict: ScamVerdict, score: float, topic: str | None = None) -> Judged:
    return Judged(
        sample=Sample(text="x", label=label, topic=topic, scenario=label),
        type="gov" if label == "scam" else None,
        check=ScamCheck(verdict=verdict, score=score, type=None, reasons=()),
        family="gov",
    )


ROWS = [
    judged("scam", ScamVerdict.SCAM, 0.9),
    judged("scam", ScamVerdict.SUSPICIOUS, 0.5),
    judged("normal", ScamVerdict.SCAM, 0.9, "operator_ad"),
    judged("normal", ScamVerdict.NO_SIGN, 0.1, "shop_ad"),
]


def test_the_gravest_verdict_and_advertising_are_counted_apart() -> None:
    found = figures(ROWS)

    assert (found["precision"], found["recall"]) == (pytest.approx(2 / 3), 1.0)
    assert found["called_scam"] == {"precision": 0.5, "recall": 0.5}
    assert found["advertising"] == {"n": 2, "called_scam": 0.5, "called_suspicious": 0.0}


def test_a_score_that_says_how_often_it_is_right_has_no_error() -> None:
    assert calibration_error([judged("scam", ScamVerdict.SCAM, 1.0)] * 3) == 0.0
    assert calibration_error(ROWS[:1] + ROWS[2:3]) == pytest.approx(0.4)


def test_every_example_is_judged_once_by_a_check_that_has_not_seen_it() -> None:
    few = list(development_set())[::12]
    found = list(cross_validated(few, Collector.load()))

    assert sorted(j.sample.text for j in found) == sorted(s.text for s in few)
    packaged = Checker.load()
    # The packaged check has learned from these very texts.
    assert [j.check.score for j in found] != [judge(j.sample, packaged).check.score for j in found]
