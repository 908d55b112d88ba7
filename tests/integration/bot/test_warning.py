"""Counted and subscribed in the turn's commit; a scam that is checked counts once a day."""

from __future__ import annotations

from sqlalchemy import select

from alerts.models import FraudCount
from core.alerts import Subscription
from core.effects import CountFraud, EraseMe, SubscribeAlerts, UnsubscribeAlerts
from db.engine import Database
from tests.integration.alerts.town import CITY, GUSU, desk
from tests.integration.bot.test_effects import carry_out, seen_by
from tests.integration.talk import Hands, make_engine, message, store

SCAM = "我在网上刷单做任务，老师说连单要先垫付三千才能提现，是不是骗子"


async def counts(db: Database) -> dict[tuple[str, str], int]:
    async with db.read() as session:
        return {(c.area, c.fraud_type): c.count for c in await session.scalars(select(FraudCount))}


async def test_effects_count_subscribe_and_leave(database: Database) -> None:
    seen, wanted = await seen_by(database), Subscription(area=GUSU)
    where = seen.conversation_id

    for _ in range(2):
        await carry_out(database, seen, CountFraud(fraud_type="brush", area=GUSU))
    await carry_out(database, seen, SubscribeAlerts(wanted=wanted))
    assert await counts(database) == {(GUSU, "brush"): 2}
    assert await desk(database).of(where) == [wanted]

    for effect in (UnsubscribeAlerts(), EraseMe()):
        await carry_out(database, seen, SubscribeAlerts(wanted=wanted))
        await carry_out(database, seen, effect)
        assert await desk(database).of(where) == []
    # Nobody stands in the counts, so nothing of them is forgotten.
    assert await counts(database) == {(GUSU, "brush"): 2}


async def test_a_checked_scam_counts_once_a_day_and_conversation(
    database: Database, hands: Hands
) -> None:
    engine = make_engine(database, clock=hands)

    async def ask(user: str) -> str:
        [received] = await store(database, message(SCAM, user=user), now=hands.now)
        await engine.answer(received.conversation_id)
        return received.conversation_id

    await ask("a")
    await ask("a")
    await ask("b")
    assert await counts(database) == {(CITY, "brush"): 2}
    hands.pass_by(days=1)
    await ask("a")
    async with database.read() as session:
        assert len((await session.scalars(select(FraudCount))).all()) == 2
