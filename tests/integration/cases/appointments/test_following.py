"""The seat follows its case however the step was taken; the citizen hears of it at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete

from cases.reader import CaseDesk
from conversations.models import ContactIdentity
from db.engine import Database
from tests.integration.cases.appointments.bookings import (
    ELSEWHERE,
    LATER,
    NOW,
    SLOT,
    booked,
    buttons,
    citizen,
    heard,
    offer,
    seats,
    step,
)


async def test_cancelled_by_the_office_with_two_other_times_near_first(
    database: Database,
) -> None:
    tomorrow = replace(
        LATER,
        starts_at=LATER.starts_at + timedelta(days=1),
        ends_at=LATER.ends_at + timedelta(days=1),
    )
    slot, far, near, third = await offer(
        database, SLOT, ELSEWHERE, tomorrow, replace(tomorrow, area="320583", place="远的")
    )
    seen = await citizen(database)
    made = await booked(database, slot, seen)

    await step(database, made.receipt.reference, "cancel_by_office", NOW, text="律师生病了。")

    [told] = await heard(database, seen)
    assert told.splitlines() == [
        "您约的 12月2日 周三 9:30–10:00（姑苏区某派出所，派出所驻点律师）被单位取消了。律师生病了。",
        "对不起让您白约了。可以改约：",
        "12月3日 周四 13:30–14:00，姑苏区某派出所",
        "12月2日 周三 13:30–14:00，昆山市某派出所",
    ]
    assert await buttons(database, seen) == [
        f"lawyer_booking/at:{near.id}",
        f"lawyer_booking/at:{far.id}",
    ]
    assert third.id not in str(await buttons(database, seen))
    assert set(await seats(database)) == {(0, 0)}


async def test_after_the_meeting_a_rating_is_asked_for(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    seen = await citizen(database)
    made = await booked(database, slot, seen)

    await step(database, made.receipt.reference, "attend", SLOT.ends_at)

    assert await buttons(database, seen) == [f"petition_rate/{made.receipt.reference}"]
    # A meeting held keeps its place in the count.
    assert await seats(database) == [(1, 0)]
    desk = CaseDesk(database, lambda: SLOT.ends_at)
    [view] = await desk.mine(seen.contact_id)
    assert view.steps_open == ("rate",)


async def test_who_did_not_come_can_be_put_right(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    seen = await citizen(database)
    reference = (await booked(database, slot, seen)).receipt.reference

    missing = await step(database, reference, "no_show", SLOT.ends_at)
    assert missing.state == "no_show"
    met = await step(database, reference, "attend", SLOT.ends_at)
    assert (met.state, met.closed_at) == ("done", SLOT.ends_at)


async def test_who_did_not_come_is_told_kindly_and_the_next_time_who_books_for_them(
    database: Database,
) -> None:
    first, later = await offer(database, SLOT, LATER)
    seen = await citizen(database)
    for slot in (first, later):
        reference = (await booked(database, slot, seen)).receipt.reference
        await step(database, reference, "no_show", LATER.ends_at)

    once, twice = await heard(database, seen)
    assert once == (
        "12月2日 周三 9:30–10:00 的派出所驻点律师，单位说没有等到您。"
        "单位记错了，说一声“转人工”，可以改过来。\n没关系，不影响您再约。下次来不了，开始前两小时以上"
        "在这里取消，位子就能给别人；90 天里再有一次，就要请工作人员帮您约了。"
    )
    assert twice.splitlines()[1:] == [
        (
            "90 天里有两次没有等到您：2027年3月2日以前想约，点“转人工”，工作人员帮您约；"
            "心理疏导照样自己约。急的打 12348 或 12345 问。"
        )
    ]
    assert await buttons(database, seen) == ["human_handoff"]


async def test_who_is_forgotten_is_not_written_to(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    seen = await citizen(database)
    made = await booked(database, slot, seen)
    async with database.write() as session:
        await session.execute(delete(ContactIdentity))

    await step(database, made.receipt.reference, "cancel_by_office", NOW, text="停电。")

    assert await heard(database, seen) == []
