"""What staff see: who waits, who is served by whom, and one chat with what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.history import Said, before
from conversations.models import Conversation
from db.encryption import Vault
from handoff.errors import NoSuchHandoff
from handoff.models import Handoff
from handoff.queue import ORDER
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
    version: int
    requested_at: datetime
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """An open handoff with its conversation; ``returned`` if somebody had it before."""

    number: int
    conversation_id: str
    contact_id: str
    channel: str
    reason: str
    urgent: bool
    state: HandoffState
    agent: str | None
    version: int
    requested_at: datetime
    assigned_at: datetime | None
    lease_until: datetime | None
    returned: bool


async def listing(session: AsyncSession, vault: Vault, *, lines: int = 4) -> list[Waiting]:
    """Who waits or is being served, as the queue stands."""
    query = select(Handoff).where(Handoff.state.in_(OPEN)).order_by(*ORDER)
    return [
        Waiting(
            number=h.number,
            conversation_id=h.conversation_id,
            reason=h.reason,
            urgent=h.urgent,
            state=HandoffState(h.state),
            agent=h.agent,
            version=h.version,
            requested_at=h.requested_at,
            said=tuple((await before(session, vault, h.conversation_id, None))[-lines:]),
        )
        for h in await session.scalars(query)
    ]


async def find(session: AsyncSession, number: int) -> Chat:
    """The open handoff with that number; raises ``NoSuchHandoff``."""
    query = (
        select(Handoff, Conversation.contact_id, Conversation.channel)
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .where(Handoff.number == number, Handoff.state.in_(OPEN))
    )
    row = (await session.execute(query)).first()
    if row is None:
        raise NoSuchHandoff
    handoff, contact_id, channel = row
    return Chat(
        number=handoff.number,
        conversation_id=handoff.conversation_id,
        contact_id=contact_id,
        channel=channel,
        reason=handoff.reason,
        urgent=handoff.urgent,
        state=HandoffState(handoff.state),
        agent=handoff.agent,
        version=handoff.version,
        requested_at=handoff.requested_at,
        assigned_at=handoff.assigned_at,
        lease_until=handoff.lease_until,
        returned=handoff.returned_at is not None,
    )
