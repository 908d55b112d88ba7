"""What a call says: why, for how long, where to click; and no word of the citizen's."""

from __future__ import annotations

import pytest

from handoff.paging.ways import Page

PAGE = Page(
    id="p-1", label="R-0007", reason="emergency", minutes=2, step=2, link="https://x.example/c"
)


def test_a_call_says_why_how_long_and_where() -> None:
    assert PAGE.subject == "苏法通：R-0007 有危险，请马上接待"
    assert PAGE.text == "苏法通：R-0007 有危险，等了 2 分钟。请马上登录接手：https://x.example/c"


@pytest.mark.parametrize("reason", ["legal_labour", "whatever"])
def test_other_reasons_are_only_called_urgent(reason: str) -> None:
    other = Page(id="p-1", label="R-0007", reason=reason, minutes=0, step=1, link="")

    assert "急需接待" in other.subject


def test_a_call_fits_one_message_of_a_phone() -> None:
    assert len(PAGE.text) <= 70
