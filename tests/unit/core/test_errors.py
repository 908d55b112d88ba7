"""Errors speak for themselves and know their HTTP status."""

from __future__ import annotations

import pytest

from core.errors import (
    HTTP_STATUS,
    AppError,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Unavailable,
    http_status,
)
from handoff.errors import AlreadyTaken


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Invalid(), 422), (Forbidden(), 403), (NotFound(), 404), (Conflict(), 409),
        (Unavailable(), 503), (AlreadyTaken(), 409), (AppError(), 500),
    ],
)  # fmt: skip
def test_status_is_the_nearest_class(error: AppError, status: int) -> None:
    assert http_status(error) == status


def test_nearest_class_wins_over_a_farther_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HTTP_STATUS, AlreadyTaken, 423)

    assert http_status(AlreadyTaken()) == 423


def test_message_is_the_docstring_unless_one_is_given() -> None:
    assert str(NotFound()) == "There is no such thing."
    assert str(NotFound("no entry labour-1")) == "no entry labour-1"
