"""What asks for a document, and what only speaks of one."""

from __future__ import annotations

import pytest

from actions.document_wishes import INTENT, asks_how, in_format, once_more, wishes, writes
from actions.forms.listed import forms_of, meant
from nlu.training import training_examples


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("帮我写一份起诉状", "complaint"),
        ("给我一份起诉壮", "complaint"),
        ("帮我写个仲裁申请书", "arbitration"),
        ("我要写劳动仲裁申请书", "arbitration"),
        ("帮我写一份法律援助申请书", "legal_aid"),
        ("写个调解申请书", "mediation"),
        ("帮我写一封信访信", "letter"),
        ("帮我写信访复查申请", "review"),
        ("我要写信访复核申请书", "second_review"),
        ("帮我写行政复议申请书", "reconsideration"),
        ("帮我写人身安全保护令申请书", "protection"),
        ("我想写一份保护令申请", "protection"),
        ("帮我写被骗的报案材料", "fraud_report"),
        ("帮我写冻结资金返还申请", "refund"),
        ("我要一份委托书", "attorney"),
        ("起草一份授权委托书", "attorney"),
    ],
)
def test_each_kind_is_asked_for_in_its_words(text: str, kind: str) -> None:
    form = meant(INTENT, text)

    assert writes(text)
    assert form is not None
    assert form.kind == kind


@pytest.mark.parametrize("text", ["写文书", "帮我写一份文书", "我要写材料。", "要一份法律文书"])
def test_a_wish_without_a_kind_is_one(text: str) -> None:
    assert writes(text)
    assert meant(INTENT, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "我要仲裁",
        "我要劳动仲裁",
        "我要申请复议",
        "我要申请信访复查",
        "要起诉他怎么办",
        "我要信访",
        "他写了起诉状",
        "我写过仲裁申请书",
        "我不写起诉状",
        "写好的起诉状交到哪里",
        "法院说起诉状不合格",
        "我收到一份起诉状副本",
        "老板不发工资怎么办",
        "他让我写借条",
        "",
    ],
)
def test_what_is_no_wish(text: str) -> None:
    assert not writes(text)


def test_a_question_how_is_told_from_a_wish() -> None:
    assert writes("起诉状怎么写")
    assert asks_how("仲裁申请书要写哪些内容")
    assert asks_how("起诉状要几份")
    assert not asks_how("帮我写一份起诉状")


def test_once_more() -> None:
    assert once_more("再要一份")
    assert once_more("链接打不开了")
    assert once_more("要 PDF")
    assert not once_more("再说一遍")
    assert (in_format("要Word"), in_format("pdf"), in_format("两种都要")) == (
        "docx",
        "pdf",
        "both",
    )
    assert in_format("要饭") is None


def test_the_menu_has_every_kind_once_and_fits_a_phone() -> None:
    kinds = [form.kind for form in forms_of(INTENT)]

    assert sorted((*wishes().first, *wishes().rest)) == sorted(kinds)
    assert len(wishes().first) + 1 <= 8
    assert len(wishes().rest) <= 8
    assert wishes().outlines.keys() <= set(kinds)


def test_nothing_that_is_learned_as_another_wish_is_taken_for_one() -> None:
    others = [e.text for e in training_examples() if e.intent != INTENT]

    assert len(others) > 10_000
    assert [text for text in others if writes(text)] == []
