"""Whole forms, turn by turn: examples, then a machine that tries any order of moves."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import date, timedelta
from functools import cache
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from actions.dispatch import act
from actions.forms.draft import SUMMARY, Draft, draft_of, shelved
from actions.forms.pausing import is_in_need, rests
from actions.forms.spec import SKIPPED
from antifraud.checker import Checker
from core.effects import FileCase
from core.turns import Outcome, Session
from nlu.entities import find_entities
from nlu.training import intents
from tests.unit.actions.conftest import CODE, NOW, REFERENCE, Toolset, turn

FORM = "petition_submit"
KNOWN = frozenset(intents())
STORY = "我要信访 小区东门的路灯坏了半年没人修"
LONG = "隔壁那家厂又着火了，浓烟滚滚的，消防车半天进不来，上次也是这样烧了一夜，我要求查清楚"
TODAY = date(2026, 11, 22)
Got = TypeVar("Got")

ANSWERS = {
    "story": ["小区东门的路灯坏了半年没人修", "桥塌了一半，孩子上学都从上面走"],
    "district": ["姑苏区", "昆山", "园区"],
    "unit": ["平江物业", "某某街道办"],
    "time": ["去年三月", "上个月"],
    "amount": ["三万", "8500元"],
    "who": ["王某 某某路8号"],
    "phone": ["13900000000", "13800001111"],
    "open": ["不公开", "可以公开"],
}
MENDED = {
    "district": {"太仓": "320585", "吴江": "320509"},
    "amount": {"五万": "50000", "9000元": "9000"},
    "time": {"去年五月": "2025-05"},
    "phone": {"13700002222": "13700002222"},
    "unit": {"山塘物业": "山塘物业"},
}
NAMES = {"district": "发生地", "amount": "金额", "time": "时间", "phone": "电话", "unit": "单位"}


@cache
def checker() -> Checker:
    """Read once: a machine makes hundreds of conversations."""
    return Checker.load()


def drive(coroutine: Coroutine[object, object, Got]) -> Got:
    """Run what never really waits."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        value: Got = end.value
        return value
    raise AssertionError("an action waited for something")


class Talk:
    """A conversation without a database: messages in, outcomes out."""

    def __init__(self) -> None:
        self.session = Session()
        self.tools = Toolset(checker=checker())
        self.now = NOW
        self.filed: list[FileCase] = []

    def say(self, text: str, intent: str = "inform") -> Outcome:
        found = find_entities(text, TODAY)
        return self._do(turn(intent, text, entities=found, session=self.session, now=self.now))

    def press(self, payload: str) -> Outcome:
        return self._do(turn(press=payload, session=self.session, now=self.now))

    def _do(self, given: object) -> Outcome:
        outcome = drive(act(given, self.tools, known=KNOWN))  # type: ignore[arg-type]
        self.session = Session.from_json(outcome.session.as_json())
        self.filed += [e for e in outcome.effects if isinstance(e, FileCase)]
        return outcome

    @property
    def draft(self) -> Draft | None:
        """The petition, open or on the shelf."""
        return draft_of(self.session) if self.session.form == FORM else shelved(self.session, FORM)


@pytest.fixture
def talk() -> Talk:
    return Talk()


def told(outcome: Outcome) -> str:
    return "\n".join(reply.text for reply in outcome.replies)


def fill(talk: Talk, *texts: str) -> Outcome:
    outcome = talk.say(STORY, FORM)
    for text in texts:
        outcome = talk.say(text)
    return outcome


def test_from_the_first_message_to_the_receipt(talk: Talk) -> None:
    summary = fill(talk, "姑苏区", "平江物业", "去年三月", "跳过", "13900000000", "不公开")
    assert "请您核对" in told(summary)
    assert talk.filed == []

    receipt = talk.say("确认")

    (filed,) = talk.filed
    assert filed.area == "320508"
    assert "联系电话：13900000000" in filed.text
    assert receipt.replies[0].source == "case:{case.reference}"
    assert talk.session.form is None


def test_the_same_confirmation_files_once(talk: Talk) -> None:
    summary = fill(talk, "姑苏区", "跳过", "跳过", "跳过", "跳过", "不公开")
    confirm = summary.replies[0].quick_replies[0].payload

    talk.press(confirm)
    again = talk.press(confirm)
    talk.say("确认", "affirm")

    assert len(talk.filed) == 1
    assert "没有再提交一次" in told(again)


