"""Documents in the conversation: chosen, filled in, previewed, issued, mended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions import documents
from actions.dispatch import act
from actions.document_wishes import INTENT
from actions.forms.draft import Draft
from actions.forms.listed import forms, forms_of
from actions.forms.spec import SKIPPED, Form
from actions.phrases import speaking
from core.effects import IssueDocument
from core.knowledge import Written
from core.messages import Reply
from core.turns import Outcome, Session, Turn
from nlu.entities import find_entities
from nlu.training import intents
from tests.unit.actions.conftest import NOW, MakeTurn, Toolset, entry, turn

KNOWN = frozenset(intents())
CARD = "32050819491231002X"  # its check digit is right, its owner made up


class Talk:
    """A conversation in memory."""

    def __init__(self, tools: Toolset) -> None:
        self.tools = tools
        self.session = Session()
        self.effects: list[IssueDocument] = []

    async def say(self, text: str, intent: str = "inform", *, confidence: float = 0.8) -> Outcome:
        entities = find_entities(text, NOW.date())
        return await self._go(
            turn(intent, text, session=self.session, entities=entities, confidence=confidence)
        )

    async def press(self, payload: str) -> Outcome:
        return await self._go(turn(press=payload, session=self.session))

    async def _go(self, now: Turn) -> Outcome:
        outcome = await act(now, self.tools, known=KNOWN)
        self.session = outcome.session
        self.effects += [e for e in outcome.effects if isinstance(e, IssueDocument)]
        return outcome


@pytest.fixture
def talk(tools: Toolset) -> Talk:
    return Talk(tools)


def last(outcome: Outcome) -> Reply:
    return outcome.replies[-1]


def titles(outcome: Outcome) -> list[str]:
    return [button.title for button in last(outcome).quick_replies]


def payload(outcome: Outcome, title: str) -> str:
    return next(b.payload for b in last(outcome).quick_replies if b.title == title)


async def test_from_a_wish_to_both_files(talk: Talk) -> None:
    first = await talk.say("帮我写个仲裁申请书，公司欠我三个月工资一共三万", INTENT)
    assert "记下了：事实与理由：公司欠我三个月工资一共三万" in last(first).text
    assert "要单位做什么" in last(first).text
    await talk.say("支付三个月工资三万元", "calculate")
    await talk.say("苏州某某建筑工程有限公司")
    preview = await talk.say("其余留空")
    assert titles(preview) == ["两种都要", "要 Word", "要 PDF", "改一下", "取消"]
    assert "③ 对方：苏州某某建筑工程有限公司" in last(preview).text
    assert "⑤您的姓名" in last(preview).text
    assert talk.effects == []

    ready = await talk.press(payload(preview, "两种都要"))

    (effect,) = talk.effects
    assert effect == IssueDocument(
        kind="arbitration",
        values={
            "facts": "公司欠我三个月工资一共三万",
            "claims": "支付三个月工资三万元",
            "other": "苏州某某建筑工程有限公司",
        },
        slots=effect.values,
        formats=("docx", "pdf"),
    )
    assert [(a.caption, a.url) for a in last(ready).attachments] == [
        ("劳动仲裁申请书.docx", "{document.docx}"),
        ("劳动仲裁申请书.pdf", "{document.pdf}"),
    ]
    assert last(ready).citations == forms()["document_request/arbitration"].citations
    assert talk.session.form is None


@pytest.mark.parametrize("form", forms_of(INTENT), ids=lambda form: form.kind)
async def test_every_kind_can_be_had_blank_in_three_presses(talk: Talk, form: Form) -> None:
    await talk.press(form.name)
    preview = await talk.press(f"{form.name}/blanks")
    ready = await talk.press(payload(preview, "要 PDF"))

    (effect,) = talk.effects
    assert (effect.values, effect.formats) == ({}, ("pdf",))
    assert len(last(ready).text) <= 300
    assert "下一步" in last(ready).text


async def test_numbers_are_masked_in_the_chat_and_whole_in_the_document(talk: Talk) -> None:
    await talk.press("document_request/letter")
    await talk.say("路灯坏了，打 13800001111 没人接", "report_hazard")
    await talk.press("document_request/letter/skip=claims")
    await talk.press("document_request/letter/skip=office")
    await talk.say("王小明")
    await talk.say("平江路 8 号")
    preview = await talk.say("13912345678")

    assert "139****5678" in last(preview).text
    assert "13912345678" not in last(preview).text
    assert "13800001111" not in last(preview).text
    again = await talk.press("document_request/letter/change=phone")
    assert "139****5678" in last(again).text
    await talk.say("不变")
    await talk.say("要 Word", "affirm")
    (effect,) = talk.effects
    assert effect.values["phone"] == "13912345678"
    assert "13800001111" in effect.values["facts"]
    assert effect.formats == ("docx",)


async def test_a_number_in_the_story_is_not_the_writer_s_own(talk: Talk) -> None:
    await talk.say("帮我写个起诉状，李强电话13800001111 借我三万不还", INTENT)

    assert talk.session.slots.keys() == {"facts"}


async def test_an_identity_number_with_a_word_beside_it_stays_out_of_the_story(talk: Talk) -> None:
    await talk.press("document_request/refund")
    for _ in range(10):
        await talk.say("跳过")
    assert talk.session.requested_slot == "id_card"
    await talk.say(f"我的身份证号码是{CARD}，麻烦您帮我填到表里面去")

    assert talk.session.slots["id_card"] == CARD
    assert talk.session.slots["facts"] == SKIPPED


async def test_an_old_preview_gives_nothing_it_did_not_show(talk: Talk) -> None:
    await talk.press("document_request/letter")
    preview = await talk.press("document_request/letter/blanks")
    await talk.say("改第 4 项")
    await talk.say("王小明")
    shown = await talk.press(payload(preview, "要 PDF"))

    assert talk.effects == []
    assert "您的姓名：王小明" in last(shown).text


async def test_a_demand_is_an_answer_and_no_question_of_law(talk: Talk) -> None:
    await talk.say("帮我写个起诉状，李强借我三万块两年不还", INTENT)
    await talk.say("我要他还我三万块", "legal_lending")

    assert talk.session.slots["claims"] == "我要他还我三万块"


async def test_a_real_question_in_between_is_answered(talk: Talk) -> None:
    await talk.say("帮我写个起诉状，李强借我三万块两年不还", INTENT)
    told = await talk.say("起诉要多少钱", "legal_litigation")

    assert talk.session.form == "document_request/complaint"
    assert "claims" not in talk.session.slots
    assert "要接着填吗" in last(told).text


async def test_another_document_opens_beside_the_one_begun(talk: Talk) -> None:
    await talk.say("帮我写个起诉状，李强借我三万块两年不还", INTENT)
    await talk.say("帮我写个法律援助申请书", INTENT)

    assert talk.session.form == "document_request/legal_aid"
    assert talk.session.shelved.keys() == {"document_request/complaint"}


async def test_the_kinds_are_offered_on_two_pages(talk: Talk) -> None:
    first = await talk.say("写文书", INTENT)
    rest = await talk.press(payload(first, "更多文书"))

    assert len(titles(first)) == 8
    assert {b.payload for b in (*last(first).quick_replies, *last(rest).quick_replies)} >= {
        form.name for form in forms_of(INTENT)
    }


async def test_what_is_not_ours_is_answered_from_the_shelf_or_with_the_kinds(talk: Talk) -> None:
    found = await talk.say("被拖欠工资要一份范本合同", INTENT)
    other = await talk.say("离婚协议范本给我", INTENT)

    assert "先投诉" in last(found).text
    assert "要写哪一种" in last(other).text


async def test_how_it_is_written_is_told_with_an_offer_to_fill_it_in(
    talk: Talk, tools: Toolset
) -> None:
    outline = entry("document-complaint", INTENT, title="写起诉状", answer="写清四样。")
    tools.shelf.entries = (outline,)
    told = await talk.say("起诉状怎么写，要写哪些内容", INTENT)

    assert "写清四样" in last(told).text
    assert payload(told, "帮我填一份") == "document_request/complaint"


async def test_the_last_one_is_mended_or_given_in_another_format(
    talk: Talk, tools: Toolset
) -> None:
    await talk.press("document_request/letter")
    preview = await talk.press("document_request/letter/blanks")
    await talk.press(payload(preview, "要 Word"))
    tools.drawer.kept = Written(kind="letter", slots={"claims": "修好路灯"})

    other = await talk.say("要 PDF", "out_of_scope")
    assert talk.effects[-1].formats == ("pdf",)
    assert talk.effects[-1].values == {"claims": "修好路灯"}
    assert titles(other) == ["改一改再要一份", "在这里提交信访"]

    mended = await talk.press(payload(other, "改一改再要一份"))
    assert "② 请求：修好路灯" in last(mended).text
    assert titles(mended)[:3] == ["两种都要", "要 Word", "要 PDF"]


async def test_a_button_of_the_preview_works_after_the_form_is_done(
    talk: Talk, tools: Toolset
) -> None:
    await talk.press("document_request/letter")
    preview = await talk.press("document_request/letter/blanks")
    await talk.press(payload(preview, "要 Word"))
    tools.drawer.kept = Written(kind="letter", slots={})

    await talk.press(payload(preview, "要 PDF"))

    assert [effect.formats for effect in talk.effects] == [("docx",), ("pdf",)]


async def test_what_was_cleared_away_is_said_so(talk: Talk) -> None:
    gone = await talk.press("document_request/letter/redo")
    typed = await talk.say("再要一份", INTENT)

    assert "24 小时" in last(gone).text
    assert titles(gone) == ["信访信"]
    assert len(titles(typed)) == 7


async def test_the_story_of_a_fraud_is_kept_though_the_card_comes_first(talk: Talk) -> None:
    await talk.press("document_request/fraud_report")
    told = await talk.say("刷单被骗了五万", "fraud_emergency", confidence=1.0)

    assert last(told).safety
    assert talk.session.slots["facts"] == "刷单被骗了五万"
    assert talk.session.form == "document_request/fraud_report"


async def test_a_detail_of_a_fraud_is_an_answer(talk: Talk) -> None:
    await talk.press("document_request/fraud_report")
    await talk.press("document_request/fraud_report/skip=facts")
    await talk.press("document_request/fraud_report/skip=time")
    await talk.press("document_request/fraud_report/skip=amount")
    told = await talk.say("从我的工商银行卡转给骗子的", "fraud_emergency", confidence=1.0)

    assert not last(told).safety
    assert talk.session.slots["mine"] == "从我的工商银行卡转给骗子的"


async def test_a_claim_of_money_is_a_claim(talk: Talk) -> None:
    await talk.press("document_request/arbitration")
    await talk.press("document_request/arbitration/skip=facts")
    await talk.say("一、支付工资三万二千元", "fraud_emergency", confidence=1.0)

    assert talk.session.slots["claims"] == "一、支付工资三万二千元"


async def test_a_link_that_does_not_open_is_ours(talk: Talk, tools: Toolset) -> None:
    await talk.press("document_request/letter")
    preview = await talk.press("document_request/letter/blanks")
    await talk.press(payload(preview, "要 Word"))
    tools.drawer.kept = Written(kind="letter", slots={})
    told = await talk.say("链接打不开 再要一份", "fraud_emergency", confidence=1.0)

    assert "会这样填" in last(told).text


async def test_money_that_leaves_now_comes_before_any_detail(talk: Talk) -> None:
    await talk.press("document_request/fraud_report")
    await talk.press("document_request/fraud_report/skip=facts")
    told = await talk.say("我刚刚又给他转了两万", "fraud_emergency", confidence=1.0)

    assert last(told).safety


async def test_danger_comes_before_any_document(talk: Talk) -> None:
    await talk.press("document_request/protection")
    await talk.press("document_request/protection/skip=facts")
    told = await talk.say("他现在拿着刀在砸门", "emergency", confidence=1.0)

    assert last(told).safety
    assert talk.session.form == "document_request/protection"


async def test_the_document_is_chinese_whatever_is_spoken(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    form = forms()["document_request/refund"]
    draft = replace(Draft.new(form, {"amount": "50000"}), how="pdf")
    with speaking("en"):
        outcome = await documents.issue(make_turn("affirm", "ok"), tools, draft)

    (effect,) = outcome.effects
    assert isinstance(effect, IssueDocument)
    assert effect.values == {"amount": "5 万元"}
    assert last(outcome).attachments[0].caption == "冻结资金返还申请书.pdf"
