"""Staff decide once; a correction goes to exactly those whom the wrong alert reached."""

from __future__ import annotations

import pytest

from alerts.errors import AlertMoved, BadWording, NoSuchAlert
from alerts.states import AlertState, Reached
from alerts.subscriptions import unsubscribe
from core.alerts import Subscription
from db.engine import Database
from tests.integration.alerts.town import (
    GUSU,
    approved,
    desk,
    draft,
    reached,
    sender,
    settled,
    subscriber,
)
from tests.integration.talk import answers

WHY = {"zh": "数据算错了，没有激增。", "en": "The count was wrong, there was no surge."}


async def test_a_draft_is_approved_in_other_words_or_dropped_once(database: Database) -> None:
    number, other = await draft(database), await draft(database, kind="loan")
    mine = {"zh": "姑苏区最近刷单骗局多，别垫钱。"}

    await desk(database).approve(number, by="王", texts=mine)
    await desk(database).drop(other, by="李", reason="考试题目，不是真的")

    first, second = await desk(database).show(number), await desk(database).show(other)
    assert (first.state, first.decided_by, first.texts["zh"]) == ("approved", "王", mine["zh"])
    assert first.texts["en"].startswith("[Fraud alert]")
    assert (second.state, second.reason) == ("dropped", "考试题目，不是真的")
    for again in (number, other):
        with pytest.raises(AlertMoved):
            await desk(database).approve(again, by="王", texts={})
        with pytest.raises(AlertMoved):
            await desk(database).drop(again, by="王")
    assert [one.number for one in await desk(database).listing()] == [other, number]
    assert [one.number for one in await desk(database).listing(AlertState.DROPPED)] == [other]


async def test_what_cannot_be_sent_is_refused(database: Database) -> None:
    number = await draft(database)

    with pytest.raises(NoSuchAlert):
        await desk(database).show(99)
    with pytest.raises(BadWording):
        await desk(database).approve(number, by="王", texts={"zh": "长" * 301})
    with pytest.raises(AlertMoved):
        await desk(database).correct(number, by="王", reasons=WHY)
    await desk(database).approve(number, by="王", texts={})
    with pytest.raises(BadWording):
        await desk(database).correct(number, by="王", reasons={"zh": "错了"})
    assert (await desk(database).show(number)).state == "approved"


async def test_a_correction_reaches_exactly_those_who_got_it(database: Database) -> None:
    sent, unconfirmed, failed, unsent = [await subscriber(database, user) for user in "abcd"]
    number = await approved(database)
    await sender(database).once()
    await settled(database, sent, "sent")
    await settled(database, unconfirmed, "unconfirmed")
    await settled(database, failed, "failed")
    # Subscribed afterwards, and never told of it.
    newcomer = await subscriber(database, "e")

    new = await desk(database).correct(number, by="王", reasons=WHY)
    await sender(database).once()

    assert await reached(database, new) == {sent: Reached.QUEUED, unconfirmed: Reached.QUEUED}
    assert [len(await answers(database, who)) for who in (failed, unsent, newcomer)] == [1, 1, 0]
    _, text = await answers(database, sent)
    assert text.startswith("【更正】")
    assert WHY["zh"] in text
    wrong = await desk(database).show(number)
    assert (wrong.state, wrong.failed["taken_back"]) == ("corrected", 1)
    assert (await desk(database).show(new)).corrects == number
    with pytest.raises(AlertMoved):
        await desk(database).correct(new, by="王", reasons=WHY)


async def test_who_still_waits_for_a_wrong_alert_gets_neither(database: Database) -> None:
    people = [await subscriber(database, user) for user in "abc"]
    number = await approved(database)
    assert await sender(database, room=1).once() == 1

    new = await desk(database).correct(number, by="王", reasons=WHY)
    assert await sender(database).once() == 0

    assert sorted((await reached(database, number)).values()) == ["queued", "spared", "spared"]
    assert await reached(database, new) == {}
    assert sum([len(await answers(database, who)) for who in people]) == 1


async def test_leaving_does_not_keep_a_correction_away(database: Database) -> None:
    who = await subscriber(database, "a", Subscription(area=GUSU))
    number = await approved(database)
    await sender(database).once()
    await settled(database, who, "sent")
    async with database.write() as session:
        await unsubscribe(session, who)

    new = await desk(database).correct(number, by="王", reasons=WHY)
    await sender(database).once()

    assert await reached(database, new) == {who: Reached.QUEUED}
