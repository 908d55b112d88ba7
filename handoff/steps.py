"""The steps staff take with a chat, each guarded: one of them has it, and never the bot as well.

Each holds the conversation, as a turn does, and moves the handoff from the state and version it
found there, or not at all. Everything said goes through the outbox.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.threads import hold, language_of, post, set_status
from core.messages import Reply
from core.turns import ConversationStatus
from db.encryption import Vault
from handoff.errors import AlreadyTaken, NeverAsked, NoSuchHandoff, NotTaken, Outdated
from handoff.leases import LEASE
from handoff.models import Handoff
from handoff.never_asked import asked_for
from handoff.paging.calls import call_out
from handoff.states import OPEN, WAYS, HandoffState

# What the system says of a chat's changes; unlike the bot's answers it stays true when they go on.
SYSTEM = "bot:handoff"

Words = Callable[[str], Reply]
"""What the citizen is told, in the language of the conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Who takes a step with the handoff of which number, and when.

    ``seen`` is the version it had when they decided, if they looked; ``lease`` is how long it is
    theirs without a sign of them.
    """

    number: int
    agent: str
    at: datetime
    seen: int | None = None
    lease: timedelta = LEASE


async def claim(session: AsyncSession, vault: Vault, step: Step, told: Words) -> str:
    """Take a chat that waits; gives its conversation. Of many at once exactly one succeeds.

    Taking again what one has is no step. Raises ``NoSuchHandoff``, ``AlreadyTaken`` and
    ``Outdated``.
    """
    handoff = await _held(session, step)
    if handoff.state == HandoffState.ASSIGNED:
        if handoff.agent != step.agent:
            raise AlreadyTaken
        return handoff.conversation_id
    _check_seen(handoff, step)
    await _assign(session, handoff, step, agent=step.agent)
    await announce(session, vault, handoff.conversation_id, told, at=step.at)
    return handoff.conversation_id


async def reply(
    session: AsyncSession, vault: Vault, step: Step, replies: Sequence[Reply], *, once: str = ""
) -> str:
    """Answer in a chat one has; gives its conversation. The same ``once`` and words are said once.

    Raises ``NeverAsked``, ``NotTaken``, and as ``claim`` does.
    """
    for said in replies:
        if what := asked_for(said.text):
            raise NeverAsked(what)
    handoff = await _own(session, step)
    await post(
        session,
        vault,
        handoff.conversation_id,
        replies,
        author=f"staff:{step.agent}",
        now=step.at,
        once=_name(handoff, once, replies) if once else None,
    )
    await session.execute(
        update(Handoff).where(Handoff.id == handoff.id).values(lease_until=step.at + step.lease)
    )
    return handoff.conversation_id


async def give_back(session: AsyncSession, vault: Vault, step: Step, told: Words) -> str:
    """Put a chat one has back into the queue, near its head. Raises as ``reply`` does."""
    handoff = await _own(session, step)
    await back_to_queue(session, handoff, at=step.at)
    await announce(session, vault, handoff.conversation_id, told, at=step.at)
    return handoff.conversation_id


async def pass_on(session: AsyncSession, vault: Vault, step: Step, to: str, told: Words) -> str:
    """Hand a chat one has over to a colleague. Raises as ``reply`` does.

    They have it for the length of a lease; unless they come, it goes back to the queue.
    """
    handoff = await _own(session, step)
    await _assign(session, handoff, step, agent=to)
    await announce(session, vault, handoff.conversation_id, told, at=step.at)
    return handoff.conversation_id


async def close(session: AsyncSession, vault: Vault, step: Step, farewell: Words) -> str:
    """End a chat that one has or nobody has, with a last word; the bot answers again.

    Raises as ``claim`` does.
    """
    handoff = await _held(session, step)
    if handoff.agent not in {None, step.agent}:
        raise AlreadyTaken
    _check_seen(handoff, step)
    ended = {"closed_at": step.at, "lease_until": None}
    await _move(session, handoff, HandoffState.CLOSED, **ended)
    await set_status(session, handoff.conversation_id, ConversationStatus.BOT)
    said = [farewell(await language_of(session, vault, handoff.conversation_id))]
    author = f"staff:{step.agent}"
    await post(session, vault, handoff.conversation_id, said, author=author, now=step.at)
    return handoff.conversation_id


async def back_to_queue(session: AsyncSession, handoff: Handoff, *, at: datetime) -> None:
    """Let others take it, its conversation being held; raises ``Outdated`` if it has moved."""
    free = {"agent": None, "assigned_at": None, "lease_until": None, "returned_at": at}
    await _move(session, handoff, HandoffState.QUEUED, **free)
    await set_status(session, handoff.conversation_id, ConversationStatus.QUEUED)
    if handoff.urgent:
        await call_out(session, handoff.id, at=at)


async def announce(
    session: AsyncSession, vault: Vault, conversation_id: str, told: Words, *, at: datetime
) -> None:
    """Tell the citizen in their language that the chat has changed hands."""
    said = [told(await language_of(session, vault, conversation_id))]
    await post(session, vault, conversation_id, said, author=SYSTEM, now=at)


async def _held(session: AsyncSession, step: Step) -> Handoff:
    """The open handoff with that number, its conversation held against a turn meanwhile."""
    asked = select(Handoff).where(Handoff.number == step.number, Handoff.state.in_(OPEN))
    conversation_id = await session.scalar(asked.with_only_columns(Handoff.conversation_id))
    if conversation_id is None:
        raise NoSuchHandoff
    await hold(session, conversation_id)
    # Read only now: it may have been taken or left while we waited.
    found = await session.scalar(asked.execution_options(populate_existing=True))
    if found is None:
        raise NoSuchHandoff
    return found


def _check_seen(handoff: Handoff, step: Step) -> None:
    if step.seen is not None and handoff.version != step.seen:
        raise Outdated


async def _own(session: AsyncSession, step: Step) -> Handoff:
    """As ``_held``, if it is whose step this is."""
    handoff = await _held(session, step)
    if handoff.agent is None:
        raise NotTaken
    if handoff.agent != step.agent:
        raise AlreadyTaken
    _check_seen(handoff, step)
    return handoff


async def _assign(session: AsyncSession, handoff: Handoff, step: Step, *, agent: str) -> None:
    until = step.at + step.lease
    taken = {"agent": agent, "assigned_at": step.at, "lease_until": until}
    await _move(session, handoff, HandoffState.ASSIGNED, **taken)
    await set_status(session, handoff.conversation_id, ConversationStatus.ASSIGNED, assignee=agent)


async def _move(
    session: AsyncSession,
    handoff: Handoff,
    to: HandoffState,
    **values: Any,  # Any: of columns
) -> None:
    """Compare and set: from the state and version that were read, or not at all."""
    if to not in WAYS[HandoffState(handoff.state)]:
        raise Outdated
    moved = await session.scalar(
        update(Handoff)
        .where(
            Handoff.id == handoff.id,
            Handoff.state == handoff.state,
            Handoff.version == handoff.version,
        )
        .values(state=to, version=Handoff.version + 1, **values)
        .returning(Handoff.id)
        .execution_options(synchronize_session=False)
    )
    if moved is None:
        raise Outdated


def _name(handoff: Handoff, once: str, replies: Sequence[Reply]) -> str:
    """The one name of a message; other words under the same key are another message."""
    words = "\0".join([once, *(said.text for said in replies)])
    return f"staff:{handoff.id}:{hashlib.sha256(words.encode()).hexdigest()[:40]}"
