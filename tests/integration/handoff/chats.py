"""Citizens in the queue, and staff who take steps with them."""

from __future__ import annotations

from datetime import datetime

from core.effects import RequestHandoff
from core.messages import Reply
from db.engine import Database
from handoff import queue, steps
from handoff.steps import Step, Words
from tests.integration.talk import NOON, message, store

HELLO = [Reply(text="您好，我是工作人员")]
TAKEN, BACK, PASSED, BYE = "来了", "排回", "换人", "再见"


def words(text: str) -> Words:
    return lambda language: Reply(text=text, language=language)


async def waiting(db: Database, user: str = "u-1", *, urgent: bool = False) -> tuple[str, int]:
    """A conversation in the queue, with its number."""
    [received] = await store(db, message(user=user))
    async with db.write() as session:
        ticket = await queue.enter(
            session,
            received.conversation_id,
            RequestHandoff(reason="citizen", urgent=urgent),
            now=NOON,
        )
    return received.conversation_id, ticket.number


def step(number: int, agent: str = "王", *, at: datetime = NOON, seen: int | None = None) -> Step:
    return Step(number=number, agent=agent, at=at, seen=seen)


async def claim(db: Database, one: Step) -> str:
    async with db.write() as session:
        return await steps.claim(session, db.vault, one, words(TAKEN))


async def reply(db: Database, one: Step, text: str = HELLO[0].text, *, once: str = "") -> str:
    async with db.write() as session:
        return await steps.reply(session, db.vault, one, [Reply(text=text)], once=once)


async def give_back(db: Database, one: Step) -> str:
    async with db.write() as session:
        return await steps.give_back(session, db.vault, one, words(BACK))


async def pass_on(db: Database, one: Step, to: str) -> str:
    async with db.write() as session:
        return await steps.pass_on(session, db.vault, one, to, words(PASSED))


async def close(db: Database, one: Step) -> str:
    async with db.write() as session:
        return await steps.close(session, db.vault, one, words(BYE))
