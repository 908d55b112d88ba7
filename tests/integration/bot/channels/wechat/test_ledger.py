"""What may be pushed to a citizen, and why not if nothing may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.base import SendCode, SendError
from bot.channels.wechat.ledger import Ledger, granted
from conversations.allowances import Cause, grant
from conversations.threads import post
from core.messages import QuickReply, Reply
from db.engine import Database
from tests.integration.talk import NOON, Hands, message, store


async def test_five_for_a_message_three_for_an_event() -> None:
    assert (granted(Cause.MESSAGE, NOON).count, granted(Cause.EVENT, NOON).count) == (5, 3)
    assert granted(Cause.MESSAGE, NOON).until == NOON + timedelta(hours=48)
    assert granted(Cause.EVENT, NOON).until == NOON + timedelta(minutes=1)


async def test_counted_down_then_spent_then_closed(database: Database) -> None:
    hands = Hands()
    ledger = Ledger(database, clock=hands)
    [received] = await store(database, message(channel="wechat"))
    talk = received.conversation_id
    with pytest.raises(SendError) as closed:
        await ledger.left(talk)
    async with database.write() as session:
        await grant(session, talk, granted(Cause.MESSAGE, NOON))
    for left in (5, 4, 3, 2, 1):
        assert await ledger.left(talk) == left
        await ledger.spent(talk)
    with pytest.raises(SendError) as spent:
        await ledger.left(talk)

    assert (closed.value.code, spent.value.code) == (
        SendCode.WINDOW_CLOSED,
        SendCode.QUOTA_SPENT,
    )
    async with database.write() as session:
        await grant(session, talk, granted(Cause.MESSAGE, NOON))
    await ledger.refused(talk)
    with pytest.raises(SendError):
        await ledger.left(talk)
    with pytest.raises(SendError):
        await Ledger(database, clock=hands, may_push=False).left(talk)


async def test_what_follows_and_what_was_offered_before(database: Database) -> None:
    ledger = Ledger(database, clock=Hands())
    [received] = await store(database, message(channel="wechat"))
    talk = received.conversation_id
    offer = Reply(text="选", quick_replies=(QuickReply(title="好", payload="affirm"),))
    async with database.write() as session:
        await post(session, database.vault, talk, [offer, offer], author="bot", now=NOON)

    assert [await ledger.offered(talk, seq) for seq in (2, 3)] == [0, 1]
    assert [await ledger.follows(talk, seq) for seq in (2, 3)] == [True, False]
