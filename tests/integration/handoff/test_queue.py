"""The queue gives each citizen one place, in order, urgent ones first."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from conversations.models import Conversation
from core.effects import RequestHandoff
from core.turns import ConversationStatus
from db.engine import Database
from handoff import desk
from handoff.models import Handoff
from handoff.paging.calls import claim_due
from handoff.queue import Ticket, enter, label_of, leave, number_of, open_handoff
from handoff.states import HandoffState
from tests.integration.talk import NOON, answers, make_engine, message, store


async def citizen(db: Database, name: str) -> str:
    [received] = await store(db, message(user=name))
    return received.conversation_id


async def queue_up(db: Database, talk: str, *, urgent: bool = False) -> Ticket:
    async with db.write() as session:
        return await enter(
            session, talk, RequestHandoff(reason="citizen", urgent=urgent), now=NOON
        )


async def status(db: Database, talk: str) -> str:
    async with db.read() as session:
        found = await session.scalar(select(Conversation.status).where(Conversation.id == talk))
    return found or ""


async def test_numbers_go_up_and_say_who_is_before(database: Database) -> None:
    tickets = [await queue_up(database, await citizen(database, f"u{n}")) for n in range(3)]

    assert [t.label for t in tickets] == ["R-0001", "R-0002", "R-0003"]
    assert [t.ahead for t in tickets] == [0, 1, 2]


async def test_urgent_stands_before_all_that_are_not(database: Database) -> None:
    a, b, c, d = [await citizen(database, f"u{n}") for n in range(4)]
    await queue_up(database, a)
    await queue_up(database, b)

    assert await queue_up(database, c, urgent=True) == Ticket(number=3, ahead=0)
    assert await queue_up(database, d, urgent=True) == Ticket(number=4, ahead=1)
    assert (await queue_up(database, a)).ahead == 2
    async with database.read() as session:
        listed = await desk.listing(session, database.vault)
    assert [w.conversation_id for w in listed] == [c, d, a, b]


async def test_asking_twice_takes_one_place_and_can_become_urgent(database: Database) -> None:
    first, second = await citizen(database, "a"), await citizen(database, "b")
    await queue_up(database, first)
    ticket = await queue_up(database, second)

    assert await queue_up(database, second) == ticket
    assert await queue_up(database, second, urgent=True) == Ticket(number=2, ahead=0)
    assert await queue_up(database, second) == Ticket(number=2, ahead=0)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Handoff)) == 2


async def test_leaving_frees_the_place_and_the_bot_answers_again(database: Database) -> None:
    talk, behind = await citizen(database, "a"), await citizen(database, "b")
    await queue_up(database, talk)
    await queue_up(database, behind)
    assert await status(database, talk) == ConversationStatus.QUEUED

    async with database.write() as session:
        assert await leave(session, talk, now=NOON)
    async with database.write() as session:
        assert not await leave(session, talk, now=NOON)

    assert await status(database, talk) == ConversationStatus.BOT
    assert await queue_up(database, behind) == Ticket(number=2, ahead=0)
    # Who comes back stands at the end, with a new number.
    assert await queue_up(database, talk) == Ticket(number=3, ahead=1)


async def test_with_a_promise_the_bot_goes_on_until_somebody_is_there(database: Database) -> None:
    talk = await citizen(database, "a")
    by = NOON + timedelta(hours=22)
    promised = RequestHandoff(reason="citizen", answer_by=by)

    async with database.write() as session:
        ticket = await enter(session, talk, promised, now=NOON)
    at_night = await status(database, talk)
    again = await queue_up(database, talk)

    assert (ticket.answer_by, at_night) == (by, ConversationStatus.BOT)
    # What was promised stays promised, and in the morning they wait as everybody does.
    assert (again.number, again.answer_by) == (ticket.number, by)
    assert await status(database, talk) == ConversationStatus.QUEUED


async def test_a_danger_told_of_later_is_urgent_and_called_out(database: Database) -> None:
    talk = await citizen(database, "a")
    await queue_up(database, talk)
    danger = RequestHandoff(reason="crisis", urgent=True, page_at=NOON)

    async with database.write() as session:
        await enter(session, talk, danger, now=NOON)
        [call] = await claim_due(session, now=NOON)

    assert (call.number, call.wanted) == (1, True)
    async with database.read() as session:
        [line] = await desk.listing(session, database.vault)
    assert line.urgent


async def test_open_handoff_is_the_running_one(database: Database) -> None:
    talk = await citizen(database, "a")
    await queue_up(database, talk)
    async with database.write() as session:
        await leave(session, talk, now=NOON)
        assert await open_handoff(session, talk) is None
    await queue_up(database, talk)

    async with database.read() as session:
        found = await open_handoff(session, talk)
    assert found is not None
    assert (found.number, found.state) == (2, HandoffState.QUEUED)


async def test_many_at_once_get_a_number_each(database: Database, second: Database) -> None:
    talks = [await citizen(database, f"u{n}") for n in range(12)]
    nodes = [database, second]

    tickets = await asyncio.gather(*(queue_up(nodes[n % 2], talk) for n, talk in enumerate(talks)))

    assert sorted(t.number for t in tickets) == list(range(1, 13))


async def test_one_citizen_from_two_nodes_at_once_gets_one_place(
    database: Database, second: Database
) -> None:
    talk = await citizen(database, "a")

    tickets = await asyncio.gather(*(queue_up(db, talk) for db in (database, second) * 4))

    assert set(tickets) == {Ticket(number=1, ahead=0)}


async def test_asking_by_message_tells_number_and_place(
    database: Database, second: Database
) -> None:
    """Eight citizens ask two nodes for a person in the same moment; each is told a number."""
    received = [
        *await store(database, *(message(user=f"u{n}", payload="human_handoff") for n in range(8)))
    ]
    engines = [make_engine(database), make_engine(second)]
    await asyncio.gather(
        *(engines[n % 2].answer(r.conversation_id) for n, r in enumerate(received))
    )

    told = [(await answers(database, r.conversation_id))[0] for r in received]
    numbers = {f"R-{n:04d}" for n in range(1, 9)}
    assert {label for text in told for label in numbers if label in text} == numbers


@pytest.mark.parametrize("number", [1, 417, 9999, 123456789])
def test_a_label_leads_back_to_its_number(number: int) -> None:
    assert number_of(label_of(number)) == number


@pytest.mark.parametrize(
    "label",
    ["", "R-", "R-1", "r-0001", "R-00001", "R-0001 ", "R-１２３４", "R-9999999999", "0001"],
)
def test_what_is_no_label_has_no_number(label: str) -> None:
    assert number_of(label) is None
