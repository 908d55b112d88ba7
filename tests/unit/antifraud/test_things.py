"""What can be reported in a text: each thing under one spelling, nothing that is everybody's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antifraud.things import LONGEST, MOST, Sort, ThingReader

READER = ThingReader.load()


def keys(text: str) -> list[tuple[str, str]]:
    return [(thing.sort, thing.key) for thing in READER.find(text)]


@pytest.mark.parametrize(
    "text", ["13900000001", "+86 139-0000-0001", "139 0000 0001", "打１３９０００００００１"]
)
def test_a_number_has_one_spelling(text: str) -> None:
    assert keys(text) == [(Sort.PHONE, "13900000001")]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("http://gjj-sz.vip/a?b=1", (Sort.LINK, "gjj-sz.vip")),
        ("点 GJJ-SZ.VIP 核验", (Sort.LINK, "gjj-sz.vip")),
        ("http://t.cn/Abc12", (Sort.LINK, "t.cn/abc12")),
        ("6222 0212 3456 7890 128", (Sort.ACCOUNT, "6222021234567890128")),
        ("0512-65123388", (Sort.PHONE, "051265123388")),
        ("+85212345678", (Sort.PHONE, "0085212345678")),
        ("下载的软件叫某某钱包，里面有老师", (Sort.APP, "某某钱包")),
    ],
)
def test_each_sort_is_found(text: str, thing: tuple[str, str]) -> None:
    assert keys(text) == [thing]


@pytest.mark.parametrize(
    "text",
    [
        "95588、110、96110",
        "https://www.icbc.com.cn/",
        "http://www.suzhou.gov.cn",
        "软件叫ToDesk",
        "你好",
    ],
)
def test_what_is_official_or_everybodys_cannot_be_reported(text: str) -> None:
    assert keys(text) == []


def test_a_host_of_a_shortener_is_not_reported_whole() -> None:
    assert keys("t.cn/Abc12 t.cn/Xyz99") == [(Sort.LINK, "t.cn/abc12"), (Sort.LINK, "t.cn/xyz99")]


def test_a_list_of_numbers_gives_some() -> None:
    many = " ".join(f"139000000{number:02d}" for number in range(40))

    assert len(keys(many)) == MOST


def test_an_endless_link_is_cut() -> None:
    ((_, key),) = keys("http://t.cn/" + "a" * 10_000)

    assert len(key) <= LONGEST


@given(text=st.text(max_size=200))
def test_nothing_makes_it_fail(text: str) -> None:
    assert len(keys(text)) <= MOST
