"""Replies as texts of 2048 bytes: nothing lost, nothing too long, options numbered, urgent first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.pieces import (
    CAPABILITIES,
    MOST_BYTES,
    NOTICE_BYTES,
    Piece,
    pack,
    parts,
    with_notice,
)
from core.messages import Attachment, QuickReply, Reply, Step

SENTENCE = "用人单位拖欠工资的，您可以先到劳动监察大队投诉，也可以直接申请劳动仲裁。"
TEXTS = st.lists(st.sampled_from([SENTENCE, "\n\n", "😀", "ab ", "\x00", "\ud83d"]), max_size=90)


def reply(text: str = "请选", *titles: str) -> Reply:
    return Reply(text=text, quick_replies=tuple(QuickReply(title=t, payload=t) for t in titles))


def test_a_short_reply_with_its_timeline_links_and_options() -> None:
    told = Reply(
        text="您的事",
        timeline=(Step(at="11月2日", label="登记"),),
        attachments=(
            Attachment(kind="page", url="/t/XF1", caption="进度"),
            Attachment(kind="file", url="/d/abc", caption="申请书"),
            Attachment(kind="location", caption="没有地址"),
        ),
        quick_replies=(QuickReply(title="催一催", payload="urge"),),
    )

    lines = [
        *("您的事", "11月2日 登记", "进度 https://b.cn/t/XF1", "申请书 https://b.cn/d/abc", ""),
        *("③ 催一催", "要选哪一项，回它的序号就行。"),
    ]
    assert parts(told, before=2, base="https://b.cn") == ("\n".join(lines),)
    assert "https" not in parts(told)[0]


def test_twenty_options_have_signs() -> None:
    [told] = parts(reply("请选", "甲", "乙"), before=19)

    assert "⑳ 甲\n· 乙" in told


def test_english_replies_are_english() -> None:
    told = Reply(text="Yes", quick_replies=(QuickReply(title="Go", payload="go"),), language="en")

    assert "reply with its number" in parts(told)[0]


@pytest.mark.parametrize("count", [200, 600, 1000, 2000])
def test_chinese_is_cut_by_bytes_at_sentence_ends(count: int) -> None:
    text = (SENTENCE * 60)[:count]
    texts = parts(reply(text))

    assert "".join(texts) == text
    assert len(texts) == -(-len(text.encode()) // CAPABILITIES.max_text)
    assert all(t.endswith("。") for t in texts[:-1])


@given(TEXTS)
def test_nothing_is_too_long_or_lost(scraps: list[str]) -> None:
    text = "".join(scraps)
    texts = parts(reply(text))

    assert all(0 < len(t.encode()) <= CAPABILITIES.max_text for t in texts)
    kept = text.replace("\x00", "").replace("\ud83d", "")
    assert "".join("".join(texts).split()) == "".join(kept.split())


def test_the_notice_always_fits() -> None:
    for language in ("zh", "en"):
        assert len(with_notice("", language).encode()) <= NOTICE_BYTES


def piece(name: str, *texts: str, urgent: bool = False) -> Piece:
    return Piece(delivery_id=name, texts=texts, urgent=urgent)


def test_short_ones_go_together_urgent_ones_first() -> None:
    packed = pack([piece("a", "一"), piece("b", "二", urgent=True)], most=MOST_BYTES)

    assert (packed.text, packed.whole, packed.cut) == ("二\n\n一", ("b", "a"), None)


def test_what_does_not_fit_is_left_or_cut() -> None:
    one, two = "一" * 300, "二" * 500

    left = pack([piece("a", one), piece("b", two)], most=MOST_BYTES)
    assert (left.text, left.whole, left.cut) == (one, ("a",), None)

    long = piece("b", one, two)
    cut = pack([piece("a", "头"), long, piece("c", "尾")], most=MOST_BYTES)
    assert (cut.text, cut.whole, cut.cut, cut.carried) == (f"头\n\n{one}", ("a",), long, 1)


LENGTHS = st.lists(st.lists(st.integers(1, 600), min_size=1, max_size=4), min_size=1, max_size=6)


@given(LENGTHS)
def test_packed_is_a_beginning_that_fits(lengths: list[list[int]]) -> None:
    pieces = [
        piece(f"{n}", *(chr(0x4E00 + n) * length for length in texts))
        for n, texts in enumerate(lengths)
    ]
    packed = pack(pieces, most=MOST_BYTES)

    assert len(packed.text.encode()) <= MOST_BYTES
    count = len(packed.whole)
    assert packed.whole == tuple(p.delivery_id for p in pieces[:count])
    carried = [t for p in pieces[:count] for t in p.texts]
    carried += list(packed.cut.texts[: packed.carried]) if packed.cut else []
    assert packed.text == "\n\n".join(carried)
    assert carried or len(pieces[0].texts[0].encode()) > MOST_BYTES
