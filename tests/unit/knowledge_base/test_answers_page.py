"""The page of all answers: whole, by topic, and of today's entries."""

from __future__ import annotations

from pathlib import Path

from actions.talk import intent_titles
from knowledge_base.answers_page import answers_page
from knowledge_base.entries import load_drafts

from .conftest import MakeDraft

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "answers.md"


def test_an_entry_is_told_whole(make_draft: MakeDraft) -> None:
    draft = make_draft(
        "labour-wages",
        intent="legal_labour",
        title="被拖欠工资",
        question="老板不发工资怎么办？",
        variants=["讨薪"],
        answer="先投诉。\n再仲裁。",
        next_step="打12333",
        time_limit="一年内",
        hotlines=["12333"],
        citations=[{"law": "劳动合同法", "article": "第三十条", "key": "支付令"}],
        valid_to="2026-12-31",
    )

    page = answers_page([draft], {"legal_labour": "劳动"})

    for piece in (
        "共 1 条，1 类；其中 0 条待审",
        "## 劳动（`legal_labour`）",
        "### 被拖欠工资",
        "**问：老板不发工资怎么办？**",
        "也这样问：讨薪",
        "先投诉。\n\n再仲裁。",
        "- 下一步：打12333\n- 时限：一年内\n- 电话：12333 人社服务热线",
        "- 《劳动合同法》第三十条：“支付令”",
        "用到 2026-12-31",
    ):
        assert piece in page


def test_what_waits_for_review_says_so(make_draft: MakeDraft) -> None:
    page = answers_page([make_draft(title="讨薪", status="in_review"), make_draft("b")], {})

    assert "其中 1 条待审" in page
    assert "### 讨薪（待审）" in page


def test_topics_are_in_order_and_unknown_ones_keep_their_name(make_draft: MakeDraft) -> None:
    drafts = [make_draft("b", intent="legal_b"), make_draft("a", intent="legal_a")]

    page = answers_page(drafts, {})

    assert page.index("## legal_a（") < page.index("## legal_b（")


def test_the_page_in_the_docs_is_of_todays_entries() -> None:
    # Else: python -m bot kb answers
    assert PAGE.read_text(encoding="utf-8") == answers_page(load_drafts().entries, intent_titles())
