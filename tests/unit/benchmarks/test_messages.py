from __future__ import annotations

import pytest

from benchmarks.messages import (
    LATENCY_MOST,
    ROUND_MOST,
    WARM_UP,
    select,
    split,
    unseen_messages,
)
from nlu.training import training_examples


def test_select_leaves_out_duplicates_blanks_and_trained_texts() -> None:
    chosen = select(["甲", " 甲 ", "乙", "", "丙"], seen=["丙 "])
    assert sorted(chosen) == ["乙", "甲"]


def test_select_does_not_depend_on_the_order_of_the_files() -> None:
    texts = [f"第{n}句" for n in range(50)]
    assert select(texts, seen=[]) == select(reversed(texts), seen=[])
    assert select(texts, seen=[]) != sorted(texts)


@pytest.mark.parametrize("count", [60, 498, 998, 5000])
def test_split_uses_no_message_twice(count: int) -> None:
    plan = split([str(n) for n in range(count)], rounds=3)
    used = [*plan.warm_up, *plan.latency, *(one for part in plan.rounds for one in part)]
    assert len(used) == len(set(used))
    assert len(plan.warm_up) == WARM_UP
    assert len({len(part) for part in plan.rounds}) == 1


def test_split_is_bounded() -> None:
    plan = split([str(n) for n in range(5000)], rounds=3)
    assert len(plan.latency) == LATENCY_MOST
    assert [len(part) for part in plan.rounds] == [ROUND_MOST] * 3


def test_split_refuses_too_few() -> None:
    with pytest.raises(ValueError, match="too few"):
        split([str(n) for n in range(13)], rounds=3)


def test_the_projects_own_messages_are_distinct_and_untrained() -> None:
    messages = unseen_messages()
    trained = {example.text.strip() for example in training_examples()}
    assert len(messages) == len(set(messages)) >= 400
    assert not trained & set(messages)
