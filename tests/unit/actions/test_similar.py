"""What was published about such matters, told with its source and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from actions.similar import detail
from core.knowledge import Clipping, ClippingKind
from core.turns import Session
from tests.unit.actions.conftest import Toolset, turn

FIRST = Clipping(
    id="c1",
    kind=ClippingKind.CASE,
    title="一件欠薪案",
    source="某某法院",
    url="https://example.org/1",
    published_on=date(2026, 3, 1),
    topic="legal_labour",
    text="判决单位支付。",
    entries=("unpaid",),
)
SECOND = replace(FIRST, id="c2", kind=ClippingKind.BULLETIN, title="一份通报", url=None)


async def test_one_at_a_time_with_source_day_and_caution(tools: Toolset) -> None:
    tools.shelf.cuttings = (FIRST, SECOND)

    (told,) = (await detail(turn(press="followup/similar=unpaid"), tools)).replies

    assert told.text.splitlines() == [
        "【案例】一件欠薪案",
        "判决单位支付。",
        "来源：某某法院，2026年3月1日。",
        "https://example.org/1",
        "每件事情况不同，这里只供参考，不代表您的结果。",
    ]
    assert [(b.title, b.payload) for b in told.quick_replies] == [
        ("再看一条", "followup/similar=unpaid=2"),
        ("回到答案", "legal_labour/unpaid"),
        ("转人工", "human_handoff"),
    ]
    (second,) = (await detail(turn(press=told.quick_replies[0].payload), tools)).replies
    assert second.text.startswith("【通报】一份通报")
    assert [b.title for b in second.quick_replies] == ["回到答案", "转人工"]


async def test_a_button_of_what_is_gone_is_stale(tools: Toolset) -> None:
    for place in ("unpaid", "unpaid=9", "unpaid=0", "gone=1"):
        outcome = await detail(turn(press=f"followup/similar={place}"), tools)
        assert "不能用了" in outcome.replies[0].text


async def test_everything_else_goes_on_from_the_entry(tools: Toolset) -> None:
    asked = turn("followup", "详细说说", session=Session(entry="unpaid"))

    assert "带上考勤" in (await detail(asked, tools)).replies[0].text
    assert "带上考勤" in (await detail(turn(press="followup/unpaid"), tools)).replies[0].text
