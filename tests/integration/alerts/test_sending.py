"""By day, few at a time, three a week at most, and not to whom has left."""

from __future__ import annotations

import asyncio
import json

import pytest

from alerts import sending, subscriptions
from alerts.sending import CAP
from alerts.states import Reached
from benchmarks.alert_crowd import crowd
from bot.relay import Relay
from conversations.models import Conversation
from conversations.privacy import erase_person
from core.turns import Session
from db.engine import Database
from tests.integration.alerts.town import (
    GUSU,
    approved,
    desk,
    later,
    reached,
    sender,
    settled,
    subscriber,
    totals,
)
from tests.integration.talk import Mailbox, answers


async def test_it_is_told_once_with_a_way_out(database: Database) -> None:
    who = await subscriber(database, "a")
    await approved(database)

    assert [await sender(database).once() for _ in range(3)] == [1, 0, 0]
    box = Mailbox()
    await Relay(database, {"web": box}, clock=lambda: later(minutes=1)).once()
    [sent] = box.sent
    assert sent.conversation_id == who
    assert "姑苏区" in sent.reply.text
    assert "刷单返利" in sent.reply.text
    assert "subscribe_alerts/stop" in [b.payload for b in sent.reply.quick_replies]
    sheet = await desk(database).show(1)
    assert (sheet.reached, sheet.delivered) == ({"queued": 1}, {"sent": 1})


async def test_in_ones_own_language(database: Database) -> None:
    who = await subscriber(database, "a")
    async with database.write() as session:
        talk = await session.get_one(Conversation, who)
        talk.session_sealed = database.vault.seal(json.dumps(Session(language="en").as_json()))
    await approved(database)
    await sender(database).once()

    [text] = await answers(database, who)
    assert "Gusu District" in text
    assert "Fake online tasks" in text


async def test_at_night_it_waits_for_the_morning(database: Database) -> None:
    who = await subscriber(database, "a")
    number = await approved(database, at=later(hours=11))

    assert await sender(database, later(hours=11)).once() == 0
    assert await sender(database, later(hours=21, minutes=59)).once() == 0
    assert await reached(database, number) == {who: Reached.WAITING}
    assert await sender(database, later(hours=22)).once() == 1


async def test_what_waited_a_day_goes_to_nobody(database: Database) -> None:
    who = await subscriber(database, "a")
    number = await approved(database)

    assert await sender(database, later(hours=24, minutes=1)).once() == 0
    assert await reached(database, number) == {who: Reached.LATE}


async def test_who_left_or_was_forgotten_meanwhile_gets_nothing(database: Database) -> None:
    left, gone = await subscriber(database, "a"), await subscriber(database, "b")
    number = await approved(database)
    await sender(database, room=0).once()
    async with database.write() as session:
        await subscriptions.unsubscribe(session, left)
        await erase_person(session, gone, now=later())

    assert await sender(database).once() == 0
    assert await reached(database, number) == {left: Reached.LEFT, gone: Reached.LEFT}


async def test_three_a_week_are_enough(database: Database) -> None:
    who = await subscriber(database, "a")
    for day in range(CAP + 1):
        number = await approved(database, at=later(days=day))
        await sender(database, later(days=day)).once()
    assert await reached(database, number) == {who: Reached.CAPPED}

    # The first is a week old.
    number = await approved(database, at=later(days=7, minutes=1))
    assert await sender(database, later(days=7, minutes=1)).once() == 1


async def test_the_outbox_is_filled_no_faster_than_it_is_emptied(database: Database) -> None:
    people = [await subscriber(database, user) for user in "abcd"]
    other = await subscriber(database, "t", channel="telegram")
    number = await approved(database)

    # Two a channel; the other channel does not wait for the slow one.
    assert await sender(database, room=2, batch=1).once() == 3
    assert await sender(database, room=2).once() == 0
    for who in people:
        await settled(database, who, "sent")
    assert await sender(database, room=2).once() == 2
    assert set((await reached(database, number)).values()) == {Reached.QUEUED}
    assert other in await reached(database, number)


async def test_two_nodes_tell_nobody_twice(database: Database, second: Database) -> None:
    await crowd(database, 60)
    await approved(database)

    queued = await asyncio.gather(
        *(sender(db, room=1000, batch=7).once() for db in (database, second))
    )
    await sender(database, room=1000).once()

    assert sum(queued) <= 60
    assert await totals(database) == [60, 60, 60, 60, 60]


@pytest.mark.parametrize("area", [GUSU])
async def test_nobody_subscribed(database: Database, area: str) -> None:
    number = await approved(database, area)

    assert await sender(database).once() == 0
    assert await reached(database, number) == {}


async def test_it_goes_on_as_long_as_the_channels_take_more(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PAUSE_SECONDS", 0.0)
    await crowd(database, 12)
    number = await approved(database)
    box = Mailbox()
    relay = Relay(database, {"web": box}, clock=lambda: later(minutes=1))
    feeding = sender(database, room=5)

    assert await feeding.run() == 5
    await relay.once()
    assert await feeding.run() == 5
    await relay.once()
    assert await feeding.run() == 2
    assert len(await reached(database, number)) == 12
