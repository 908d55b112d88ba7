"""What is typed while a pathway is walked."""

from __future__ import annotations

import pytest

from actions.pathways.hearing import Asked, Heard, Said, Unclear, hear, is_bare, meant
from actions.pathways.loading import pathways
from actions.pathways.spec import Answer
from actions.pathways.walk import Trail, follow
from core.messages import Entity, Parse
from tests.unit.actions.pathways.ways import TODAY

LEFT = {"employer": "unit", "iou": "no", "still_there": "no"}
AT_DAY = follow(pathways()["wages"], LEFT, TODAY)
AT_GATE = follow(pathways()["wages"], {"employer": "unit", "iou": "no"}, TODAY)
AT_STEP = follow(pathways()["wages"], {**LEFT, "ended": "2026-08-01"}, TODAY)


def said(
    trail: Trail, text: str, intent: str = "inform", day: str | None = None, *, weak: bool = False
) -> Heard | None:
    entities = (Entity(name="date", value=day, start=0, end=len(text)),) if day else ()
    parse = Parse(text=text, intent=intent, confidence=0.8, parser="rasa", entities=entities)
    return hear(trail, parse, weak=weak, today=TODAY)


@pytest.mark.parametrize(
    ("trail", "text", "name", "value"),
    [
        (AT_GATE, "还在那里上班", "still_there", "yes"),
        (AT_GATE, "早就离职了", "still_there", "no"),
        (AT_GATE, "不知道", "still_there", "unsure"),
        (AT_GATE, "是的", "still_there", "yes"),
        (AT_GATE, "没有", "still_there", "no"),
        (AT_STEP, "他们还是不给", "complain", "failed"),
        (AT_STEP, "钱拿到了", "complain", "paid"),
        (AT_DAY, "忘了", "ended", "unknown"),
    ],
)
def test_an_answer_in_ones_own_words(trail: Trail, text: str, name: str, value: str) -> None:
    assert said(trail, text) == Said(name=name, value=value)


def test_a_bare_yes_or_no_by_its_reading() -> None:
    assert said(AT_GATE, "可不是嘛", "affirm") == Said(name="still_there", value="yes")
    assert said(AT_GATE, "那倒没", "deny") == Said(name="still_there", value="no")
    # A step has no yes.
    assert said(AT_STEP, "可不是嘛", "affirm") == Unclear(why="pathway_unfit")


def test_a_day_is_an_answer_where_one_is_asked() -> None:
    assert said(AT_DAY, "今年八月", day="2026-08") == Said(name="ended", value="2026-08")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2027-01-01", "pathway_future"),
        ("2025", "pathway_too_vague"),
        ("2026-14", "pathway_unfit"),
    ],
)
def test_a_day_that_cannot_be_used_is_asked_for_again(day: str, why: str) -> None:
    assert said(AT_DAY, day, day=day) == Unclear(why=why)


def test_a_day_is_mended_at_any_later_place() -> None:
    mended = Said(name="ended", value="2024-08-01", mended=True)

    assert said(AT_STEP, "不对，是前年八月一号", day="2024-08-01") == mended
    # Without a word that mends, a day said at a step is no answer.
    assert said(AT_STEP, "八月一号去投诉了", day="2026-08-01") == Unclear(why="pathway_unfit")


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("上一步", "back"),
        ("不对", "back"),
        ("重新开始", "restart"),
        ("不弄了", "stop"),
        ("再说一遍", "on"),
        ("换一种情况", "other"),
        ("看全部步骤", "whole"),
    ],
)
def test_buttons_may_be_said(text: str, button: str) -> None:
    heard = said(AT_STEP, text)

    assert heard == Asked(button=button)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("还在上班能申请仲裁吗", "legal_labour"),
        ("离婚的话孩子归谁啊怎么办", "legal_marriage"),
        ("我要信访", "petition_submit"),
    ],
)
def test_a_question_of_its_own_is_left_to_others(text: str, intent: str) -> None:
    assert said(AT_GATE, text, intent) is None


def test_what_says_nothing_is_unclear() -> None:
    assert said(AT_GATE, "嗯这个嘛") == Unclear(why="pathway_unfit")
    assert said(AT_GATE, "喔喔", "legal_elder", weak=True) == Unclear(why="pathway_unfit")


def test_a_longer_word_covers_what_lies_in_it_and_two_answers_are_none() -> None:
    ways = {
        "yes": Answer(to="a", title="签了", words=("签了", "有")),
        "no": Answer(to="b", title="没签", words=("没签了", "没有")),
    }

    assert meant(ways, "没签了") == "no"
    assert meant(ways, "没有") == "no"
    assert meant(ways, "签了没签") is None
    assert meant(ways, "有人") is None
    assert meant(ways, "有") == "yes"


@pytest.mark.parametrize(
    ("trail", "text", "bare"),
    [
        (AT_GATE, "已经走了", True),
        (AT_GATE, "我早就离职了", True),
        (AT_GATE, "上一步", True),
        (AT_GATE, "不干了我就跳楼", False),
        (AT_STEP, "没给，他拿刀", False),
        (follow(pathways()["violence"], {}, TODAY), "现在安全", True),
        # Danger is read for danger.
        (follow(pathways()["violence"], {}, TODAY), "不安全", False),
        (follow(pathways()["neighbour"], {}, TODAY), "要动手了", False),
    ],
)
def test_only_words_of_an_answer_are_kept_from_being_read_as_danger(
    trail: Trail, text: str, *, bare: bool
) -> None:
    parse = Parse(text=text, intent="emergency", confidence=0.8, parser="rasa")

    assert is_bare(trail, parse) == bare


def test_a_day_is_taken_out_of_what_is_left() -> None:
    parse = Parse(
        text="不对，是前天",
        intent="fraud_emergency",
        confidence=0.8,
        parser="rasa",
        entities=(Entity(name="date", value="2026-11-20", start=4, end=6),),
    )

    assert is_bare(AT_STEP, parse)