def test_an_old_summary_does_not_file_what_it_did_not_show(talk: Talk) -> None:
    summary = fill(talk, "姑苏区", "跳过", "跳过", "跳过", "跳过", "不公开")
    confirm = summary.replies[0].quick_replies[0].payload
    talk.say("改第2项")
    talk.say("昆山")

    shown = talk.press(confirm)

    assert talk.filed == []
    assert "发生地：昆山市" in told(shown)


def test_buttons_fill_skip_and_go_back(talk: Talk) -> None:
    fill(talk)
    talk.press("petition_submit/district=320583")
    assert "大概是什么时候" in told(talk.press("petition_submit/skip=unit"))
    assert "涉及哪个单位" in told(talk.press("petition_submit/back"))
    assert "大概是什么时候" in told(talk.say("跳过"))
    assert talk.draft is not None
    assert talk.draft.value("district") == "320583"


def test_an_old_button_touches_only_its_own_slot(talk: Talk) -> None:
    fill(talk, "姑苏区", "平江物业", "去年三月")

    talk.press("petition_submit/skip=unit")

    assert talk.draft is not None
    assert talk.draft.asked == "who"
    assert talk.draft.value("unit") == "平江物业"
    talk.press("petition_submit/clear=unit")
    assert talk.draft.value("unit") is None


def test_a_button_of_a_choice_that_is_gone_asks_again(talk: Talk) -> None:
    fill(talk)

    assert "事情发生在哪" in told(talk.press("petition_submit/district=999999"))


def test_two_misses_offer_a_person_and_an_answer_forgets_them(talk: Talk) -> None:
    fill(talk)
    first, second = talk.say("那边"), talk.say("就那边")

    assert "没认出是哪个区" in told(first)
    assert second.replies[0].quick_replies[0].payload == "human_handoff"
    talk.say("姑苏区")
    assert talk.session.misses == 0


def test_the_first_thing_has_nothing_before_it(talk: Talk) -> None:
    talk.say("我要信访", FORM)

    assert "已经是第一项了" in told(talk.say("上一步"))


def test_restart_begins_anew(talk: Talk) -> None:
    fill(talk, "姑苏区")

    assert "要反映什么事" in told(talk.say("重新开始", "cancel"))
    assert talk.draft is not None
    assert talk.draft.slots == {}


def test_beginning_again_offers_what_was_begun(talk: Talk) -> None:
    fill(talk, "姑苏区")
    talk.say("谢谢", "thanks")

    assert "要接着填吗" in told(talk.press(FORM))
    assert talk.draft is not None
    assert talk.draft.value("district") == "320508"


def test_only_the_word_itself_throws_a_long_form_away(talk: Talk) -> None:
    fill(talk, "姑苏区")
    talk.say("太麻烦了过两天再说", "cancel")
    assert talk.draft is not None

    talk.say("取消", "cancel")
    assert talk.draft is None


def test_a_look_up_in_between_leaves_the_form_on_the_shelf(talk: Talk) -> None:
    fill(talk, "姑苏区")

    found = talk.say(f"{REFERENCE} {CODE}", "petition_status")

    assert "办理中" in told(found)
    assert "要接着填吗" in told(found)
    assert talk.draft is not None
    assert "涉及哪个单位" in told(talk.say("好的", "affirm"))


def test_a_form_on_the_shelf_is_taken_up_by_its_word(talk: Talk) -> None:
    fill(talk, "姑苏区")
    talk.press("petition_status")
    assert talk.session.form == "petition_status"

    talk.press("petition_submit/resume")

    assert talk.session.form == FORM


def test_the_button_of_a_form_that_is_gone(talk: Talk) -> None:
    assert "已经不在填了" in told(talk.press("petition_submit/back"))


