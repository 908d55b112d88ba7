"""By district and type: every type takes the place of single ones, leaving leaves all."""

from __future__ import annotations

from alerts import subscriptions
from core.alerts import Subscription
from db.engine import Database
from tests.integration.alerts.town import (
    GUSU,
    NOW,
    WUZHONG,
    approved,
    desk,
    reached,
    sender,
    subscriber,
)

EVERY, BRUSH, LOAN = (Subscription(area=GUSU, fraud_type=kind) for kind in ("", "brush", "loan"))
ELSEWHERE = Subscription(area=WUZHONG)


async def add(db: Database, who: str, wanted: Subscription) -> None:
    async with db.write() as session:
        await subscriptions.subscribe(session, who, wanted, now=NOW)


async def test_single_types_and_every_type_take_each_others_place(database: Database) -> None:
    who = await subscriber(database, "a", ELSEWHERE, BRUSH, LOAN, BRUSH)
    assert await desk(database).of(who) == [ELSEWHERE, BRUSH, LOAN]

    await add(database, who, EVERY)
    assert await desk(database).of(who) == [ELSEWHERE, EVERY]

    await add(database, who, LOAN)
    assert await desk(database).of(who) == [ELSEWHERE, LOAN]


async def test_leaving_and_being_forgotten(database: Database) -> None:
    who, other = await subscriber(database, "a", BRUSH, ELSEWHERE), await subscriber(database, "b")
    number = await approved(database)
    await sender(database).once()

    async with database.write() as session:
        await subscriptions.unsubscribe(session, who)
    assert await desk(database).of(who) == []
    assert set(await reached(database, number)) == {who, other}

    async with database.write() as session:
        await subscriptions.forget(session, who)
    assert set(await reached(database, number)) == {other}
    assert await desk(database).of(other) == [EVERY]
