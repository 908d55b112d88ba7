from __future__ import annotations

import pytest

from knowledge_base.faq_eval import evaluate_faq, folds, unrelated_questions

from .conftest import MakeDraft


def test_a_fold_asks_what_it_leaves_out(make_draft: MakeDraft) -> None:
    drafts = [
        make_draft(question="甲一", variants=["甲二", "甲三"]),
        make_draft("other", question="乙一", variants=["乙二"]),
    ]
    found = [
        (fold.asked, [draft.questions for draft in fold.drafts])
        for fold in folds(drafts, start=0, step=2)
    ]
    assert found == [
        ([("甲一", 0), ("乙一", 1)], [("甲二", "甲三"), ("乙二",)]),
        ([("甲三", 0)], [("甲一", "甲二"), ("乙一", "乙二")]),
    ]


def test_the_right_entry_is_counted(make_draft: MakeDraft) -> None:
    drafts = [
        make_draft(),
        make_draft(
            "rental-deposit",
            intent="legal_rental",
            question="房东不退押金",
            variants=["押金房东不肯退", "租房押金退不了"],
            answer="押金应当退还。",
        ),
    ]
    score = evaluate_faq(drafts, None, with_intent=True, places=range(1, 3))
    assert score.n == 5
    assert score.accuracy == pytest.approx(1.0)
    assert score.top3 >= score.accuracy


def test_unrelated_questions_are_many_and_different() -> None:
    questions = unrelated_questions()
    assert len(questions) >= 60
    assert len(set(questions)) == len(questions)
