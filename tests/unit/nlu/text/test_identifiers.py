"""References, codes, cards, telephones and links, with their check digits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from nlu.text.identifiers import (
    find_bank_accounts,
    find_case_refs,
    find_id_cards,
    find_phones,
    find_query_codes,
    find_urls,
)
from nlu.text.mentions import Mention

DAY = date(2026, 11, 23)
Find = Callable[[str, date], Iterator[Mention]]


def found(find: Find, text: str) -> list[tuple[str, str]]:
    """Words and values."""
    return [(text[m.start : m.end], m.value) for m in find(text, DAY)]


@pytest.mark.parametrize(
    ("find", "text", "said", "value"),
    [
        (find_case_refs, "编号XF3205082610120001236", "XF3205082610120001236", "XF3205082610120001236"),
        (find_case_refs, "xfSIP0002610150000347到哪", "xfSIP0002610150000347", "XFSIP0002610150000347"),
        (find_case_refs, "XF 320508-261012 000123 6 查", "XF 320508-261012 000123 6", "XF3205082610120001236"),
        (find_query_codes, "码是7qk2m9xd谢谢", "7qk2m9xd", "7QK2M9XD"),
        (find_query_codes, "查询码:KMPWZXTR", "KMPWZXTR", "KMPWZXTR"),
        (find_query_codes, " KMPWZXTR ", "KMPWZXTR", "KMPWZXTR"),
        (find_phones, "打+86 138-0000-0000找我", "+86 138-0000-0000", "13800000000"),
        (find_phones, "0512-65123388没人接", "0512-65123388", "051265123388"),
        (find_phones, "400-812-3456", "400-812-3456", "4008123456"),
        (find_case_refs, "XF3205082610 12000123 6", "XF3205082610 12000123 6", "XF3205082610120001236"),
        (find_query_codes, "查询码 7QK2 M9XD", "7QK2 M9XD", "7QK2M9XD"),
        (find_phones, "(0512)6512 3388", "(0512)6512 3388", "051265123388"),
        (find_phones, "找138 0000 00 00", "138 0000 00 00", "13800000000"),
        (find_phones, "打+86 138 0000 00 00", "+86 138 0000 00 00", "13800000000"),
        (find_id_cards, "32058319750608442 X", "32058319750608442 X", "32058319750608442X"),
        (find_urls, "点 Gjj-Sz.VIP 核验", "Gjj-Sz.VIP", "gjj-sz.vip"),
        (find_urls, "HTTPS://A.top/X?y=1，快", "HTTPS://A.top/X?y=1", "https://a.top/X?y=1"),
        (find_urls, "看(a.com/x).", "a.com/x", "a.com/x"),
        (find_id_cards, "34122119900929183x", "34122119900929183x", "34122119900929183X"),
        (find_id_cards, "320583 19750608 442X", "320583 19750608 442X", "32058319750608442X"),
        # Born long ago or with an area that is no more: those are who is defrauded most.
        (find_id_cards, "320502196503070011", "320502196503070011", "320502196503070011"),
        (find_id_cards, "32050319900308007x", "32050319900308007x", "32050319900308007X"),
        (find_id_cards, "810000199003070015", "810000199003070015", "810000199003070015"),
        (find_phones, "008613812345678", "008613812345678", "13812345678"),
        (find_phones, "17012345678", "17012345678", "17012345678"),
        (find_bank_accounts, "6217 0012 3004 5671 233", "6217 0012 3004 5671 233", "6217001230045671233"),
        (find_bank_accounts, "6253610007788992", "6253610007788992", "6253610007788992"),
        (find_bank_accounts, "对公账号是:1024500010203", "1024500010203", "1024500010203"),
    ],
)  # fmt: skip
def test_found(find: Find, text: str, said: str, value: str) -> None:
    assert found(find, text) == [(said, value)]


def test_a_reference_and_a_code_beside_it() -> None:
    text = "XF3205082610120001236 7QK2M9XD"

    assert [v for _, v in found(find_case_refs, text)] == ["XF3205082610120001236"]


@pytest.mark.parametrize(
    ("find", "text"),
    [
        (find_query_codes, "12345678"),
        (find_query_codes, "7QK2M9X"),
        (find_query_codes, "X7QK2M9XDX"),
        (find_query_codes, "payments"),
        (find_query_codes, "see PAYMENTS here"),
        (find_query_codes, "Pro2 Max8"),
        (find_phones, "6217 0012 1384 5671 233"),
        (find_phones, "12345"),
        (find_phones, "0512-12345678"),
        (find_phones, "138000000001"),
        (find_phones, "96110"),
        (find_urls, "a@qq.com"),
        (find_urls, "3.5万"),
        (find_id_cards, "320504198103142015"),
        (find_id_cards, "320504198113142014"),
        (find_id_cards, "320508199003070018"),
        (find_id_cards, "320508199002300017"),
        (find_id_cards, "320508900307001"),
        (find_id_cards, "11010118991231001X"),
        (find_phones, "12012345678"),
        (find_bank_accounts, "0000000000000000"),
        (find_id_cards, "320504202703142017"),
        (find_bank_accounts, "6222000000000000000"),
        (find_bank_accounts, "1024500010203"),
        (find_bank_accounts, "320504198103142015"),
    ],
)
def test_what_is_none(find: Find, text: str) -> None:
    assert found(find, text) == []


def test_nobody_is_born_tomorrow() -> None:
    number = "110101202611240015"
    born = date(2026, 11, 24)

    assert list(find_id_cards(number, born)) == [
        Mention(name="id_card", value=number, start=0, end=18)
    ]
    assert list(find_id_cards(number, DAY)) == []
