"""What a body tells is taken once and in its order, whatever order it comes in."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bodies.contract import Status, to_bytes
from bodies.inbound import GAP_PATIENCE
from bodies.models import BodyUpdate
from bodies.reference import Letter
from bodies.signing import signed
from cases.kinds.machine import Actor
from cases.models import CaseEvent
from cases.orders import Order
from cases.records import find, verify
from cases.references import Kind
from tests.integration.bodies.town import FILED, KEY, Town
from tests.integration.cases.filings import opened, take
from tests.integration.talk import NOON

HANDED = ["submit", "register", "transfer"]
STORY = (
    (Status.RECEIVED, ""),
    (Status.ACCEPTED, "已受理。"),
    (Status.PROGRESS, "正在调查。"),
    (Status.RESOLVED, "已答复。"),
)


async def there(town: Town) -> str:
    reference = await town.file()
    await town.deliver()
    return reference


async def told(town: Town, *story: tuple[Status, str]) -> tuple[str, list[Letter]]:
    reference = await there(town)
    return reference, [town.platform.note(reference, s, t) for s, t in story or STORY]


async def send(town: Town, letter: Letter, key: bytes = KEY, **more: Any) -> tuple[int, Any]:
    body = more.pop("body", None) or to_bytes(letter.update)
    at = more.pop("at", town.hands.now)
    headers = signed(key, letter.event_id, body, at) | more.pop("headers", {})
    url = more.pop("url", town.platform.updates_url)
    async with town.http.post(url, data=body, headers=headers) as answer:
        return answer.status, await answer.json()


async def commands(town: Town, reference: str) -> list[str]:
    async with town.db.read() as session:
        case = await find(session, reference)
        await verify(session, case)
        query = select(CaseEvent.command).where(CaseEvent.case_id == case.id)
        return list(await session.scalars(query.order_by(CaseEvent.seq)))


async def test_a_whole_story_moves_the_case(town: Town) -> None:
    reference, _ = await told(town)
    await town.platform.tell(town.http)

    assert town.platform.letters == []
    assert await commands(town, reference) == [*HANDED, "accept", "note", "reply"]
    row, case = await town.delivery(reference), await town.case(reference)
    assert (row.heard, row.status, row.state) == (4, "resolved", "acknowledged")
    assert case.state == "replied"
    # What it told us it need not be told.
    await town.deliver()
    assert town.faults.seen == 1


async def test_the_same_update_again_gets_the_same_answer(town: Town) -> None:
    reference, [letter] = await told(town, (Status.ACCEPTED, "已受理。"))
    answers = [await send(town, letter) for _ in range(3)]

    assert answers == [(200, {"result": "applied", "code": ""})] * 3
    assert (await commands(town, reference)).count("accept") == 1


async def test_at_the_same_moment_it_is_still_taken_once(town: Town) -> None:
    reference, [letter] = await told(town, (Status.ACCEPTED, "已受理。"))
    answers = await asyncio.gather(*(send(town, letter) for _ in range(4)))

    assert 200 in {status for status, _ in answers}
    assert (await send(town, letter))[0] == 200
    assert (await commands(town, reference)).count("accept") == 1


@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(order=st.permutations([0, 1, 2, 3, 3, 1]))
async def test_any_order_comes_to_the_same(town: Town, order: list[int]) -> None:
    reference, letters = await told(town)
    for index in order:
        status, _ = await send(town, letters[index])
        assert status in {200, 202}

    assert await commands(town, reference) == [*HANDED, "accept", "note", "reply"]
    assert (await town.delivery(reference)).heard == 4


async def test_what_comes_too_soon_waits_and_a_gap_ends(town: Town) -> None:
    reference, letters = await told(town)
    assert await send(town, letters[2]) == (202, {"result": "waiting", "code": ""})
    assert await commands(town, reference) == HANDED
    town.hands.now += GAP_PATIENCE - timedelta(minutes=1)
    assert await town.desk.fill_gaps() == 0
    town.hands.pass_by(minutes=2)

    assert await town.desk.fill_gaps() == 1
    assert await commands(town, reference) == [*HANDED, "note"]
    assert await send(town, letters[2]) == (200, {"result": "applied", "code": "late"})
    # What was gone over comes too late to be put in between.
    assert (await send(town, letters[1]))[0] == 409
    assert (await send(town, letters[3]))[0] == 200


async def test_what_the_case_does_not_allow_is_refused_with_its_reason(town: Town) -> None:
    reference, [early, later] = await told(
        town, (Status.CLOSED, "办结。"), (Status.ACCEPTED, "已受理。")
    )
    assert await send(town, early) == (409, {"result": "refused", "code": "StepNotPossible"})
    assert await send(town, early) == (409, {"result": "refused", "code": "StepNotPossible"})
    assert (await send(town, later))[0] == 200

    assert await commands(town, reference) == [*HANDED, "accept"]
    assert [row.refused for row in await town.desk.list_bodies() if row.id == "gusu"] == [1]


async def test_a_step_that_lacks_something_leaves_nothing(town: Town) -> None:
    # Refusing needs a reason of the kind's table.
    reference, [letter] = await told(town, (Status.REFUSED, "不归我们"))
    assert await send(town, letter) == (409, {"result": "refused", "code": "BadOrder"})
    assert await commands(town, reference) == HANDED
    better = town.platform.note(reference, Status.REFUSED, "", reason="not_ours")
    assert (await send(town, better))[0] == 200
    assert (await town.case(reference)).state == "not_accepted"


async def test_a_case_sent_back_is_seen_by_staff_and_not_by_the_citizen(town: Town) -> None:
    reference, [letter] = await told(town, (Status.RETURNED, "不在我区"))
    assert (await send(town, letter))[0] == 200
    await town.deliver()

    assert (await town.case(reference)).delivery == "dead"
    assert (await town.delivery(reference)).error == "returned"
    async with town.db.read() as session:
        event = (await session.scalars(select(CaseEvent).order_by(CaseEvent.seq.desc()))).first()
        assert event is not None
        assert (event.command, event.public) == ("note", False)


async def test_the_answer_lost_and_the_update_sooner_is_one_case(town: Town) -> None:
    town.faults.coming = ["lose"]
    reference = await town.file()
    await town.deliver()
    letter = town.platform.note(reference, Status.ACCEPTED, "已受理。")
    assert (await send(town, letter))[0] == 200
    assert (await town.delivery(reference)).number == "GS00001"
    await town.until_there()

    assert (await town.delivery(reference)).state == "acknowledged"
    assert len(town.platform.held) == 1
    assert (await town.case(reference)).state == "accepted"


async def test_units_are_theirs_and_no_other_body(town: Town) -> None:
    reference = await there(town)
    mine = town.platform.note(reference, Status.ACCEPTED, "已受理。", unit="演示单位甲")
    other = town.platform.note(reference, Status.PROGRESS, "给别人", unit="市信访部门")
    assert (await send(town, mine))[0] == 200
    assert await send(town, other) == (409, {"result": "refused", "code": "BadOrder"})

    assert (await town.case(reference)).agency == "演示单位甲"
    assert (await town.delivery(reference)).unit == "演示单位甲"


async def test_only_the_body_that_has_a_case_may_tell_of_it(town: Town) -> None:
    reference, [letter] = await told(town, (Status.ACCEPTED, "已受理。"))
    moved = Order(command="reassign", actor=Actor.OFFICER, at=NOON, agency="12345 热线")
    await take(town.db, await town.case(reference), moved)

    assert (await send(town, letter))[0] == 404
    strange = replace(FILED, district="320506")
    elsewhere = Letter(
        "x.1", letter.update.model_copy(update={"reference": await town.file(strange)})
    )
    assert (await send(town, elsewhere))[0] == 404


async def test_what_is_not_signed_by_the_body_now_is_not_read(town: Town) -> None:
    _, [letter] = await told(town, (Status.ACCEPTED, "已受理。"))
    old, soon = town.hands.now - timedelta(minutes=6), town.hands.now + timedelta(minutes=6)
    other = town.platform.updates_url.replace("gusu", "wuzhong")

    assert [
        (await send(town, letter, key=b"x" * 32))[0],
        (await send(town, letter, at=old))[0],
        (await send(town, letter, at=soon))[0],
        (await send(town, letter, headers={"webhook-id": "another"}))[0],
        (await send(town, letter, headers={"webhook-signature": ""}))[0],
        (await send(town, letter, headers={"webhook-timestamp": "²"}))[0],
        (await send(town, letter, url=other))[0],
        (await send(town, letter, url=other.replace("wuzhong", "nobody")))[0],
    ] == [403] * 8
    async with town.db.read() as session:
        assert (await session.scalars(select(BodyUpdate))).all() == []


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b'{"reference":"x","seq":0,"at":"2026-11-20T12:00:00Z","status":"accepted"}',
             b'{"reference":"x","seq":1,"at":"2026-11-20T12:00:00","status":"accepted"}',
             b'{"reference":"x","seq":1,"at":"2026-11-20T12:00:00Z","status":"done"}', b"\xff\xfe"]
)  # fmt: skip
async def test_what_is_no_update_is_refused(town: Town, body: bytes) -> None:
    _, [letter] = await told(town, (Status.ACCEPTED, "已受理。"))

    status, answer = await send(town, letter, body=body)
    assert (status, answer["error"]["code"]) == (422, "BadUpdate")


async def test_another_update_under_a_known_id_or_number_is_a_conflict(town: Town) -> None:
    reference, [letter] = await told(town, (Status.ACCEPTED, "已受理。"))
    assert (await send(town, letter))[0] == 200
    changed = letter.update.model_copy(update={"text": "改过"})

    assert (await send(town, Letter(letter.event_id, changed)))[0] == 409
    assert (await send(town, Letter("other", changed)))[0] == 409
    assert (await commands(town, reference)).count("accept") == 1


async def test_of_several_steps_all_are_taken_or_none(town: Town) -> None:
    hazard = replace(FILED, kind=Kind.HAZARD, sub_kind="fire", words="演示数据：楼道堆物")
    made = await opened(town.db, hazard)
    reference = made.case.reference
    await town.deliver()
    letter = town.platform.note(reference, Status.ASSIGNED, "派人去看", unit="演示队")
    assert await send(town, letter) == (409, {"result": "refused", "code": "BadOrder"})
    assert await commands(town, reference) == ["submit"]
    assert (await town.case(reference)).agency != "演示队"
    better = town.platform.note(reference, Status.ASSIGNED, "派人去看", unit="演示队", days=5)

    assert (await send(town, better))[0] == 200
    assert await commands(town, reference) == ["submit", "accept", "assign"]
    assert (await town.case(reference)).agency == "演示队"
