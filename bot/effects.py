"""Effects, carried out inside the commit of the turn that decided them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.phrases import speaking, words
from cases.attempts import count_failure
from cases.filing import Told, file_petition
from conversations.privacy import erase_words
from conversations.threads import Snapshot
from core.effects import (
    CountFailedLookup,
    Effect,
    EraseMe,
    FilePetition,
    LeaveQueue,
    RequestHandoff,
)
from core.messages import Reply
from db.encryption import Vault
from handoff import queue

Fills = dict[str, str | date]
"""What replies may now say: ``{ticket.label}`` → R-0417; a day is told in the reply's language."""


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
            case FilePetition():
                fills |= await _file(session, vault, seen, effect, now=now)
            case EraseMe():
                await queue.leave(session, seen.conversation_id, now=now)
                await erase_words(session, seen.conversation_id)
    return fills


def fill(reply: Reply, fills: Fills) -> Reply:
    """The reply with its waiting places filled, in its text and in what it rests on."""
    text, source = reply.text, reply.source
    with speaking(reply.language):
        told = {place: _worded(value) for place, value in fills.items()}
    for place, value in told.items():
        text, source = text.replace(place, value), source and source.replace(place, value)
    same = (text, source) == (reply.text, reply.source)
    return reply if same else replace(reply, text=text, source=source)


def _worded(value: str | date) -> str:
    return value if isinstance(value, str) else words("day_long").format(value)


async def _file(
    session: AsyncSession, vault: Vault, seen: Snapshot, petition: FilePetition, *, now: datetime
) -> Fills:
    told = Told(
        title=petition.title,
        text=petition.text,
        area=petition.area,
        contact_id=seen.contact_id,
        at=now,
    )
    receipt = await file_petition(session, vault, told)
    return {
        "{petition.reference}": receipt.reference,
        "{petition.code}": receipt.code,
        "{petition.due}": receipt.due,
    }
