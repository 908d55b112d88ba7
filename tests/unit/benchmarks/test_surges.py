"""The benchmark counts as found what was found in time, and as false what nobody planted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.surge_data import HOURS, Planted, Year
from benchmarks.surges import LEARNED, _behind, _figures

ONE = Planted(kind=1, area=2, start=LEARNED + 10, hours=5, extra=6.0)
TWO = replace(ONE, start=LEARNED + 500, extra=4.0)


def told() -> Year:
    return Year(
        counts=np.zeros((HOURS, 2, 3)),
        slots=np.zeros(HOURS, dtype=np.int64),
        planted=(*(replace(ONE, kind=0, extra=e) for e in (8.0, 12.0)), ONE, TWO),
    )


def test_a_surge_shows_until_the_last_window_has_left_it() -> None:
    assert _behind(told(), (1, 2), ONE.start - 1) is None
    assert _behind(told(), (1, 2), ONE.start + ONE.hours + 1) is ONE
    assert _behind(told(), (1, 2), ONE.start + ONE.hours + 2) is None
    assert _behind(told(), (1, 1), ONE.start) is None


def test_late_finds_are_found_but_not_in_time() -> None:
    figures = _figures(told(), {ONE: 3, TWO: 4}, [0, 5, 1])

    assert figures["found_in_3h_6_extra"] == 1.0
    assert (figures["found_in_3h_4_extra"], figures["found_at_all_4_extra"]) == (0.0, 1.0)
    # Of the three that are held to the bound one was found.
    assert figures["found_in_3h"] == 0.333
    months = (HOURS - LEARNED) / 730
    assert figures["false_a_month_worst_area"] == round(5 / months, 2)
