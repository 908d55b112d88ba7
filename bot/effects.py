"""Effects, carried out inside the commit of the turn that decided them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cases.attempts import count_failure
from conversations.privacy import erase_words
from conversations.threads import Snapshot
from core.effects import CountFailedLookup, Effect, EraseMe, LeaveQueue, RequestHandoff
from core.messages import Reply
from db.encryption import Vault
from handoff import queue

Fills = dict[str, str]
"""What replies may now say: ``{ticket.label}`` → R-0417."""


async def apply(
    session: AsyncSession,
    vault: Vault,
    seen: Snapshot,
    effects: Sequence[Effect],
    *,
    now: datetime,
) -> Fills:
    """Carry the effects out in order; gives the values that replies wait for."""
    fills: Fills = {}
    for effect in effects:
        match effect:
            case RequestHandoff(reason=reason, urgent=urgent):
                ticket = await queue.enter(
                    session, seen.conversation_id, reason=reason, urgent=urgent, now=now
                )
                fills |= {"{ticket.label}": ticket.label, "{ticket.ahead}": str(ticket.ahead)}
            case LeaveQueue():
                await queue.leave(session, seen.conversation_id, now=now)
            case CountFailedLookup(reference=reference):
                await count_failure(
                    session, vault, reference=reference, contact_id=seen.contact_id, now=now
                )
            case EraseMe():
                await queue.leave(session, seen.conversation_id, now=now)
                await erase_words(session, seen.conversation_id)
    return fills


def fill(reply: Reply, fills: Fills) -> Reply:
    """The reply with its waiting places filled."""
    text = reply.text
    for place, value in fills.items():
        text = text.replace(place, value)
    return reply if text == reply.text else replace(reply, text=text)
