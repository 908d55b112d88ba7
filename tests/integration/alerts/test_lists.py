"""Who stands on a list: the district's subscribers and the whole city's, of that type or of all."""

from __future__ import annotations

from sqlalchemy import select

from alerts.lists import enlist
from alerts.models import Alert
from core.alerts import Subscription
from db.engine import Database
from tests.integration.alerts.town import (
    CITY,
    GUSU,
    NOW,
    WUZHONG,
    approved,
    reached,
    sender,
    subscriber,
)


async def test_district_and_type_decide(database: Database) -> None:
    people = {
        "every": Subscription(area=GUSU),
        "brush": Subscription(area=GUSU, fraud_type="brush"),
        "loan": Subscription(area=GUSU, fraud_type="loan"),
        "elsewhere": Subscription(area=WUZHONG),
        "city": Subscription(area=CITY, fraud_type="brush"),
    }
    talks = {await subscriber(database, name, one): name for name, one in people.items()}

    async def named(number: int) -> set[str]:
        await sender(database).once()
        return {talks[talk] for talk in await reached(database, number)}

    assert await named(await approved(database, GUSU)) == {"every", "brush", "city"}
    assert await named(await approved(database, GUSU, "gov")) == {"every"}
    everybody = {"every", "brush", "elsewhere", "city"}
    assert await named(await approved(database, CITY)) == everybody


async def test_two_subscriptions_of_one_person_are_one_place(database: Database) -> None:
    two = (Subscription(area=GUSU), Subscription(area=CITY))
    who = await subscriber(database, "a", *two)

    await approved(database)

    assert await sender(database).once() == 1
    assert set(await reached(database, 1)) == {who}


async def test_a_list_is_made_in_batches_behind_a_cursor(database: Database) -> None:
    for user in "abcde":
        await subscriber(database, user)
    number = await approved(database)

    steps = []
    for _ in range(3):
        async with database.write() as session:
            alert = (await session.scalars(select(Alert).where(Alert.number == number))).one()
            found = await enlist(session, alert, now=NOW, batch=2)
            steps.append((found, alert.listed_at is not None))

    assert steps == [(2, False), (2, False), (1, True)]
    assert len(await reached(database, number)) == 5
