"""The queue: a conversation enters, waits, leaves; urgent ones stand at its head.

Within either, whoever was being served and came back stands before those who were not yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.threads import hold, set_status
from core.effects import RequestHandoff
from core.turns import ConversationStatus
from db.base import new_id
from handoff.models import Handoff
from handoff.paging.calls import call_out
from handoff.states import OPEN, HandoffState

# Numbers grow with time, so they order the queue without comparing clocks.
ORDER = (Handoff.urgent.desc(), Handoff.returned_at.is_(None), Handoff.number)
LABEL = re.compile(r"R-([0-9]{4,9})")
TRIES = 50  # each lost one means that another citizen got a number


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A citizen's place: the number they were told, and how many stand before them.

    ``answer_by`` is until when a person was promised, if that was.
    """

    number: int
    ahead: int
    answer_by: datetime | None = None

    @property
    def label(self) -> str:
        """As told to the citizen and shown to staff: R-0417."""
        return label_of(self.number)


def label_of(number: int) -> str:
    """A number as people see it: R-0417."""
    return f"R-{number:04d}"


def number_of(label: str) -> int | None:
    """The number behind a label, None for what is none."""
    found = LABEL.fullmatch(label)
    return int(found[1]) if found and label_of(int(found[1])) == label else None


async def enter(
    session: AsyncSession, conversation_id: str, wish: RequestHandoff, *, now: datetime
) -> Ticket:
    """Queue the conversation, or find it queued already; asking twice takes no second place.

    What was promised once stays promised.
    """
    await hold(session, conversation_id)
    handoff = await open_handoff(session, conversation_id)
    if handoff is None:
        new = Handoff(
            id=new_id(),
            conversation_id=conversation_id,
            reason=wish.reason,
            urgent=wish.urgent,
            requested_at=now,
            answer_by=wish.answer_by,
        )
        handoff = await _add(session, new)
    else:
        handoff.urgent = handoff.urgent or wish.urgent
        handoff.answer_by = handoff.answer_by or wish.answer_by
        await session.flush()
    if handoff.state == HandoffState.QUEUED:
        # Also whoever had a promise, now that somebody is there, and the other way round.
        bot_goes_on = wish.answer_by is not None
        status = ConversationStatus.BOT if bot_goes_on else ConversationStatus.QUEUED
        await set_status(session, conversation_id, status)
        if wish.page_at is not None:
            await call_out(session, handoff.id, at=wish.page_at)
    ahead = await _ahead(session, handoff)
    handoff.told_ahead = ahead
    await session.flush()
    return Ticket(number=handoff.number, ahead=ahead, answer_by=handoff.answer_by)


async def leave(session: AsyncSession, conversation_id: str, *, now: datetime) -> bool:
    """Give the place up; False when there was none. The bot answers again."""
    await hold(session, conversation_id)
    left = await session.scalar(
        update(Handoff)
        .where(Handoff.conversation_id == conversation_id, Handoff.state.in_(OPEN))
        .values(
            state=HandoffState.ABANDONED,
            closed_at=now,
            lease_until=None,
            version=Handoff.version + 1,
        )
        .returning(Handoff.id)
    )
    if left is None:
        return False
    await set_status(session, conversation_id, ConversationStatus.BOT)
    return True


async def open_handoff(session: AsyncSession, conversation_id: str) -> Handoff | None:
    """The conversation's waiting or running handoff."""
    return await session.scalar(
        select(Handoff).where(Handoff.conversation_id == conversation_id, Handoff.state.in_(OPEN))
    )


async def _add(session: AsyncSession, handoff: Handoff) -> Handoff:
    """Store it under the next number; another node may take that at the same moment."""
    for _ in range(TRIES - 1):
        try:
            async with session.begin_nested():
                return await _numbered(session, handoff)
        except IntegrityError:
            continue
    return await _numbered(session, handoff)


async def _numbered(session: AsyncSession, handoff: Handoff) -> Handoff:
    handoff.number = (await session.scalar(select(func.max(Handoff.number))) or 0) + 1
    session.add(handoff)
    await session.flush()
    return handoff


async def _ahead(session: AsyncSession, handoff: Handoff) -> int:
    earlier, back = Handoff.number < handoff.number, Handoff.returned_at.is_not(None)
    stands_before = and_(back, earlier) if handoff.returned_at else or_(back, earlier)
    before = and_(Handoff.urgent == handoff.urgent, stands_before)
    if not handoff.urgent:
        before = or_(before, Handoff.urgent)
    count = await session.scalar(
        select(func.count())
        .select_from(Handoff)
        .where(Handoff.state == HandoffState.QUEUED, before)
    )
    return count or 0
