"""A platform's request and the relay never send the same, whoever dies or is late."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from conversations import passive
from conversations.allowances import Cause, Grant, standing
from conversations.answering import Compose, Composed, Waiting, fill
from conversations.models import DeliveryRecord, PassiveWindow
from conversations.outbox import LEASE, DeliveryStatus, claim, postpone, recover, settle
from conversations.passive import (
    KEPT_FOR,
    PUSH_AFTER,
    REPEATS_WITHIN,
    Answer,
    Asked,
    Replayed,
    Window,
    purge_windows,
)
from conversations.privacy import erase_words
from conversations.threads import post
from core.messages import Reply
from db.engine import Database
from tests.integration.talk import NOON, message, store

HELD = timedelta(seconds=6)
FIVE = Grant(cause=Cause.MESSAGE, count=5, until=NOON + timedelta(hours=48))


@dataclass(kw_only=True)
class Talk:
    """One WeChat conversation with a request that waits, and hands to move it."""

    db: Database
    id: str
    window: Window

    async def say(self, *texts: str) -> None:
        async with self.db.write() as session:
            replies = [Reply(text=text) for text in texts]
            await post(session, self.db.vault, self.id, replies, author="bot", now=NOON)

    async def fill(self, *, most: int = 9, later: float = 0) -> Answer | None:
        now = NOON + timedelta(seconds=later)
        return await fill(self.db, self.window, "wechat", composer(most), now=now)

    async def relayed(self, *, later: float) -> list[str]:
        """What a relay would get at that moment."""
        now = NOON + timedelta(seconds=later)
        async with self.db.write() as session:
            batch = await claim(session, self.db.vault, ["wechat"], now=now)
            return [d.reply.text for d in batch]

    async def states(self) -> list[tuple[str, int, int]]:
        columns = (DeliveryRecord.status, DeliveryRecord.attempts, DeliveryRecord.parts_sent)
        async with self.db.read() as session:
            rows = await session.execute(select(*columns).order_by(DeliveryRecord.seq))
            return [(row[0], row[1], row[2]) for row in rows]

    async def arrived(self, given: Answer) -> None:
        async with self.db.write() as session:
            vault = self.db.vault
            await passive.arrived(session, vault, self.window.external_id, given, now=NOON)

    async def lost(self, given: Answer) -> None:
        async with self.db.write() as session:
            await passive.lost(session, self.window.external_id, given, now=NOON)


def composer(most: int) -> Compose:
    """Carries so many whole deliveries, and two parts of the next if there is one."""

    def compose(waiting: Sequence[Waiting], left: int) -> Composed:
        whole = [w.delivery for w in waiting[:most]]
        cut = waiting[most].delivery if most < len(waiting) else None
        text = "+".join(d.reply.text for d in whole)
        return Composed(
            answer=Answer(
                text=text,
                whole=tuple(d.id for d in whole),
                cut=cut.id if cut else None,
                cut_from=cut.parts_sent if cut else 0,
                cut_to=cut.parts_sent + 2 if cut else 0,
            )
        )

    return compose


async def open_window(
    db: Database, talk: str, *, name: str = "message:1", proof: str = "p-1"
) -> Window:
    asked = Asked(external_id=name, proof=proof, conversation_id=talk)
    return await passive.open_window(db, asked, FIVE, now=NOON, until=NOON + HELD)


async def talking(db: Database, **asked: str) -> Talk:
    [received] = await store(db, message(channel="wechat"))
    window = await open_window(db, received.conversation_id, **asked)
    return Talk(db=db, id=received.conversation_id, window=window)


async def test_a_request_holds_the_relay_off_until_it_is_over(database: Database) -> None:
    talk = await talking(database)
    await talk.say("一")

    assert await talk.relayed(later=5.9) == []
    given = await talk.fill()
    assert given is not None
    assert given.text == "一"
    assert await talk.states() == [("wired", 1, 0)]
    await talk.arrived(given)

    assert await talk.states() == [("sent", 1, 0)]
    assert await talk.relayed(later=100) == []


async def test_other_conversations_are_not_held(database: Database) -> None:
    await talking(database)
    [other] = await store(database, message(channel="wechat", user="other"))
    async with database.write() as session:
        replies = [Reply(text="别人")]
        await post(session, database.vault, other.conversation_id, replies, author="bot", now=NOON)
        assert len(await claim(session, database.vault, ["wechat"], now=NOON)) == 1


async def test_a_request_that_dies_leaves_everything_to_the_relay(database: Database) -> None:
    talk = await talking(database)
    await talk.say("一", "二")

    assert await talk.relayed(later=6) == ["一", "二"]
    # A request that comes to itself too late finds nothing left.
    assert await talk.fill(later=7) is None
    assert [state for state, _, _ in await talk.states()] == ["wired", "wired"]


async def test_closed_without_an_answer_the_relay_goes_on_at_once(database: Database) -> None:
    talk = await talking(database)
    assert await talk.fill(later=4.5) is None
    await talk.say("一")

    assert await talk.relayed(later=4.6) == ["一"]
    # The platform missed our word that nothing comes: it hears it again.
    assert await talk.fill(later=5) is None


async def test_requests_and_repetitions_share_one_answer(
    database: Database, second: Database
) -> None:
    talk = await talking(database)
    await talk.say("一")
    other = Talk(db=second, id=talk.id, window=talk.window)

    given = await asyncio.gather(*(t.fill() for t in (talk, other) * 3))

    assert {g.text for g in given if g} == {"一"}
    assert None not in given
    assert await talk.states() == [("wired", 1, 0)]


async def test_a_crash_after_filling_is_mended_by_the_repetition(database: Database) -> None:
    talk = await talking(database)
    await talk.say("一")
    await talk.fill()  # and the process dies

    assert await talk.relayed(later=8) == []
    again = await talk.fill(later=8)
    assert again is not None
    await talk.arrived(again)

    assert await talk.states() == [("sent", 1, 0)]


async def test_a_crash_nobody_repeats_is_unconfirmed_not_doubled(database: Database) -> None:
    talk = await talking(database)
    await talk.say("一")
    await talk.fill()
    later = NOON + LEASE + timedelta(seconds=1)
    async with database.write() as session:
        await recover(session, now=later, repeatable=())

    assert await talk.states() == [("unconfirmed", 1, 0)]
    assert await talk.relayed(later=90) == []


async def test_what_does_not_fit_follows_behind(database: Database) -> None:
    talk = await talking(database)
    await talk.say("一", "二", "三")

    given = await talk.fill(most=1)

    assert given is not None
    assert await talk.states() == [("wired", 1, 0), ("queued", 0, 2), ("queued", 0, 0)]
    assert await talk.relayed(later=0.5) == []
    await talk.arrived(given)
    assert await talk.relayed(later=PUSH_AFTER.total_seconds()) == ["二", "三"]
    assert [sent for _, _, sent in await talk.states()] == [0, 2, 0]


async def test_a_lost_answer_is_undone_and_the_relay_waits_for_a_repetition(
    database: Database,
) -> None:
    talk = await talking(database)
    await talk.say("一", "二")
    given = await talk.fill(most=1)
    assert given is not None
    await talk.lost(given)

    assert await talk.states() == [("queued", 0, 0), ("queued", 0, 0)]
    assert await talk.relayed(later=REPEATS_WITHIN.total_seconds() - 0.1) == []
    assert await talk.relayed(later=REPEATS_WITHIN.total_seconds()) == ["一", "二"]


async def test_losing_late_does_not_undo_what_a_repetition_has_delivered(
    database: Database,
) -> None:
    talk = await talking(database)
    await talk.say("一")
    given = await talk.fill()
    again = await talk.fill()
    assert given is not None
    assert given == again
    await talk.arrived(given)
    await talk.lost(given)

    assert await talk.states() == [("sent", 1, 0)]
    assert await talk.fill() == given


async def test_arriving_after_all_counts_although_it_was_taken_for_lost(
    database: Database,
) -> None:
    talk = await talking(database)
    await talk.say("一", "二")
    given = await talk.fill(most=1)
    assert given is not None
    await talk.lost(given)
    await talk.arrived(given)

    assert [(state, sent) for state, _, sent in await talk.states()] == [
        ("sent", 0),
        ("queued", 2),
    ]


async def test_of_three_requests_one_is_lost_one_seems_taken_and_the_last_still_hears_it(
    database: Database,
) -> None:
    talk = await talking(database)
    await talk.say("一")
    given, again = await talk.fill(), await talk.fill()
    assert given is not None
    assert again is not None
    await talk.lost(given)
    await talk.arrived(again)  # seen from here: the platform may have hung up as it was written

    assert await talk.fill() == given
    known = await open_window(database, talk.id)
    assert (known.ended, known.answer) == (True, given)


async def test_one_on_its_way_is_not_overtaken(database: Database) -> None:
    [received] = await store(database, message(channel="wechat"))
    async with database.write() as session:
        replies = [Reply(text="推送中")]
        talk_id = received.conversation_id
        await post(session, database.vault, talk_id, replies, author="bot", now=NOON)
        [pushed] = await claim(session, database.vault, ["wechat"], now=NOON)
    window = await open_window(database, talk_id)
    talk = Talk(db=database, id=talk_id, window=window)
    await talk.say("一")

    assert await talk.fill() is None
    async with database.write() as session:
        await settle(session, [pushed.id], DeliveryStatus.SENT)
    assert await talk.relayed(later=1) == ["一"]


async def test_writing_lets_go_what_waited_and_is_granted_once(database: Database) -> None:
    talk = await talking(database)
    await talk.say("昨天的")
    await talk.fill(later=0)
    async with database.write() as session:
        delivery = await session.scalar(select(DeliveryRecord.id))
        assert delivery is not None
        far = NOON + timedelta(days=1)
        await postpone(session, delivery, until=far, error_code="quota_spent")
    talk.window = await open_window(database, talk.id, name="message:2", proof="p-2")

    given = await talk.fill()
    assert given is not None
    assert given.text == "昨天的"
    async with database.read() as session:
        assert (await standing(session, talk.id, now=NOON)).left == 5


async def test_a_repetition_finds_the_first_and_a_used_signature_is_refused(
    database: Database, second: Database
) -> None:
    talk = await talking(database)
    found = await asyncio.gather(
        *(open_window(db, talk.id, proof=f"p-{n}") for n, db in enumerate((database, second) * 3))
    )

    assert set(found) == {talk.window}
    with pytest.raises(Replayed):
        await open_window(database, talk.id, name="message:2")


async def test_being_forgotten_takes_the_words(database: Database) -> None:
    talk = await talking(database)
    await talk.say("一")
    await talk.fill()
    async with database.write() as session:
        await erase_words(session, talk.id)

    async with database.read() as session:
        window = await session.scalar(select(PassiveWindow))
    assert window is not None
    assert window.answer_sealed is None


async def test_old_requests_are_purged(database: Database) -> None:
    await talking(database)

    assert await purge_windows(database, now=NOON + KEPT_FOR) == 0
    assert await purge_windows(database, now=NOON + KEPT_FOR + HELD * 2) == 1
