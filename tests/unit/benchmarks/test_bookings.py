"""The bounds of the rush for places: exactly as many as there are."""

from __future__ import annotations

from benchmarks.bookings import PLACES, Round, compose


def rush(succeeded: int, taken: int) -> Round:
    return Round(succeeded=succeeded, taken=taken, seconds=1.5, waits=(0.1, 0.3))


def test_as_many_as_there_are_is_kept() -> None:
    result = compose({"sqlite": [rush(PLACES, PLACES)] * 2})

    assert all(limit.met for limit in result.limits)
    assert result.figures["sqlite"] == {
        "succeeded": [PLACES, PLACES],
        "taken": [PLACES, PLACES],
        "seconds": [1.5, 1.5],
        "wait_p50_ms": 200.0,
        "wait_max_ms": 300.0,
    }


def test_one_too_many_one_too_few_and_a_wrong_counter_are_missed() -> None:
    for wrong in (rush(PLACES + 1, PLACES + 1), rush(PLACES - 1, PLACES - 1), rush(PLACES, 19)):
        result = compose({"postgresql": [rush(PLACES, PLACES), wrong]})
        assert [limit.met for limit in result.limits].count(False) == 1
