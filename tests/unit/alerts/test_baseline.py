"""An ordinary hour is learned from thin, torn and surging histories."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.baseline import DAY, SLOTS, Counts, Slots, fit, slot_of

WEEKS = 8
RATES = np.array([[4.0, 0.5], [0.3, 0.05]])
RHYTHM = np.where(np.arange(SLOTS) % DAY < 8, 0.2, 1.4)


def town(seed: int, dispersion: float = 0.0) -> tuple[Counts, Slots]:
    """Two types in two areas, with quiet nights."""
    chance = np.random.default_rng(seed)
    slots = np.tile(np.arange(SLOTS), WEEKS)
    rates = RHYTHM[slots][:, None, None] * RATES
    if dispersion:
        rates = rates * chance.gamma(1 / dispersion, dispersion, rates.shape)
    return chance.poisson(rates).astype(float), slots


def test_levels_and_hours_are_found() -> None:
    usual = fit(*town(1))

    day, night = usual.expected[RHYTHM > 1], usual.expected[RHYTHM < 1]
    assert day.mean(axis=0) == pytest.approx(1.4 * RATES, rel=0.1)
    assert night.mean(axis=0) == pytest.approx(0.2 * RATES, rel=0.25)
    assert usual.dispersion == pytest.approx([0.0, 0.0], abs=0.05)


def test_scatter_is_found() -> None:
    usual = fit(*town(2, dispersion=0.4))

    assert usual.dispersion[0] == pytest.approx(0.4, abs=0.12)


def test_a_past_surge_hardly_lifts_what_is_expected() -> None:
    counts, slots = town(3)
    before = fit(counts, slots).expected
    torn = counts.copy()
    torn[500:520, 1, 0] += 40.0

    after = fit(torn, slots).expected

    assert torn.mean(axis=0)[1, 0] > 2 * counts.mean(axis=0)[1, 0]
    assert after[:, 1, 0].mean() < 1.25 * before[:, 1, 0].mean()


def test_an_outage_is_left_out() -> None:
    counts, slots = town(4)
    # Busy enough that an hour without anything is none.
    counts = counts * 4
    before = fit(counts, slots).expected
    counts[600:660] = 0.0

    assert fit(counts, slots).expected.mean() == pytest.approx(before.mean(), rel=0.03)


def test_a_thin_cell_borrows_its_hours_from_its_type() -> None:
    counts, slots = town(5)
    counts[:, 0, 1] = 0.0
    counts[100, 0, 1] = 1.0

    expected = fit(counts, slots).expected[:, 0, 1]

    assert expected.max() < 0.2
    assert np.median(expected[RHYTHM > 1]) > 3 * np.median(expected[RHYTHM < 1])


@settings(max_examples=25)
@given(seed=st.integers(0, 999), weeks=st.integers(2, 4), rate=st.floats(0, 30))
def test_every_expectation_is_a_positive_number(seed: int, weeks: int, rate: float) -> None:
    slots = np.tile(np.arange(SLOTS), weeks)
    counts = np.random.default_rng(seed).poisson(rate, (len(slots), 3, 4)).astype(float)

    usual = fit(counts, slots)

    assert np.isfinite(usual.expected).all()
    assert (usual.expected > 0).all()
    assert (usual.dispersion >= 0).all()
    assert usual.expected.mean() == pytest.approx(counts.mean(), rel=0.2, abs=0.02)


def test_holidays_are_sundays_and_days_made_up_mondays() -> None:
    # 2026: 1 October is a Thursday's holiday; 10 October a Saturday that is worked.
    assert slot_of(date(2026, 11, 18), 9) == 2 * DAY + 9
    assert slot_of(date(2026, 10, 1), 9) == 6 * DAY + 9
    assert slot_of(date(2026, 10, 10), 9) == 9
    assert slot_of(date(2026, 11, 21), 0) == 5 * DAY
