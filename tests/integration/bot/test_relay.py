"""Every conversation gets its messages in order, whatever becomes of the others."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError

from bot.background import background
from bot.channels.base import Outgoing, SendCode, SendError
from bot.relay import FIRST_WAIT, LONGEST_WAIT, MAX_ATTEMPTS, PATIENCE_SECONDS, Relay
from conversations.models import DeliveryRecord
from conversations.outbox import LEASE
from conversations.threads import post, set_status
from conversations.waiting import release
from core.messages import Reply
from core.turns import ConversationStatus
from db.engine import Database
from tests.integration.talk import NOON, Hands, Mailbox, message, store

THROTTLED, REJECTED = SendCode.THROTTLED, SendCode.REJECTED


class SlowBox(Mailbox):
    """A channel whose platform takes its time with one conversation."""

    slow = ""

    def __init__(self, name: str = "web") -> None:
        super().__init__(name)
        self.go = asyncio.Event()

    async def send(self, outgoing: Outgoing) -> Sequence[str]:
        if outgoing.conversation_id == self.slow:
            await self.go.wait()
        return await super().send(outgoing)


async def say(
    db: Database, *texts: str, user: str = "u-1", channel: str = "web", safety: bool = False
) -> str:
    """Post replies of the bot to a person; gives the conversation."""
    [received] = await store(db, message(user=user, channel=channel))
    async with db.write() as session:
        replies = [Reply(text=t, safety=safety) for t in texts]
        await post(session, db.vault, received.conversation_id, replies, author="bot", now=NOON)
    return received.conversation_id


async def states(db: Database) -> list[tuple[str, int, str | None]]:
    async with db.read() as session:
        rows = await session.execute(
            select(
                DeliveryRecord.status, DeliveryRecord.attempts, DeliveryRecord.error_code
            ).order_by(DeliveryRecord.conversation_id, DeliveryRecord.seq)
        )
        return [(r[0], r[1], r[2]) for r in rows]


async def test_sent_in_order_and_never_again(database: Database, hands: Hands) -> None:
    await say(database, "一", "二", "三")
    box = Mailbox()
    relay = Relay(database, {"web": box}, clock=hands)

    assert await relay.once() == 3
    assert await relay.once() == 0

    assert box.texts == ["一", "二", "三"]
    assert [o.seq for o in box.sent] == [2, 3, 4]
    assert await states(database) == [("sent", 1, None)] * 3


async def test_without_channels_nothing_is_claimed(database: Database, hands: Hands) -> None:
    await say(database, "一")

    assert await Relay(database, {}, clock=hands).once() == 0
    assert await states(database) == [("queued", 0, None)]


async def test_first_fails_for_a_while_and_the_order_is_kept(
    database: Database, hands: Hands
) -> None:
    talk = await say(database, "一", "二")
    await say(database, "别人", user="other")
    box = Mailbox()
    box.trouble[talk] = [SendError(THROTTLED, retry_after=timedelta(seconds=30))]
    relay = Relay(database, {"web": box}, clock=hands)

    await relay.once()
    assert box.texts == ["别人"]
    hands.pass_by(seconds=29.9)
    assert await relay.once() == 0
    hands.pass_by(seconds=0.1)
    await relay.once()

    assert box.texts == ["别人", "一", "二"]
    mine = [s for s in await states(database) if s[1] == 2]
    assert mine == [("sent", 2, None)]


async def test_without_a_hint_the_wait_doubles(database: Database, hands: Hands) -> None:
    talk = await say(database, "一")
    box = Mailbox()
    box.trouble[talk] = [SendError(THROTTLED) for _ in range(3)]
    relay = Relay(database, {"web": box}, clock=hands)

    for attempt in range(1, 4):
        await relay.once()
        async with database.read() as session:
            until = await session.scalar(select(DeliveryRecord.next_attempt_at))
        assert until == hands.now + FIRST_WAIT * 2**attempt
        hands.now = until


async def test_refused_message_is_given_up_and_the_rest_goes_on(
    database: Database, hands: Hands
) -> None:
    talk = await say(database, "一", "二", "三")
    box = Mailbox()
    box.trouble[talk] = [SendError(REJECTED)]
    relay = Relay(database, {"web": box}, clock=hands)

    await relay.once()
    await relay.once()

    assert box.texts == ["二", "三"]
    assert await states(database) == [
        ("failed", 1, "rejected"),
        ("sent", 1, None),
        ("sent", 1, None),
    ]


async def test_what_waits_for_the_citizen_is_kept_with_its_place_and_its_parts(
    database: Database, hands: Hands
) -> None:
    talk = await say(database, "一", "二")
    box = Mailbox()
    box.trouble[talk] = [SendError(SendCode.QUOTA_SPENT, parts_sent=2)] * 2
    relay = Relay(database, {"web": box}, clock=hands)

    await relay.once()
    hands.pass_by(hours=23)
    assert await relay.once() == 0
    assert await states(database) == [("queued", 0, "quota_spent"), ("queued", 0, None)]
    async with database.write() as session:
        await release(session, talk, now=hands())
    await relay.once()  # the citizen wrote, and it is still too much
    hands.pass_by(days=1)
    await relay.once()  # nobody wrote, but it is looked at again

    assert [(o.reply.text, o.parts_sent) for o in box.sent] == [("一", 2), ("二", 0)]
    assert [state for state, _, _ in await states(database)] == ["sent", "sent"]


async def test_attempts_end_and_what_waited_behind_still_has_all_of_its_own(
    database: Database, hands: Hands
) -> None:
    talk = await say(database, "一", "二")
    box = Mailbox()
    box.trouble[talk] = [SendError(THROTTLED) for _ in range(MAX_ATTEMPTS + 1)]
    relay = Relay(database, {"web": box}, clock=hands)

    for _ in range(MAX_ATTEMPTS):
        assert await relay.once() == 2
        hands.now += LONGEST_WAIT
    assert await states(database) == [
        ("failed", MAX_ATTEMPTS, "throttled"),
        ("queued", 0, None),
    ]
    await relay.once()
    hands.now += LONGEST_WAIT
    await relay.once()

    assert box.texts == ["二"]


async def test_adapter_that_crashes_stops_nobody_else(database: Database, hands: Hands) -> None:
    talk = await say(database, "一")
    await say(database, "别人", user="other")
    box = Mailbox()
    box.trouble[talk] = [RuntimeError("a bug")]
    relay = Relay(database, {"web": box}, clock=hands)

    await relay.once()
    assert box.texts == ["别人"]
    hands.pass_by(minutes=1)
    await relay.once()
    assert box.texts == ["别人", "一"]


async def test_slow_chat_holds_nobody_up_and_is_written_down_when_done(
    database: Database, hands: Hands
) -> None:
    box = SlowBox()
    box.slow = await say(database, "慢", "慢二")
    relay = Relay(database, {"web": box}, clock=hands)
    await relay.once()
    await say(database, "快", user="other")
    await say(database, "慢三")

    await asyncio.wait_for(relay.once(), PATIENCE_SECONDS * 20)
    assert box.texts == ["快"]
    box.go.set()
    for _ in range(50):
        await asyncio.sleep(0.02)
        if len(await _with_status(database, "sent")) == 3:
            break
    await relay.once()

    assert box.texts == ["快", "慢", "慢二", "慢三"]
    assert {s for s, _, _ in await states(database)} == {"sent"}


async def test_channel_at_a_standstill_is_not_given_ever_more(
    database: Database, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.relay.SENDING_LIMIT", 1)
    stuck, web = SlowBox("telegram"), Mailbox("web")
    stuck.slow = await say(database, "慢", channel="telegram")
    relay = Relay(database, {"telegram": stuck, "web": web}, clock=hands)
    await relay.once()
    await say(database, "等", user="b", channel="telegram")
    await say(database, "快", user="c")

    await relay.once()
    assert (stuck.texts, web.texts) == ([], ["快"])
    stuck.go.set()
    await asyncio.wait(relay._sending)
    await relay.once()

    assert stuck.texts == ["慢", "等"]


async def test_what_the_bot_said_before_a_person_took_over_is_dropped(
    database: Database, hands: Hands
) -> None:
    talk = await say(database, "机器人说")
    await say(database, "先打120", safety=True)
    async with database.write() as session:
        await set_status(session, talk, ConversationStatus.ASSIGNED, assignee="王")
    box = Mailbox()

    await Relay(database, {"web": box}, clock=hands).once()

    assert box.texts == ["先打120"]
    assert await states(database) == [("failed", 1, "stale"), ("sent", 1, None)]


async def test_crash_between_claim_and_end_is_recovered(database: Database, hands: Hands) -> None:
    await say(database, "网", user="a")
    await say(database, "信", user="b", channel="telegram")
    await say(database, "急", user="c", channel="telegram", safety=True)
    async with database.write() as session:
        await session.execute(update(DeliveryRecord).values(status="wired", lease_until=hands.now))
    hands.now += LEASE
    web, telegram = Mailbox("web"), Mailbox("telegram", repeatable=False)
    relay = Relay(database, {"web": web, "telegram": telegram}, clock=hands)

    await relay.recover()
    await relay.once()

    assert (web.texts, telegram.texts) == (["网"], ["急"])
    assert len(await _with_status(database, "unconfirmed")) == 1


async def test_running_it_sends_at_once_when_woken_and_outlives_a_fault(
    database: Database, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Mailbox()
    relay = Relay(database, {"web": box}, clock=hands)
    failed = asyncio.Event()

    async def away(*args: object, **options: object) -> None:
        failed.set()
        raise OperationalError("UPDATE", {}, Exception("restarting"))

    with monkeypatch.context() as broken:
        broken.setattr("bot.relay.claim", away)
        async with background(relay.run()):
            await asyncio.wait_for(failed.wait(), 5)
            broken.undo()
            await say(database, "一")
            relay.wake()
            for _ in range(100):
                if box.texts:
                    break
                await asyncio.sleep(0.02)

    assert box.texts == ["一"]


ENDS = st.sampled_from([None, None, THROTTLED, REJECTED, RuntimeError])


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(plan=st.lists(st.lists(ENDS, min_size=1, max_size=5), min_size=1, max_size=3))
async def test_whatever_fails_each_chat_hears_its_messages_in_order_and_once(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    plan: list[list[SendCode | type[RuntimeError] | None]],
) -> None:
    # Each round ends before the clock jumps, however slow the machine is just now.
    monkeypatch.setattr("bot.relay.PATIENCE_SECONDS", 10.0)
    async with database.write() as session:
        await session.execute(delete(DeliveryRecord))
    hands, box = Hands(), TroubledBox()
    relay = Relay(database, {"web": box}, clock=hands)
    talks = {}
    for n, ends in enumerate(plan):
        talk = await say(database, *(str(i) for i in range(len(ends))), user=f"u{n}")
        talks[talk] = ends
        box.plan[talk] = list(ends)
    for _ in range(40):
        await relay.once()
        hands.now += LONGEST_WAIT

    for talk, ends in talks.items():
        got = [int(o.reply.text) for o in box.sent if o.conversation_id == talk]
        assert got == sorted(set(got))
        assert len(got) == len(ends) - box.refused.get(talk, 0)


class TroubledBox(Mailbox):
    """A channel that ends each attempt as planned, and well once the plan is through."""

    def __init__(self) -> None:
        super().__init__()
        self.plan: dict[str, list[SendCode | type[RuntimeError] | None]] = {}
        self.refused: dict[str, int] = {}

    async def send(self, outgoing: Outgoing) -> Sequence[str]:
        talk = outgoing.conversation_id
        end = self.plan[talk].pop(0) if self.plan[talk] else None
        if isinstance(end, SendCode):
            self.refused[talk] = self.refused.get(talk, 0) + (end is REJECTED)
            raise SendError(end)
        if end is not None:
            raise end("a bug")
        return await super().send(outgoing)


async def _with_status(db: Database, status: str) -> list[str]:
    async with db.read() as session:
        return list(
            await session.scalars(select(DeliveryRecord.id).where(DeliveryRecord.status == status))
        )
