"""What staff do: see who waits, answer, close. Everything they say goes through the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from conversations import threads
from conversations.history import Said, before
from conversations.threads import hold, post, set_status
from core.messages import Reply
from core.turns import ConversationStatus
from db.encryption import Vault
from handoff.errors import AlreadyTaken, NoSuchHandoff
from handoff.models import Handoff
from handoff.states import OPEN, HandoffState


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One line of the queue with the latest that was said."""

    number: int
    conversation_id: str
    reason: str
    urgent: bool
    state: HandoffState
    agent: str | None
    requested_at: datetime
    said: tuple[Said, ...]


async def listing(session: AsyncSession, vault: Vault, *, lines: int = 4) -> list[Waiting]:
    """Who waits or is being served: urgent first, then by number."""
    query = (
        select(Handoff)
        .where(Handoff.state.in_(OPEN))
        .order_by(Handoff.urgent.desc(), Handoff.number)
    )
    return [
        Waiting(
            number=h.number,
            conversation_id=h.conversation_id,
            reason=h.reason,
            urgent=h.urgent,
            state=HandoffState(h.state),
            agent=h.agent,
            requested_at=h.requested_at,
            said=tuple((await before(session, vault, h.conversation_id, None))[-lines:]),
        )
        for h in await session.scalars(query)
    ]


async def reply(
    session: AsyncSession,
    vault: Vault,
    number: int,
    replies: Sequence[Reply],
    *,
    agent: str,
    now: datetime,
) -> str:
    """Answer as this agent, taking the conversation if nobody has it; gives its id.

    Raises ``NoSuchHandoff``, and ``AlreadyTaken`` when it is a colleague's.
    """
    handoff = await _find(session, number)
    if handoff.state == HandoffState.QUEUED:
        await _take(session, handoff, agent=agent, now=now)
    elif handoff.agent != agent:
        raise AlreadyTaken
    await post(session, vault, handoff.conversation_id, replies, author=f"staff:{agent}", now=now)
    return handoff.conversation_id


async def language_of(session: AsyncSession, vault: Vault, number: int) -> str:
    """The language the bot speaks with this citizen; raises ``NoSuchHandoff``."""
    handoff = await _find(session, number)
    return await threads.language_of(session, vault, handoff.conversation_id)


async def close(
    session: AsyncSession,
    vault: Vault,
    number: int,
    farewell: Sequence[Reply],
    *,
    agent: str,
    now: datetime,
) -> str:
    """End the handoff with a last word; the bot answers again. Raises as ``reply`` does."""
    handoff = await _find(session, number)
    if handoff.agent not in {None, agent}:
        raise AlreadyTaken
    handoff.state = HandoffState.CLOSED
    handoff.closed_at = now
    handoff.version += 1
    await session.flush()
    await set_status(session, handoff.conversation_id, ConversationStatus.BOT)
    await post(session, vault, handoff.conversation_id, farewell, author=f"staff:{agent}", now=now)
    return handoff.conversation_id


async def _find(session: AsyncSession, number: int) -> Handoff:
    """The open handoff with that number, its conversation held against a turn meanwhile."""
    asked = select(Handoff).where(Handoff.number == number, Handoff.state.in_(OPEN))
    conversation_id = await session.scalar(asked.with_only_columns(Handoff.conversation_id))
    if conversation_id is None:
        raise NoSuchHandoff
    await hold(session, conversation_id)
    # Read only now: it may have been taken or left while we waited.
    found = await session.scalar(asked)
    if found is None:
        raise NoSuchHandoff
    return found


async def _take(session: AsyncSession, handoff: Handoff, *, agent: str, now: datetime) -> None:
    handoff.state = HandoffState.ASSIGNED
    handoff.agent = agent
    handoff.assigned_at = now
    handoff.version += 1
    await session.flush()
    await set_status(session, handoff.conversation_id, ConversationStatus.ASSIGNED, assignee=agent)
