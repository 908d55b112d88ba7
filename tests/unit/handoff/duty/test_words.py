"""What is said of a plan."""

from __future__ import annotations

import pytest

from handoff.duty.words import words


def test_a_sentence_is_filled() -> None:
    assert "“周八 9:00”" in words("hours_day", whose="综合岗", line="周八 9:00")


def test_an_unknown_sentence_is_a_fault() -> None:
    with pytest.raises(KeyError):
        words("no_such_sentence")
