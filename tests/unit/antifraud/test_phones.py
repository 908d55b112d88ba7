"""Only numbers of a telling kind are marked."""

from __future__ import annotations

import pytest

from antifraud.phones import find_phones


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("请打17012345678", "phone_virtual"),
        ("打 162 1234 5678 找我", "phone_virtual"),
        ("来电 +852 6123 4567", "phone_abroad"),
        ("来电 0085261234567", "phone_abroad"),
        ("客服4008-123-221", "phone_400"),
        ("来电+8695588", "phone_forged"),
        ("来电 0095588", "phone_forged"),
        ("来电+0110", "phone_forged"),
        ("+86400-0000-000", "phone_forged"),
    ],
)
def test_marks(text: str, mark: str) -> None:
    assert [phone.mark for phone in find_phones(text)] == [mark]


@pytest.mark.parametrize(
    "text", ["13812345678", "+8613812345678", "95588", "96110", "尾号17012345678901234", "4000元"]
)
def test_ordinary_numbers_are_left_out(text: str) -> None:
    assert find_phones(text) == ()
