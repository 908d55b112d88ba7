"""The web interface has a plain sentence for every error code."""

from __future__ import annotations

import pytest

from bot.web.middleware import CODES
from bot.web.wording import error_message


@pytest.mark.parametrize(
    "code", ["Invalid", "TooMany", "NoArticle", "CrossSite", "Unexpected", *CODES.values()]
)
def test_every_code_has_a_sentence_of_its_own(code: str) -> None:
    assert error_message(code).endswith("。")
    assert code == "Unexpected" or error_message(code) != error_message("Unexpected")


def test_an_unknown_code_gets_the_general_sentence() -> None:
    assert error_message("Teapot") == error_message("Unexpected")
