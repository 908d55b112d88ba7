"""Every setting is documented, by the sentence that stands beside it in the code."""

from __future__ import annotations

from bot.settings import Settings
from tests.house.settings_page import PAGE, page
from tests.house.tree import read


def test_the_page_of_settings_is_up_to_date() -> None:
    assert read(PAGE) == page()


def test_every_setting_has_a_meaning() -> None:
    assert [n for n, f in Settings.model_fields.items() if not f.description] == []
