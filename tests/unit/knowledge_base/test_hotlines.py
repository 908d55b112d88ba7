from __future__ import annotations

import pytest

from knowledge_base.hotlines import Checked, hotlines


@pytest.mark.parametrize("number", ["110", "119", "120", "12345", "12348", "96110", "12356"])
def test_the_numbers_that_save_lives_and_money_are_there(number: str) -> None:
    assert hotlines()[number].hotline.number == number


def test_only_the_number_written_in_a_rule_is_marked_so() -> None:
    assert [n for n, row in hotlines().items() if row.checked is Checked.LAW] == ["12315"]


def test_a_name_fits_a_button() -> None:
    assert [n for n, row in hotlines().items() if not 0 < len(row.name) <= 12] == []
