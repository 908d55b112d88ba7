"""The console has words for everything it may have to say."""

from __future__ import annotations

import pytest

from console.errors import (
    LoginRefused,
    LoginsBusy,
    NoSuchColleague,
    NotAllowed,
    NotLoggedIn,
    NoWords,
    TooLong,
)
from console.models import Role
from console.wording import error_message, reason_of, refusal, wording
from handoff.errors import AlreadyTaken, NoSuchHandoff, NotTaken, Outdated

RAISED = [
    *(LoginRefused, LoginsBusy, NotAllowed, NotLoggedIn, NoWords, TooLong, NoSuchColleague),
    *(NoSuchHandoff, AlreadyTaken, NotTaken, Outdated),
]


@pytest.mark.parametrize("error", RAISED)
def test_what_a_page_may_raise_has_its_own_sentence(error: type[Exception]) -> None:
    assert error_message(error.__name__) != error_message("Unexpected")


def test_an_unknown_code_gets_the_general_sentence() -> None:
    assert error_message("Nonsense") == wording()["errors"]["Unexpected"]


def test_every_role_has_a_name() -> None:
    assert set(wording()["roles"]) == {role.value for role in Role}


def test_each_refusal_says_what_it_refuses() -> None:
    assert len({refusal(what) for what in ("code", "password", "transfer")}) == 3


def test_a_reason_is_told_in_words_where_there_are_some() -> None:
    assert reason_of("fraud") == wording()["reasons"]["fraud"]
    assert reason_of("legal_rental") == "租房"
    assert reason_of("something_else") == "something_else"
