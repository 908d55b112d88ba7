"""Confidence against truth: ten bins of equal width, and how far off they are together."""

from __future__ import annotations

import pytest

from nlu.calibration import Bin, calibrate, expected_error


def test_readings_are_sorted_into_tenths() -> None:
    bins = calibrate([(0.0, False), (0.05, True), (0.1, True), (0.95, True), (1.0, False)])

    assert [b.n for b in bins] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert bins[0] == Bin(low=0.0, n=2, confidence=0.025, accuracy=0.5)
    assert bins[2] == Bin(low=0.2, n=0, confidence=0.0, accuracy=0.0)


def test_who_means_what_he_says_has_no_error() -> None:
    readings = [(0.75, True)] * 3 + [(0.75, False)]

    assert expected_error(calibrate(readings)) == 0.0


def test_gaps_are_weighted_by_how_many_are_in_them() -> None:
    readings = [(0.9, False)] + [(0.3, True)] * 3

    assert expected_error(calibrate(readings)) == pytest.approx((0.9 + 3 * 0.7) / 4)


def test_nothing_measured_is_no_error() -> None:
    assert expected_error(calibrate([])) == 0.0
