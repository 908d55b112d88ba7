"""A sighting counts once a day, for the district that is known, else for the city."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions.sightings import CITY, area_of, counted
from core.alerts import Subscription
from core.effects import CountFraud
from core.messages import Entity
from core.turns import Outcome, Turn
from tests.unit.actions.conftest import MakeTurn, Toolset

WUZHONG = Entity(name="town", value="木渎镇", start=0, end=3)
UNKNOWN = Entity(name="district", value="火星区", start=0, end=3)


async def count(turn: Turn, tools: Toolset, kind: str = "brush") -> Outcome:
    return await counted(turn, tools, kind, Outcome(session=turn.session))


async def test_once_a_day_and_type(make_turn: MakeTurn, tools: Toolset) -> None:
    first = await count(make_turn(), tools)
    again = make_turn(session=first.session)

    assert first.effects == (CountFraud(fraud_type="brush", area=CITY),)
    assert (await count(again, tools)).effects == ()
    other = await count(again, tools, "loan")
    assert other.effects == (CountFraud(fraud_type="loan", area=CITY),)
    tomorrow = replace(again, now=again.now + timedelta(days=1))
    next_day = await count(tomorrow, tools)
    assert len(next_day.effects) == 1
    assert len(next_day.session.sighted) == 1


async def test_the_district_that_is_named_or_subscribed_to(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    assert await area_of(make_turn(entities=(UNKNOWN, WUZHONG)), tools) == "320506"
    assert await area_of(make_turn(entities=(UNKNOWN,)), tools) == CITY
    tools.subscribers.own = (Subscription(area="320508"),)
    assert await area_of(make_turn(), tools) == "320508"
    assert await area_of(make_turn(entities=(WUZHONG,)), tools) == "320506"
    tools.subscribers.own = (Subscription(area="320508"), Subscription(area="320583"))
    assert await area_of(make_turn(), tools) == CITY
