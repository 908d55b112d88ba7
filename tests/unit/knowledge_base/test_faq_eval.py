from __future__ import annotations

import pytest

from core.errors import Invalid
from knowledge_base.faq_eval import Asked, read_asked, unrelated_questions


def test_lines_are_read() -> None:
    assert read_asked(['{"text": "押金", "entry": "rental-deposit"}', " "]) == [
        Asked(text="押金", entry="rental-deposit")
    ]


@pytest.mark.parametrize("line", ["{broken", "[]", "{}", "null", "7"])
def test_a_broken_line_is_named(line: str) -> None:
    with pytest.raises(Invalid, match="line 2"):
        read_asked(['{"text": "押金", "entry": "rental-deposit"}', line])


def test_no_question_is_no_figure() -> None:
    with pytest.raises(Invalid):
        read_asked(["", " "])


def test_unrelated_questions_are_many_and_different() -> None:
    questions = unrelated_questions()
    assert len(questions) >= 60
    assert len(set(questions)) == len(questions)
