"""What staff see: who waits, who is served by whom, and one chat with what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

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
class OpenHandoff:
    """Somebody who waits for a person or is being served by one; ``answer_by`` was promised at night."""

    number: int
    conversation_id: str
    reason: str
    urgent: bool
    state: HandoffState
    agent: str | None
    version: int
    requested_at: datetime
    answer_by: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting(OpenHandoff):
    """One line of the queue with the latest that was said."""

    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat(OpenHandoff):
    """An open handoff with its conversation; ``returned`` if somebody had it before."""

    contact_id: str
    channel: str
    assigned_at: datetime | None
    lease_until: datetime | None
    returned: bool


async def listing(session: AsyncSession, vault: Vault, *, lines: int = 4) -> list[Waiting]:
    """Who waits or is being served, as the queue stands."""
    query = select(Handoff).where(Handoff.state.in_(OPEN)).order_by(*ORDER)
    return [
        Waiting(
            **_standing(h),
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
        **_standing(handoff),
        contact_id=contact_id,
        channel=channel,
        assigned_at=handoff.assigned_at,
        lease_until=handoff.lease_until,
        returned=handoff.returned_at is not None,
    )


def _standing(handoff: Handoff) -> dict[str, Any]:  # Any: what each field holds
    row = {field.name: getattr(handoff, field.name) for field in fields(OpenHandoff)}
    return {**row, "state": HandoffState(handoff.state)}
