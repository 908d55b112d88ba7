"""Filing a petition: its title, its text for staff, and the receipt."""

from __future__ import annotations

from actions import filing
from actions.forms.draft import Draft
from actions.forms.listed import forms
from actions.forms.spec import SKIPPED
from actions.phrases import speaking
from core.effects import FileCase
from knowledge_base.attested import attested
from tests.unit.actions.conftest import MakeTurn, Toolset

FULL = Draft.new(
    forms()["petition_submit"],
    {
        "story": "我要信访，小区东门的路灯坏了半年，老人摔了好几个。要求修好",
        "district": "320583",
        "unit": SKIPPED,
        "phone": "13900000000",
        "open": "yes",
    },
)


async def test_what_was_confirmed_is_filed_with_its_area(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await filing.file(make_turn("affirm", "确认"), tools, FULL)

    assert outcome.effects == (
        FileCase(
            kind="XF",
            sub_kind="claim",
            title="小区东门的路灯坏了半年，老人摔了好几个",
            text=f"诉求：{FULL.slots['story']}\n发生地：昆山市\n联系电话：13900000000\n是否公开：可以公开",
            area="320583",
            person={"phone": "13900000000"},
            details={"story": FULL.slots["story"], "district": "320583", "open": "yes"},
        ),
    )
    assert outcome.session.form is None


async def test_the_receipt_promises_nothing_and_cites_what_was_checked(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    (receipt,) = (await filing.file(make_turn("affirm", "确认"), tools, FULL)).replies

    assert receipt.source == "case:{case.reference}"
    assert "{case.code}" in receipt.text
    assert "不会自动送到机关" in receipt.text
    assert [c.label for c in receipt.citations] == ["《信访工作条例》第二十二条"]
    assert all(attested().attests(c.law, c.article, c.quote) for c in receipt.citations)


async def test_staff_read_chinese_whatever_was_spoken(make_turn: MakeTurn, tools: Toolset) -> None:
    with speaking("en"):
        outcome = await filing.file(make_turn("affirm", "yes"), tools, FULL)

    (filed,) = outcome.effects
    assert isinstance(filed, FileCase)
    assert "发生地：昆山市" in filed.text


async def test_the_button_for_other_ways_tells_them(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await filing.submit(make_turn(press="petition_submit/office"), tools)
    first = await filing.submit(make_turn("petition_submit", "我要信访"), tools)

    assert outcome.session.entry == "office"
    assert "要反映什么事" in first.replies[0].text
