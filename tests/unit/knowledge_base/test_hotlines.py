from __future__ import annotations

from datetime import UTC, datetime

import pytest

from knowledge_base.hotlines import Checked, hotlines


@pytest.mark.parametrize("number", ["110", "119", "120", "12345", "12348", "96110", "12356"])
def test_the_numbers_that_save_lives_and_money_are_there(number: str) -> None:
    assert hotlines()[number].hotline.number == number


def test_only_the_number_written_in_a_rule_is_marked_so() -> None:
    assert [n for n, row in hotlines().items() if row.checked is Checked.LAW] == ["12315"]


def test_a_name_fits_a_button() -> None:
    assert [n for n, row in hotlines().items() if not 0 < len(row.name) <= 12] == []


def test_only_lines_whose_hours_are_known_are_open_at_night() -> None:
    night = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)

    found = {n for n, row in hotlines().items() if row.is_open(night)}

    assert found == {"110", "119", "120", "122", "12345"}