class FormMachine(RuleBasedStateMachine):
    """Any order of moves; ``kept`` is what must still be filled in."""

    def __init__(self) -> None:
        super().__init__()
        self.talk = Talk()
        self.kept: dict[str, str] = {}
        self.confirmed = 0

    def going(self) -> bool:
        return self.talk.draft is not None

    def asking(self) -> bool:
        """A slot is asked for and the form listens."""
        session = self.talk.session
        awake = not rests(session, self.talk.now)
        return session.form == FORM and awake and session.requested_slot in ANSWERS

    def calm(self) -> bool:
        """Nobody is in need: then 取消 may be about the form."""
        return not is_in_need(self.talk.session)

    def at_summary(self) -> bool:
        """A yes now means: file it."""
        session = self.talk.session
        awake = not rests(session, self.talk.now)
        return session.form == FORM and awake and session.requested_slot == SUMMARY

    @precondition(lambda self: not self.going())
    @rule(text=st.sampled_from(["我要信访", STORY, f"{STORY} 在姑苏区 收了三万"]))
    def begin(self, text: str) -> None:
        self.talk.say(text, FORM)
        self.kept = dict(self.talk.draft.slots) if self.talk.draft else {}
        assert ("story" in self.kept) == (text != "我要信访")

    @precondition(lambda self: self.asking())
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        asked = self.talk.session.requested_slot or ""
        self.answer_with(asked, data.draw(st.sampled_from(ANSWERS[asked])))

    def answer_with(self, asked: str, text: str) -> None:
        self.talk.say(text)
        draft = self.talk.draft
        assert draft is not None
        assert draft.value(asked) is not None, (asked, text)
        self.kept[asked] = draft.slots[asked]

    @precondition(lambda self: self.going() and self.talk.session.form == FORM)
    @rule(data=st.data(), name=st.sampled_from(sorted(MENDED)))
    def correct(self, data: st.DataObject, name: str) -> None:
        said = data.draw(st.sampled_from(sorted(MENDED[name])))
        if name not in self.kept:
            return
        self.talk.say(f"{NAMES[name]}改成{said}")
        self.kept[name] = MENDED[name][said]

    @precondition(lambda self: self.asking())
    @rule()
    def skip_to_the_summary(self) -> None:
        """Rules alone seldom come this far by chance."""
        for _ in ANSWERS:
            asked = self.talk.session.requested_slot
            if asked not in ANSWERS:
                break
            self.answer_with(asked, ANSWERS[asked][0])

    @precondition(lambda self: self.asking())
    @rule(word=st.sampled_from(["跳过", "上一步", "不变", "再说一遍", "返回"]))
    def move(self, word: str) -> None:
        self.talk.say(word)

    @rule(
        said=st.sampled_from(
            [
                ("被拖欠工资怎么办", "legal_labour"),
                ("谢谢", "thanks"),
                ("转人工", "human_handoff"),
                ("查信访进度", "petition_status"),
                (f"{REFERENCE} {CODE}", "petition_status"),
                ("你能做什么", "help"),
            ]
        )
    )
    def interrupt(self, said: tuple[str, str]) -> None:
        self.talk.say(*said)

    @rule(
        said=st.sampled_from(
            [
                ("我不想活了", "crisis"),
                ("家里着火了", "emergency"),
                ("我刚转了钱", "fraud_emergency"),
            ]
        )
    )
    def urgent(self, said: tuple[str, str]) -> None:
        outcome = self.talk.say(*said)
        assert outcome.replies[0].safety
        assert len(outcome.replies) == 1
        self.grown()

    def grown(self) -> None:
        """What was added to the story is kept too; what stood there still begins it."""
        draft = self.talk.draft
        if draft is not None and "story" in self.kept:
            assert draft.slots["story"].startswith(self.kept["story"])
            self.kept["story"] = draft.slots["story"]

    @precondition(lambda self: self.talk.now < NOW + timedelta(days=20))
    @rule(hours=st.sampled_from([1, 7, 72]))
    def wait(self, hours: int) -> None:
        self.talk.now += timedelta(hours=hours)

    @precondition(lambda self: self.going())
    @rule(word=st.sampled_from(["接着填", "继续"]))
    def resume(self, word: str) -> None:
        self.talk.say(word)
        assert self.talk.session.pause is None

    @precondition(lambda self: self.going())
    @rule()
    def press_resume(self) -> None:
        self.talk.press("petition_submit/resume")
        assert self.talk.session.form == FORM

    @precondition(lambda self: self.talk.session.form == FORM and self.calm())
    @rule()
    def cancel(self) -> None:
        self.talk.say("取消", "cancel")
        assert self.talk.session.form != FORM
        self.kept = {}

    @rule(word=st.sampled_from(["确认", "好的", "提交"]))
    def confirm(self, word: str) -> None:
        before, could = len(self.talk.filed), self.at_summary()
        self.talk.say(word, "affirm")
        assert len(self.talk.filed) == before + could
        if could:
            assert self.talk.draft is None
            self.kept, self.confirmed = {}, self.confirmed + 1

    @precondition(lambda self: self.at_summary())
    @rule()
    def confirm_at_once(self) -> None:
        self.confirm("确认")

    @invariant()
    def nothing_filled_in_is_lost(self) -> None:
        draft = self.talk.draft
        slots = dict(draft.slots) if draft else {}
        assert {k: v for k, v in self.kept.items() if v != SKIPPED and slots.get(k) != v} == {}

    @invariant()
    def nothing_is_filed_without_a_yes(self) -> None:
        assert len(self.talk.filed) == self.confirmed


FormMachine.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestForms = FormMachine.TestCase
