"""The console has words for everything it may have to say."""

from __future__ import annotations

import pytest

from console.errors import LoginRefused, LoginsBusy, NotAllowed, NotLoggedIn
from console.models import Role
from console.wording import error_message, wording


@pytest.mark.parametrize("error", [LoginRefused, LoginsBusy, NotAllowed, NotLoggedIn])
def test_what_a_page_may_raise_has_its_own_sentence(error: type[Exception]) -> None:
    assert error_message(error.__name__) != error_message("Unexpected")


def test_an_unknown_code_gets_the_general_sentence() -> None:
    assert error_message("Nonsense") == wording()["errors"]["Unexpected"]


def test_every_role_has_a_name() -> None:
    assert set(wording()["roles"]) == {role.value for role in Role}
