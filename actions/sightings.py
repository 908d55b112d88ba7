"""A fraud that was checked or told of is counted: its type and district, once a day a conversation."""

from __future__ import annotations

from dataclasses import replace

from core.clock import SUZHOU
from core.effects import CountFraud
from core.ports import Tools
from core.turns import Outcome, Turn

# Whoever does not say where they are counts for the whole city.
CITY = "320500"
PLACES = ("district", "town")


async def counted(turn: Turn, tools: Tools, fraud_type: str, outcome: Outcome) -> Outcome:
    """The outcome with the sighting counted, unless it was today.

    That it was stands in the conversation's own session, so that the counts need no person.
    """
    today = turn.now.astimezone(SUZHOU).date().isoformat()
    mark = f"{today} {fraud_type}"
    before = tuple(m for m in outcome.session.sighted if m.startswith(today))
    if mark in before:
        return outcome
    area = await area_of(turn, tools)
    return replace(
        outcome,
        session=replace(outcome.session, sighted=(*before, mark)),
        effects=(*outcome.effects, CountFraud(fraud_type=fraud_type, area=area)),
    )


async def area_of(turn: Turn, tools: Tools) -> str:
    """The area that the message names; else the one that this conversation is warned of; else the city."""
    named = (tools.offices.area_of(e.value) for e in turn.parse.entities if e.name in PLACES)
    found = next((area for area in named if area is not None), None)
    if found is not None:
        return found
    areas = {one.area for one in await tools.alerts.of(turn.conversation_id)}
    return areas.pop() if len(areas) == 1 else CITY
