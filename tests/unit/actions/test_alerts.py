"""Subscribing by district, narrowing to a type, and leaving at once whatever goes on."""

from __future__ import annotations

import pytest

from actions import alerts
from actions.dispatch import act
from core.alerts import Subscription
from core.effects import SubscribeAlerts, UnsubscribeAlerts
from core.messages import Entity
from core.turns import ConversationStatus, Session
from tests.unit.actions.conftest import MakeTurn, Toolset, entry

KNOWN = frozenset({"subscribe_alerts", "fraud_check", "out_of_scope", "my_cases"})
GUSU = Subscription(area="320508")
DISTRICT = Entity(name="district", value="姑苏区", start=0, end=3)


@pytest.fixture
def tools(tools: Toolset) -> Toolset:
    tools.shelf.entries = (entry("alerts", "subscribe_alerts", title="提醒"),)
    return tools


async def test_the_district_is_asked_for_and_subscribed_to(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    asked = await act(make_turn("subscribe_alerts", "我想订阅反诈预警"), tools, known=KNOWN)
    assert asked.session.form == "subscribe_alerts"
    assert "哪个区" in asked.replies[0].text

    done = await act(
        make_turn("inform", "姑苏区", entities=(DISTRICT,), session=asked.session),
        tools,
        known=KNOWN,
    )
    assert done.effects == (SubscribeAlerts(wanted=GUSU),)
    assert "姑苏区的各种骗局" in done.replies[0].text
    payloads = [b.payload for b in done.replies[0].quick_replies]
    assert payloads == ["subscribe_alerts/stop", "subscribe_alerts/320508:"]
    assert done.session.form is None


async def test_a_district_that_was_named_is_not_asked_for(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    said = make_turn("subscribe_alerts", "姑苏区有新骗局提醒我一下", entities=(DISTRICT,))

    assert (await alerts.manage(said, tools)).effects == (SubscribeAlerts(wanted=GUSU),)


async def test_one_type_is_chosen_by_button(make_turn: MakeTurn, tools: Toolset) -> None:
    which = await alerts.manage(make_turn(press="subscribe_alerts/320508:"), tools)
    payloads = [b.payload for b in which.replies[0].quick_replies]
    assert len(payloads) == 12
    assert payloads[0] == "subscribe_alerts/320508:brush"

    done = await alerts.manage(make_turn(press=payloads[0]), tools)
    wanted = Subscription(area="320508", fraud_type="brush")
    assert done.effects == (SubscribeAlerts(wanted=wanted),)
    assert "姑苏区的刷单返利" in done.replies[0].text


@pytest.mark.parametrize("pressed", ["999999", "999999:brush", "320508:unheard-of"])
async def test_stale_buttons_do_nothing(make_turn: MakeTurn, tools: Toolset, pressed: str) -> None:
    outcome = await alerts.manage(make_turn(press=f"subscribe_alerts/{pressed}"), tools)

    assert outcome.effects == ()


@pytest.mark.parametrize("said", ["退订", "TD", "我要退订！", "取消订阅", "unsubscribe"])
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"session": Session(form="fraud_check", requested_slot="text")},
        {"status": ConversationStatus.QUEUED},
        {"status": ConversationStatus.ASSIGNED},
    ],
    ids=["free", "in a form", "queued", "held"],
)
async def test_one_word_leaves_whatever_goes_on(
    make_turn: MakeTurn, tools: Toolset, said: str, more: dict[str, object]
) -> None:
    tools.subscribers.own = (GUSU,)

    typed = await act(make_turn("out_of_scope", said, **more), tools, known=KNOWN)
    tapped = await act(make_turn(press="subscribe_alerts/stop", **more), tools, known=KNOWN)

    assert typed.effects == tapped.effects == (UnsubscribeAlerts(),)
    assert "退订了" in typed.replies[0].text


async def test_who_has_none_is_told_so(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await act(make_turn("out_of_scope", "退订"), tools, known=KNOWN)

    assert outcome.effects == ()
    assert "没有在这里订过" in outcome.replies[0].text


async def test_a_sentence_that_wants_to_leave_leaves_and_a_question_is_answered(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.subscribers.own = (GUSU,)
    leaves = await alerts.manage(make_turn("subscribe_alerts", "太烦了帮我取消提醒"), tools)
    asks = await alerts.manage(make_turn("subscribe_alerts", "提醒怎么退订"), tools)

    assert leaves.effects == (UnsubscribeAlerts(),)
    assert asks.effects == ()
    payloads = [b.payload for b in asks.replies[-1].quick_replies]
    assert payloads[:2] == ["subscribe_alerts/new", "subscribe_alerts/stop"]


async def test_who_has_some_is_told_which(make_turn: MakeTurn, tools: Toolset) -> None:
    tools.subscribers.own = (GUSU, Subscription(area="320583", fraud_type="loan"))
    held = await alerts.manage(make_turn("subscribe_alerts", "订阅预警"), tools)
    more = await alerts.manage(make_turn(press="subscribe_alerts/new"), tools)

    assert "姑苏区的各种骗局；昆山市的虚假贷款、代办信用卡" in held.replies[0].text
    assert more.session.form == "subscribe_alerts"
