"""Sums in conversation: which calculator is meant, what is asked, what is told, what is kept."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions import calculate
from actions.dispatch import act
from actions.forms.draft import draft_of
from actions.forms.listed import forms_of
from antifraud.checker import Checker
from core.turns import Outcome, Session
from nlu.entities import find_entities
from nlu.training import intents
from tests.unit.actions.conftest import NOW, Shelf, Toolset, entry, turn

TODAY = date(2026, 11, 23)
KNOWN = frozenset(intents())
SEVERANCE = "我一个月九千五 做了三年八个月 说我这个岗位不要了 能补多少"


@cache
def checker() -> Checker:
    """Read once, for many conversations."""
    return Checker.load()


class Talk:
    """A conversation with the bot alone."""

    def __init__(self, tools: Toolset) -> None:
        self.tools = tools
        self.session = Session()

    async def say(self, text: str, intent: str = "calculate", confidence: float = 0.9) -> Outcome:
        found = find_entities(text, TODAY)
        given = turn(
            intent, text, entities=found, session=self.session, now=NOW, confidence=confidence
        )
        return await self._do(given)

    async def press(self, payload: str) -> Outcome:
        return await self._do(turn(press=payload, session=self.session, now=NOW))

    async def _do(self, given: object) -> Outcome:
        outcome = await act(given, self.tools, known=KNOWN)  # type: ignore[arg-type]
        self.session = Session.from_json(outcome.session.as_json())
        return outcome


@pytest.fixture
def talk(tools: Toolset) -> Talk:
    return Talk(tools)


def text_of(outcome: Outcome) -> str:
    return "\n".join(reply.text for reply in outcome.replies)


def titles(outcome: Outcome) -> list[str]:
    return [button.title for reply in outcome.replies for button in reply.quick_replies]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (SEVERANCE, "severance"),
        ("月薪9500干了4年7个月被裁,N+1是多少", "severance"),
        ("算一下加班费 月薪6000 上个月周六加了四天", "overtime"),
        ("国庆三天都上班 日工资300元 应该发我几多", "overtime"),
        ("年休假没休 十天 月工资9800元 折成钱给我多少", "annual_leave"),
        ("工伤九级 本人工资7200 一次性伤残补助金是几万", "injury"),
        ("借出去十万 年利率一分二 2024年3月1日到现在利息多少", "interest"),
        ("官司标的25万 诉讼费要交多少钱", "court_fee"),
        ("財產保全要交多少 保全50萬", "court_fee"),
        ("11月3号收到判决书 上诉最后一天是哪天", "deadline"),
        ("10月15日拿到处罚决定 复议截止到几号", "deadline"),
        ("食品十倍赔偿 买了68块的东西能赔多少 不满一千按多少", "consumer"),
        ("逾期交房186天 合同写每天万分之二 总价168万 违约金多少", "house_delay"),
    ],
)
def test_a_message_means_one_calculator(text: str, name: str) -> None:
    form = calculate.wanted(text)

    assert form is not None
    assert form.name == f"calculate/{name}"


@pytest.mark.parametrize(
    "text",
    [
        "帮我算算",
        "没签合同干了九个月 双倍工资是多少 一个月五千",
        "抚养费给百分之二十五 他工资一万四 一个月要付多少",
        "交通事故误工费四十五天 一天两百八",
        "今天天气怎么样",
    ],
)
def test_what_cannot_be_worked_out_here_means_none(text: str) -> None:
    assert calculate.wanted(text) is None


def test_every_calculator_has_its_sum_and_its_button() -> None:
    assert set(calculate.SUMS) == {form.name for form in forms_of("calculate")}


async def test_all_told_at_once_is_worked_out_at_once(talk: Talk) -> None:
    outcome = await talk.say(SEVERANCE)

    assert "9,500 × 4 = 38,000 元" in text_of(outcome)
    assert "以上是法律信息，不是律师意见。" in text_of(outcome)
    assert "标准核对到2026年11月22日" in text_of(outcome)
    assert {"按日期细算", "违法辞退怎么算", "改一个数", "转人工"} <= set(titles(outcome))
    assert all(reply.citations for reply in outcome.replies)
    assert all(len(reply.text) <= 260 for reply in outcome.replies)


@pytest.mark.parametrize(("intent", "confidence"), [("legal_labour", 0.9), ("calculate", 0.05)])
async def test_a_whole_sum_needs_no_sure_reading(
    talk: Talk, intent: str, confidence: float
) -> None:
    outcome = await talk.say(SEVERANCE, intent, confidence)

    assert "38,000 元" in text_of(outcome)


async def test_a_question_of_law_with_figures_is_answered_as_one(talk: Talk) -> None:
    outcome = await talk.say("月薪六千 做了五年被辞退 单位这样合法不", "legal_labour")

    assert "元（《劳动合同法》第四十七条）" not in text_of(outcome)


async def test_what_is_missing_is_asked_one_at_a_time(talk: Talk) -> None:
    first = await talk.say("被辞退了 帮我算算补偿")
    assert "每个月工资多少" in text_of(first)
    second = await talk.say("六千", "inform")
    assert "一共做了多久" in text_of(second)
    third = await talk.say("五年三个月", "inform")
    assert "6,000 × 5.5 = 33,000 元" in text_of(third)


async def test_what_was_told_first_is_said_back(talk: Talk) -> None:
    outcome = await talk.say("月薪六千被辞退 帮我算算补偿多少")

    assert text_of(outcome).startswith("记下了：工资：6,000 元。")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("-5000", "不能是负数"),
        ("0", "没法算"),
        ("99999999999", "太大了"),
        ("260块", "太小了"),
    ],
)
async def test_a_value_that_cannot_be_is_asked_for_again(
    talk: Talk, said: str, answer: str
) -> None:
    await talk.say("做了五年三个月被辞退 帮我算补偿")

    wrong = await talk.say(said, "inform")
    assert answer in text_of(wrong)
    assert "每个月工资多少" in text_of(wrong)
    right = await talk.say("六千", "inform")
    assert "6,000 × 5.5 = 33,000 元" in text_of(right)


async def test_wrong_values_of_a_first_message_are_told_too(talk: Talk) -> None:
    outcome = await talk.say("2024年3月1日进厂 2023年1月1日被辞退 月薪6000 补偿多少")

    assert "还早，两个日子有一个不对" in text_of(outcome)


@pytest.mark.parametrize(
    ("correction", "total"),
    [
        ("不是九千五是八千五", "8,500 × 4 = 34,000 元"),
        ("工资错了，是一万", "10,000 × 4 = 40,000 元"),
        ("那做了五年呢", "9,500 × 5 = 47,500 元"),
        ("八千五", "8,500 × 4 = 34,000 元"),
    ],
)
async def test_a_sum_can_be_mended_afterwards(talk: Talk, correction: str, total: str) -> None:
    await talk.say(SEVERANCE)

    assert total in text_of(await talk.say(correction, "inform"))


async def test_something_else_in_between_keeps_the_sum_in_mind(talk: Talk) -> None:
    await talk.say(SEVERANCE)

    between = await talk.say("谢谢", "thanks")
    assert "接着" not in text_of(between)
    assert "34,000 元" in text_of(await talk.say("不是九千五是八千五", "inform"))


async def test_a_new_sum_begins_anew(talk: Talk) -> None:
    await talk.say(SEVERANCE)

    other = await talk.say("再帮我老婆算算 被辞退补偿多少")
    assert "每个月工资多少" in text_of(other)
    assert "九千五" not in text_of(other)


async def test_giving_up_a_told_sum_is_no_command(talk: Talk) -> None:
    await talk.say(SEVERANCE)
    outcome = await talk.say("不想活了", "crisis")

    assert "12356" in text_of(outcome)
    assert draft_of(outcome.session) is not None


async def test_buttons_change_one_thing_at_a_time(talk: Talk) -> None:
    await talk.say(SEVERANCE)

    assert "哪一天入职的" in text_of(await talk.press("calculate/severance/change=start"))
    await talk.say("2021年3月1日", "inform")
    dated = await talk.say("2026年10月31日", "inform")
    assert "5 年 8 个月" in text_of(dated)
    unlawful = await talk.press("calculate/severance/reason=unlawful")
    assert "9,500 × 6 × 2 = 114,000 元" in text_of(unlawful)
    assert "违法辞退怎么算" not in titles(unlawful)
    which = await talk.press("calculate/severance/change")
    assert {"工资", "入职日", "离职日"} <= set(titles(which))


@pytest.mark.parametrize(
    ("payload", "answer"),
    [
        ("calculate/severance/reason=unlawful", "每个月工资多少"),
        ("calculate/severance/reason=nonsense", "每个月工资多少"),
        ("calculate/severance/confirm=abc", "每个月工资多少"),
        ("calculate/severance", "每个月工资多少"),
        ("calculate/more", "还能算这些"),
        ("calculate", "要算哪一样"),
        ("calculate/unheard-of", "这个按钮已经不能用了"),
    ],
)
async def test_a_button_pressed_out_of_the_blue(talk: Talk, payload: str, answer: str) -> None:
    assert answer in text_of(await talk.press(payload))


async def test_an_old_button_on_a_told_sum_tells_it_again(talk: Talk) -> None:
    await talk.say(SEVERANCE)

    assert "38,000 元" in text_of(await talk.press("calculate/severance/reason=nonsense"))
    assert "38,000 元" in text_of(await talk.press("calculate/severance/confirm=abc"))


async def test_how_it_is_worked_out_is_a_question_of_law_first(tools: Toolset) -> None:
    tools.shelf = Shelf(entries=(entry("calc-overtime", "calculate", title="算加班费"),))
    talk = Talk(tools)

    outcome = await talk.say("加班费怎么算")

    assert "先投诉" in text_of(outcome)
    assert "算一算" in titles(outcome)


async def test_without_an_entry_the_rule_is_asked_of_the_calculator(talk: Talk) -> None:
    talk.tools.shelf = Shelf(entries=(), laws=())

    assert "您的工资多少" in text_of(await talk.say("加班费怎么算"))


async def test_figures_with_how_are_worked_out(talk: Talk) -> None:
    outcome = await talk.say("月工资4350 平时加班10小时 加班费怎么算")

    assert "375 元" in text_of(outcome)


async def test_nothing_meant_lets_one_choose(talk: Talk) -> None:
    talk.tools.shelf = Shelf(entries=(), laws=())

    outcome = await talk.say("帮我算算")

    assert "要算哪一样" in text_of(outcome)
    assert {"辞退补偿", "诉讼费", "别的"} <= set(titles(outcome))


async def test_skipping_the_last_question_ends_the_form(talk: Talk) -> None:
    await talk.say("食品十倍赔偿 买了68块的东西能赔多少")

    assert "1,068 元" in text_of(await talk.say("跳过", "inform"))


async def test_long_answers_stand_apart_from_what_would_change_them(talk: Talk) -> None:
    outcome = await talk.say(SEVERANCE)

    sum_, changes = outcome.replies
    assert "会变的地方" not in sum_.text
    assert changes.text.startswith("会变的地方")
    assert changes.quick_replies


async def test_an_english_speaker_is_told_that_sums_are_in_chinese(talk: Talk) -> None:
    talk.session = Session(language="en", language_chosen=True)

    assert text_of(await talk.press("calculate/severance"))


async def test_what_may_be_left_out_is_asked_whatever_was_read(talk: Talk) -> None:
    outcome = await talk.say("食品十倍赔偿 买了68块的东西能赔多少", "legal_food_drug")

    assert "损失一共多少" in text_of(outcome)


async def test_a_wage_alone_is_no_sum_of_overtime(talk: Talk) -> None:
    outcome = await talk.say("月薪六千 欠我加班费 能要回多少", "legal_labour")

    assert "加班多少小时" not in text_of(outcome)


@pytest.mark.parametrize("intent", ["fraud_check", "emergency", "fraud_emergency"])
async def test_a_bare_number_is_an_answer_whatever_it_was_read_as(talk: Talk, intent: str) -> None:
    await talk.say("帮我算一下加班费")

    assert "平时（工作日）" in text_of(await talk.say("4350", intent))


SAID = [
    *("帮我算一下", "被辞退补多少", "加班费多少", "利息一共多少", "诉讼费多少", "上诉到哪天"),
    *("六千", "-5", "0", "46", "三年八个月", "1天", "年利率12%", "万分之二", "2024年3月1日"),
    *("2024年3月", "明年三月一号", "1890年1月1日", "离婚", "十级", "食品", "整年都在", "今年才来"),
    *("跳过", "上一步", "不变", "改一下", "取消", "接着填", "不是六千是七千", "改第1项", "谢谢"),
    *("房东不退押金怎么办", "99999999999999", "嗯嗯", "工资错了", "重新开始", "确认"),
]
PRESSED = [
    f"{form.name}/{argument}"
    for form in forms_of("calculate")
    for argument in ("change", "back", "restart", "confirm=x", "resume", "keep", "again")
] + [
    f"{form.name}/{verb}={slot.name}"
    for form in forms_of("calculate")
    for slot in form.slots
    for verb in ("skip", "change", "more", "keep", "clear")
]
MOVES = st.lists(st.sampled_from([*SAID, *("/" + payload for payload in PRESSED)]), max_size=14)
INTENTS = st.sampled_from(["calculate", "inform", "legal_labour", "deny", "affirm"])


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(calculate.SUMS)), MOVES, INTENTS)
def test_no_order_of_moves_leaves_anybody_without_an_answer(
    opened: str, moves: list[str], intent: str
) -> None:
    async def talk_on() -> None:
        talk = Talk(Toolset(checker=checker()))
        await talk.press(opened)
        for move in moves:
            outcome = await (
                talk.press(move[1:]) if move.startswith("/") else talk.say(move, intent)
            )
            assert outcome.replies
            assert all(reply.text and len(reply.text) <= 400 for reply in outcome.replies)
            for reply in outcome.replies:
                payloads = [button.payload for button in reply.quick_replies]
                assert [p for p in payloads if len(p.encode()) > 64] == []

    asyncio.run(talk_on())
