"""What a request is filled with: all that may still be said, with the place of its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from conversations import passive
from conversations.allowances import Cause, Grant
from conversations.answering import Composed, Waiting, fill
from conversations.models import DeliveryRecord
from conversations.passive import Answer, Asked
from conversations.threads import post, set_status
from core.messages import QuickReply, Reply
from core.turns import ConversationStatus
from db.engine import Database
from tests.integration.talk import NOON, message, store

FIVE = Grant(cause=Cause.MESSAGE, count=5, until=NOON + timedelta(hours=48))
PRESS = QuickReply(title="好", payload="affirm")


async def test_stale_and_unfit_are_failed_and_the_rest_is_composed(database: Database) -> None:
    [received] = await store(database, message(channel="wechat"))
    talk = received.conversation_id
    asked = Asked(external_id="message:1", proof="p", conversation_id=talk)
    window = await passive.open_window(database, asked, FIVE, now=NOON, until=NOON)
    async with database.write() as session:
        vault = database.vault
        old = [Reply(text="过时的", quick_replies=(PRESS,))]
        await post(session, vault, talk, old, author="bot", now=NOON)
        await set_status(session, talk, ConversationStatus.ASSIGNED, assignee="lin")
        new = [Reply(text="", quick_replies=(PRESS,)), Reply(text="我是小林")]
        await post(session, vault, talk, new, author="staff:lin", now=NOON)
    seen: list[tuple[str, int]] = []

    def compose(waiting: Sequence[Waiting], left: int) -> Composed:
        seen.extend((w.delivery.reply.text, w.options) for w in waiting)
        seen.append(("left", left))
        empty, said = (w.delivery.id for w in waiting)
        return Composed(answer=Answer(text="我是小林", whole=(said,)), unfit=(empty,))

    given = await fill(database, window, "wechat", compose, now=NOON)

    assert given is not None
    assert seen == [("", 1), ("我是小林", 2), ("left", 5)]
    async with database.read() as session:
        columns = (DeliveryRecord.status, DeliveryRecord.error_code)
        rows = await session.execute(select(*columns).order_by(DeliveryRecord.seq))
        assert [(row[0], row[1]) for row in rows] == [
            ("failed", "stale"),
            ("failed", "message_invalid"),
            ("wired", None),
        ]
