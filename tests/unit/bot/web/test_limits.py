"""A visitor may write sixty times a minute, and each visitor for themselves."""

from __future__ import annotations

from bot.web.limits import Limiter


def test_one_too_many_is_refused_until_the_minute_is_over() -> None:
    seconds = [0.0]
    limiter = Limiter(now=lambda: seconds[0], most=2)
    assert [limiter.allows("a") for _ in range(3)] == [True, True, False]
    assert limiter.allows("b")
    seconds[0] = 60.0
    assert limiter.allows("a")
