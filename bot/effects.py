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
    IssueDocument,
    LeaveQueue,
    RequestHandoff,
)
from core.messages import Reply
from db.encryption import Vault
from documents import issuing
from documents.links import link_to
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
            case IssueDocument():
                fills |= await _issue(session, vault, seen, effect, now=now)
            case EraseMe():
                await queue.leave(session, seen.conversation_id, now=now)
                await issuing.forget(session, seen.conversation_id)
                await erase_words(session, seen.conversation_id)
    return fills


def fill(reply: Reply, fills: Fills) -> Reply:
    """The reply with its waiting places filled: text, source and the links of attachments."""
    text, source = reply.text, reply.source
    with speaking(reply.language):
        told = {place: _worded(value) for place, value in fills.items()}
    for place, value in told.items():
        text, source = text.replace(place, value), source and source.replace(place, value)
    attachments = tuple(
        replace(a, url=told[a.url]) if a.url in told else a for a in reply.attachments
    )
    same = (text, source, attachments) == (reply.text, reply.source, reply.attachments)
    return reply if same else replace(reply, text=text, source=source, attachments=attachments)


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


async def _issue(
    session: AsyncSession, vault: Vault, seen: Snapshot, wanted: IssueDocument, *, now: datetime
) -> Fills:
    filled = issuing.Filled(kind=wanted.kind, values=wanted.values, slots=wanted.slots)
    order = issuing.Order(conversation_id=seen.conversation_id, formats=wanted.formats, at=now)
    tokens = await issuing.issue(session, vault, filled, order)
    return {f"{{document.{name}}}": link_to(token) for name, token in tokens.items()}
