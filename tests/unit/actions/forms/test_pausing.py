"""A form that rests: what wakes it, what does not, and how going on is offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.base import say
from actions.forms.commands import Command
from actions.forms.draft import Draft, draft_of, hold
from actions.forms.listed import forms
from actions.forms.pausing import (
    RESTS_AFTER,
    interrupted,
    newest,
    put_aside,
    rests,
    settle,
    stop,
    wake,
)
from actions.forms.reading import Fill
from core.effects import EraseMe, RequestHandoff
from core.messages import Entity
from core.turns import Outcome, Pause, Session, Shelved, Turn
from tests.unit.actions.conftest import NOW, MakeTurn

PETITION = Draft.new(forms()["petition_submit"], {"story": "路灯坏了", "district": "320508"})
OPEN = hold(Session(), PETITION, NOW)
LATER = NOW + RESTS_AFTER + timedelta(minutes=1)


def paused(pause: Pause) -> Session:
    return replace(OPEN, pause=pause)


def woken(turn: Turn, *, weak: bool = False) -> object:
    return wake(turn, PETITION, weak=weak)


def test_a_form_rests_when_told_to_or_after_six_hours() -> None:
    assert not rests(OPEN, NOW + RESTS_AFTER)
    assert rests(OPEN, LATER)
    assert rests(paused(Pause.URGENT), NOW)


@pytest.mark.parametrize("pause", list(Pause))
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("接着填", Command.RESUME),
        ("重新开始", Command.RESTART),
        ("取消", Command.CANCEL),
        ("上一步", Command.BACK),
    ],
)
def test_plain_words_wake_it(make_turn: MakeTurn, pause: Pause, text: str, meant: Command) -> None:
    assert woken(make_turn("cancel", text, session=paused(pause))) is meant


@pytest.mark.parametrize("text", ["算了", "放弃", "取消", "什么意思", "返回", "重新开始"])
def test_after_something_urgent_only_its_own_word_does(make_turn: MakeTurn, text: str) -> None:
    in_need = replace(paused(Pause.URGENT), last_intent="crisis")

    assert woken(make_turn("cancel", text, session=in_need)) is None
    assert woken(make_turn("affirm", "接着填", session=in_need)) is Command.RESUME


@pytest.mark.parametrize("pause", [Pause.URGENT, Pause.ASIDE])
@pytest.mark.parametrize("text", ["好", "没有", "跳过", "平江物业"])
def test_other_words_do_not(make_turn: MakeTurn, pause: Pause, text: str) -> None:
    assert woken(make_turn("inform", text, session=paused(pause))) is None


def test_the_thing_itself_wakes_it(make_turn: MakeTurn) -> None:
    key = Entity(name="date", value="2026-11", start=0, end=3)
    at_time = PETITION.asking("time")
    turn = make_turn("inform", "上个月", entities=(key,), session=paused(Pause.URGENT))

    assert wake(turn, at_time, weak=False) == Fill(values={"time": "2026-11"})


def test_a_correction_wakes_it(make_turn: MakeTurn) -> None:
    turn = make_turn("inform", "改第2项", session=paused(Pause.ASIDE))

    assert woken(turn) is not None


@pytest.mark.parametrize(("text", "intent"), [("好的", "affirm"), ("那就接上吧", "affirm")])
def test_yes_to_the_offer_goes_on(make_turn: MakeTurn, text: str, intent: str) -> None:
    assert woken(make_turn(intent, text, session=paused(Pause.OFFERED))) is Command.RESUME


@pytest.mark.parametrize(("text", "intent"), [("不用", "deny"), ("我不愿意", "deny")])
def test_no_to_the_offer_keeps_it_for_later(make_turn: MakeTurn, text: str, intent: str) -> None:
    outcome = woken(make_turn(intent, text, session=paused(Pause.OFFERED)))

    assert isinstance(outcome, Outcome)
    assert draft_of(outcome.session) == PETITION
    assert outcome.session.pause is Pause.ASIDE


def test_an_answer_right_after_the_offer_is_taken(make_turn: MakeTurn) -> None:
    offered = paused(Pause.OFFERED)

    assert woken(make_turn("inform", "平江物业", session=offered)) == Fill(
        values={"unit": "平江物业"}
    )
    assert woken(make_turn("legal_labour", "老板不发工资", session=offered)) is None


@pytest.mark.parametrize("intent", ["greet", "inform", "thanks", "affirm"])
def test_after_hours_a_word_that_says_little_is_answered_by_the_offer(
    make_turn: MakeTurn, intent: str
) -> None:
    outcome = woken(make_turn(intent, "在吗", session=OPEN, now=LATER))

    assert isinstance(outcome, Outcome)
    assert "要接着填吗" in outcome.replies[0].text
    assert outcome.session.pause is Pause.OFFERED


def test_after_hours_a_question_is_answered_first(make_turn: MakeTurn) -> None:
    assert woken(make_turn("legal_labour", "老板不发工资", session=OPEN, now=LATER)) is None


def test_a_form_put_aside_stays(make_turn: MakeTurn) -> None:
    outcome = put_aside(make_turn("cancel", "先放放", session=OPEN), PETITION)

    assert draft_of(outcome.session) == PETITION
    assert "先放着" in outcome.replies[0].text


def test_a_form_stopped_is_gone(make_turn: MakeTurn) -> None:
    outcome = stop(make_turn("cancel", "取消", session=OPEN))

    assert outcome.session.form is None
    assert "没有提交任何东西" in outcome.replies[0].text


def test_an_aside_keeps_the_form_and_offers_it_once(make_turn: MakeTurn) -> None:
    turn = make_turn("thanks", "谢谢", session=OPEN)
    first = settle(turn, say(turn, "thanks"), aside=True)
    again = make_turn("thanks", "谢谢", session=first.session)
    second = settle(again, say(again, "thanks"), aside=True)

    assert [len(first.replies), len(second.replies)] == [2, 1]
    assert draft_of(first.session) == draft_of(second.session) == PETITION
    assert second.replies[0].quick_replies[-1].payload == "petition_submit/resume"
    assert second.session.pause is Pause.ASIDE


def test_after_hours_it_is_offered_anew(make_turn: MakeTurn) -> None:
    turn = make_turn("thanks", "谢谢", session=paused(Pause.ASIDE), now=LATER)

    assert len(settle(turn, say(turn, "thanks"), aside=True).replies) == 2


def test_who_asks_for_a_person_is_not_asked_to_go_on(make_turn: MakeTurn) -> None:
    turn = make_turn("human_handoff", "转人工", session=OPEN)
    asked = say(turn, "handoff_queued", effects=[RequestHandoff(reason="citizen")])

    outcome = settle(turn, asked, aside=True)

    assert len(outcome.replies) == 1
    assert draft_of(outcome.session) == PETITION


def test_erasing_erases_the_form_too(make_turn: MakeTurn) -> None:
    turn = make_turn("privacy_request", "删掉", session=OPEN)

    assert (
        settle(turn, say(turn, "privacy_erased", effects=[EraseMe()]), aside=True).session.form
        is None
    )


def test_when_one_form_ends_another_that_waits_is_offered(make_turn: MakeTurn) -> None:
    shelf = {"petition_submit": Shelved(slots=dict(PETITION.slots), touched_at=NOW.isoformat())}
    session = Session(form="petition_status", shelved=shelf)
    turn = make_turn("cancel", "取消", session=session)

    outcome = settle(turn, stop(turn), aside=False)

    assert "要接着填吗" in outcome.replies[-1].text
    assert draft_of(outcome.session) == PETITION
    assert outcome.session.shelved == {}


def test_nothing_open_is_nothing_to_settle(make_turn: MakeTurn) -> None:
    turn = make_turn("thanks", "谢谢")
    outcome = say(turn, "thanks")

    assert settle(turn, outcome, aside=True) is outcome


def test_newest_is_what_was_put_aside_last() -> None:
    early, late = NOW.isoformat(), LATER.isoformat()
    shelf = {
        "petition_submit": Shelved(slots={"story": "灯"}, touched_at=early),
        "petition_status": Shelved(slots={"case_ref": "XF"}, touched_at=late),
    }
    found = newest(Session(shelved=shelf))

    assert found is not None
    assert found.form.name == "petition_status"
    assert newest(Session()) is None


def test_something_urgent_keeps_what_was_told(make_turn: MakeTurn) -> None:
    empty = hold(Session(), Draft.new(forms()["petition_submit"], {}), NOW)
    story = "家里着火了消防车来得太晚，整层楼都烧光了，我要求查清楚到底是谁的责任"

    long = interrupted(make_turn("emergency", story, session=empty))
    short = interrupted(make_turn("emergency", "家里着火了", session=empty))

    told = hold(
        Session(),
        Draft.new(forms()["petition_submit"], {"story": "路灯坏了"}).asking("story"),
        NOW,
    )
    both = interrupted(make_turn("emergency", story, session=told))

    assert long.slots == {"story": story}
    assert both.slots == {"story": f"路灯坏了\n{story}"}
    assert short.slots == {}
    assert long.pause is short.pause is Pause.URGENT
    assert interrupted(make_turn("emergency", story)) == Session()
