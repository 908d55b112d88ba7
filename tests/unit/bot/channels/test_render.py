"""Folding replies into parts: nothing lost, nothing too long, buttons last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Capabilities
from bot.channels.render import Part, links, render, split, units, with_pages
from core.messages import Attachment, QuickReply, Reply

PIECES = st.sampled_from(
    [
        "公司拖欠工资",
        "。",
        "；",
        "，",
        "\n",
        "\n\n",
        " ",
        "\u3000",
        "a",
        "😀",
        "👨‍👩‍👧",
        "第三十八条",
    ]
)
TEXTS = st.text(max_size=120) | st.lists(PIECES, max_size=60).map("".join)
BUTTONS = tuple(QuickReply(title=f"{n}", payload=f"p{n}") for n in range(12))


def capabilities(limit: int, unit: str = "utf16", buttons: int = 8) -> Capabilities:
    return Capabilities(max_text=limit, text_unit=unit, buttons=buttons)


def without_blanks(text: str) -> str:
    return "".join(text.split())


# Four units is the widest a single character gets (an emoji in UTF-8).
@given(text=TEXTS, limit=st.integers(4, 60), unit=st.sampled_from(["utf16", "bytes"]))
def test_no_part_is_too_long_or_blank(text: str, limit: int, unit: str) -> None:
    parts = split(text, capabilities(limit, unit))

    assert [p for p in parts if units(p, unit) > limit or not p.strip()] == []


@given(text=TEXTS, limit=st.integers(4, 60), unit=st.sampled_from(["utf16", "bytes"]))
def test_only_blanks_at_the_cuts_are_lost(text: str, limit: int, unit: str) -> None:
    parts = split(text, capabilities(limit, unit))

    at = 0
    for part in parts:
        found = text.find(part, at)
        assert found >= 0
        assert text[at:found].strip() == ""
        at = found + len(part)
    assert text[at:].strip() == ""


@given(text=TEXTS)
def test_what_fits_stays_one_part(text: str) -> None:
    assert split(text, capabilities(10_000)) == ([text.strip()] if text.strip() else [])


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("第一段很长很长\n\n第二段", 10, ["第一段很长很长", "第二段"]),
        ("甲。乙丙丁戊。己庚辛", 8, ["甲。乙丙丁戊。", "己庚辛"]),
        ("甲乙丙丁，戊己庚辛", 8, ["甲乙丙丁，", "戊己庚辛"]),
        ("甲乙丙丁戊己庚辛", 3, ["甲乙丙", "丁戊己", "庚辛"]),
        ("甲。乙乙乙乙乙乙乙乙乙", 8, ["甲。乙乙乙乙乙乙", "乙乙乙"]),  # too early a break
        ("😀😀😀", 4, ["😀😀", "😀"]),
    ],
)
def test_cuts_where_a_reader_would_pause(text: str, limit: int, expected: list[str]) -> None:
    assert split(text, capabilities(limit)) == expected


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("苏", "utf16", 1),
        ("苏", "bytes", 3),
        ("😀", "utf16", 2),
        ("😀", "bytes", 4),
        ("", "bytes", 0),
    ],
)
def test_units_are_counted_as_the_platform_does(text: str, unit: str, expected: int) -> None:
    assert units(text, unit) == expected


def test_buttons_go_with_the_last_part_and_stay_within_their_number() -> None:
    reply = Reply(text="甲乙丙丁", quick_replies=BUTTONS)

    assert render(reply, capabilities(2, buttons=3)) == [
        Part(text="甲乙"),
        Part(text="丙丁", buttons=BUTTONS[:3]),
    ]


@pytest.mark.parametrize("text", ["", " \n\u3000 "])
def test_a_blank_reply_has_no_parts(text: str) -> None:
    assert render(Reply(text=text, quick_replies=BUTTONS), capabilities(10)) == []


def test_attachments_with_an_address_are_lines() -> None:
    file = Attachment(kind="file", url="/d/abc", caption="信访信.pdf")
    voice = Attachment(kind="voice", file_id="1")

    assert links(Reply(text="好了", attachments=(file, voice)), "http://here") == [
        "信访信.pdf http://here/d/abc"
    ]


PAGE = Attachment(kind="page", url="/t/XF1", caption="进度页")
FILE = Attachment(kind="file", url="/d/abc", caption="信.pdf")


def test_a_page_becomes_a_line_and_a_document_stays_with_the_reply() -> None:
    told = with_pages(Reply(text="收好", attachments=(FILE, PAGE)), "https://sufatong.example")

    assert told == Reply(text="收好\n进度页 https://sufatong.example/t/XF1", attachments=(FILE,))


def test_without_an_address_a_page_is_left_out_and_nothing_else() -> None:
    assert with_pages(Reply(text="收好", attachments=(PAGE,)), "") == Reply(text="收好")
    plain = Reply(text="收好", attachments=(FILE,))
    assert with_pages(plain, "https://sufatong.example") is plain
