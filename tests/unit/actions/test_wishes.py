"""The second wish of a message: kept, offered in its time, taken up in its own words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions import wishes
from actions.base import say
from core.effects import Effect, EraseMe, RequestHandoff
from core.messages import Entity
from core.turns import Outcome, Pause, Session, Turn
from tests.unit.actions.conftest import MakeTurn

HELD = Session(wish="我想查信访", wish_intent="petition_status")


def two(turn: Turn) -> Turn:
    parse = replace(
        turn.parse,
        first_text="老板不发工资",
        second="petition_status",
        second_text="我想查信访",
    )
    return replace(turn, parse=parse)


def test_the_first_wish_is_answered_by_its_own_words(make_turn: MakeTurn) -> None:
    mine = Entity(name="amount", value="3", start=0, end=2)
    other = Entity(name="case_ref", value="XF", start=9, end=11)
    whole = make_turn("legal_labour", "老板不发工资，还有我想查信访", entities=(mine, other))

    first = wishes.first(two(whole))

    assert first.parse.text == "老板不发工资"
    assert first.parse.entities == (mine,)
    assert wishes.first(whole) is whole


def test_the_second_is_remembered(make_turn: MakeTurn) -> None:
    turn = make_turn("legal_labour", "老板不发工资，还有我想查信访")
    said = say(turn, "thanks")

    session = wishes.noted(two(turn), said).session

    assert (session.wish, session.wish_intent) == ("我想查信访", "petition_status")
    assert wishes.noted(turn, said) is said


def test_it_is_offered_once(make_turn: MakeTurn) -> None:
    first = wishes.offered(say(make_turn("thanks", "谢谢", session=HELD), "thanks"))
    again = wishes.offered(say(make_turn("thanks", "谢谢", session=first.session), "thanks"))

    assert [q.payload for q in first.replies[1].quick_replies] == ["petition_status/wish"]
    assert len(again.replies) == 1
    assert again.session.wish == "我想查信访"


@pytest.mark.parametrize("effect", [RequestHandoff(reason="citizen"), EraseMe()])
def test_it_is_not_offered_to_who_leaves(make_turn: MakeTurn, effect: Effect) -> None:
    turn = make_turn("thanks", "谢谢", session=HELD)

    assert len(wishes.offered(say(turn, "thanks", effects=[effect])).replies) == 1


def test_it_waits_while_a_form_asks(make_turn: MakeTurn) -> None:
    turn = make_turn("thanks", "谢谢")
    asking = replace(HELD, form="petition_submit")
    rests = replace(asking, pause=Pause.OFFERED)
    replies = say(turn, "thanks").replies

    assert len(wishes.offered(Outcome(replies=replies, session=asking)).replies) == 1
    assert len(wishes.offered(Outcome(replies=replies, session=rests)).replies) == 2


def test_it_is_not_put_under_a_safety_card(make_turn: MakeTurn) -> None:
    replies = say(make_turn("thanks", "谢谢"), "crisis").replies
    card = replace(replies[0], safety=True)

    assert len(wishes.offered(Outcome(replies=(card,), session=HELD)).replies) == 1
    assert wishes.offered(Outcome(session=HELD)).replies == ()


def test_its_button_says_its_words(make_turn: MakeTurn) -> None:
    pressed = make_turn(press="petition_status/wish").message

    message, session = wishes.taken_up(pressed, HELD)

    assert (message.text, message.payload) == ("我想查信访", None)
    assert (session.wish, session.pause) == (None, None)
    other = make_turn(press="petition_status").message
    assert wishes.taken_up(other, HELD) == (other, HELD)
    assert wishes.taken_up(pressed, Session()) == (pressed, Session())


def test_its_words_are_no_answer_to_an_open_form(make_turn: MakeTurn) -> None:
    pressed = make_turn(press="petition_status/wish").message

    _, session = wishes.taken_up(pressed, replace(HELD, form="petition_submit"))

    assert session.pause is Pause.URGENT


def test_a_button_pressed_too_late_is_stale(make_turn: MakeTurn) -> None:
    assert wishes.is_stale(make_turn(press="petition_status/wish"))
    assert not wishes.is_stale(make_turn(press="petition_status"))
