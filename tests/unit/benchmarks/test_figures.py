from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.figures import percentile, ratio_interval, ratio_of_medians, summary_ms

durations = st.lists(st.floats(min_value=0.001, max_value=100), min_size=1, max_size=50)


def test_percentile_interpolates_between_neighbours() -> None:
    assert percentile([4, 1, 3, 2], 0.5) == 2.5
    assert percentile([1, 2, 3, 4, 5], 0.95) == pytest.approx(4.8)
    assert percentile([7], 0.95) == 7


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 1.1), ([1.0], -0.1)])
def test_percentile_refuses_what_has_none(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match="no percentile"):
        percentile(values, share)


@given(durations, st.floats(min_value=0, max_value=1))
def test_percentile_lies_within_the_values_and_grows(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert min(values) <= found <= max(values) or found == pytest.approx(min(values))
    assert percentile(values, 0) == min(values)
    assert percentile(values, 1) == max(values)


def test_summary_is_in_milliseconds() -> None:
    assert summary_ms([0.010, 0.020, 0.030]) == {
        "n": 3,
        "p50_ms": 20.0,
        "p95_ms": 29.0,
        "mean_ms": 20.0,
        "max_ms": 30.0,
    }


def test_ratio_of_medians_is_ours_over_the_peers() -> None:
    assert ratio_of_medians([1, 2, 3], [2, 4, 6]) == 0.5


def test_ratio_interval_holds_the_ratio_and_is_the_same_each_time() -> None:
    pairs = [(0.02 + n / 1000, 0.05 + n / 900) for n in range(40)]
    ratio = ratio_of_medians([a for a, _ in pairs], [b for _, b in pairs])
    interval = ratio_interval(pairs)
    assert interval.low < ratio < interval.high
    assert ratio_interval(pairs) == interval


def test_ratio_interval_keeps_pairs_together() -> None:
    # The machine slowed down by a thousand halfway, for both sides: the ratio did not change.
    pairs = [(0.5 * slow, 1.0 * slow) for slow in (1, 1, 1, 1000, 1000)]
    interval = ratio_interval(pairs)
    assert (interval.low, interval.high) == (0.5, 0.5)
