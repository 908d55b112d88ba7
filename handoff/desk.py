"""What staff see: who waits, who is served by whom, and one chat with what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.history import Said, latest
from conversations.models import Conversation
from core.messages import Direction
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a listing shows: ``lines`` of each chat at most, ``most`` chats and those of ``agent``.

    With ``only`` the lines of one direction.
    """

    lines: int = 4
    most: int | None = None
    agent: str | None = None
    only: Direction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many wait, how many of them are urgent, and how many are being served."""

    waiting: int
    urgent: int
    served: int


EVERYTHING = Shown()


async def listing(session: AsyncSession, vault: Vault, shown: Shown = EVERYTHING) -> list[Waiting]:
    """Who waits or is being served, as the queue stands; three queries, however many they are."""
    query = select(Handoff).where(Handoff.state.in_(OPEN)).order_by(*ORDER)
    found = list(await session.scalars(query.limit(shown.most)))
    if shown.agent is not None and len(found) == shown.most:
        # What somebody is in the midst of is not hidden by a long queue.
        own = await session.scalars(query.where(Handoff.agent == shown.agent))
        found += [one for one in own if one not in found]
    talks = [handoff.conversation_id for handoff in found]
    said = await latest(session, vault, talks, most=shown.lines, only=shown.only)
    return [Waiting(**_standing(h), said=tuple(said[h.conversation_id])) for h in found]


async def counts(session: AsyncSession) -> Counts:
    """The numbers above the queue, of all that are in it."""
    query = (
        select(Handoff.state, Handoff.urgent, func.count())
        .where(Handoff.state.in_(OPEN))
        .group_by(Handoff.state, Handoff.urgent)
    )
    found = {(state, urgent): n for state, urgent, n in await session.execute(query)}
    waiting, served = (
        [found.get((state, urgent), 0) for urgent in (False, True)]
        for state in (HandoffState.QUEUED, HandoffState.ASSIGNED)
    )
    return Counts(waiting=sum(waiting), urgent=waiting[True], served=sum(served))


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
