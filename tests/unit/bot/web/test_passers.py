"""Names of passers-by: one a day and address, and nothing that leads back."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta

from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st

from bot.web.passers import Passers

MORNING = datetime(2026, 11, 30, 1, tzinfo=UTC)


def coming(address: str, forwarded: str = "") -> web.Request:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return make_mocked_request("GET", "/", headers).clone(remote=address)


def named(address: str, forwarded: str = "", *, passers: Passers) -> str:
    return passers.name(coming(address, forwarded))


def standing(at: datetime = MORNING, *, behind_proxy: bool = False) -> Passers:
    return Passers(lambda: at, behind_proxy=behind_proxy)


@given(st.ip_addresses(v=4), st.ip_addresses(v=4))
def test_an_address_has_one_name_and_the_name_not_the_address(
    one: ipaddress.IPv4Address, other: ipaddress.IPv4Address
) -> None:
    passers = standing()
    names = [named(str(a), passers=passers) for a in (one, other)]

    assert (names[0] == names[1]) == (one == other)
    assert named(str(one), passers=passers) == names[0]
    assert str(one) not in names[0]


def test_of_ipv6_the_home_counts_not_the_telephone_in_it() -> None:
    passers = standing()

    assert named("2001:db8:1:2::5", passers=passers) == named(
        "2001:db8:1:2:ffff::9", passers=passers
    )
    assert named("2001:db8:1:3::5", passers=passers) != named("2001:db8:1:2::5", passers=passers)


def test_the_next_day_and_another_process_know_nobody() -> None:
    now = MORNING
    passers = Passers(lambda: now)
    today = named("192.0.2.7", passers=passers)
    # 16:00 in London is midnight in Suzhou.
    now = datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC)
    same = named("192.0.2.7", passers=passers)
    now += timedelta(seconds=1)

    assert same == today
    assert named("192.0.2.7", passers=passers) != today
    assert named("192.0.2.7", passers=standing()) != today


def test_a_proxy_is_believed_where_there_is_one_and_then_its_last_word_only() -> None:
    proxy = standing(behind_proxy=True)
    seen = named("10.0.0.1", "198.51.100.9, 192.0.2.7", passers=proxy)

    assert seen == named("10.0.0.2", "192.0.2.7", passers=proxy)
    assert seen != named("10.0.0.1", "198.51.100.9", passers=proxy)
    assert named("10.0.0.1", passers=proxy) == named("10.0.0.1", "10.0.0.1", passers=proxy)
    alone = standing()
    assert named("10.0.0.1", "192.0.2.7", passers=alone) == named("10.0.0.1", passers=alone)


def test_what_is_no_address_has_a_name_too() -> None:
    passers = standing(behind_proxy=True)

    assert named("", "unknown", passers=passers) != named("", "hidden", passers=passers)
