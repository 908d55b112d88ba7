"""Citizens who ask for a person."""

from __future__ import annotations

from datetime import datetime

from conversations.inbox import receive
from core.effects import RequestHandoff
from core.messages import Attachment, Identity, Message
from db.engine import Database
from handoff import queue


async def ask_for_a_person(
    db: Database,
    name: str,
    *texts: str,
    urgent: bool = False,
    now: datetime,
    sent: tuple[Attachment, ...] = (),
) -> int:
    """Have a citizen write and queue, with pictures in each message; gives their number."""
    conversation_id = ""
    for n, text in enumerate(texts or ("人工",)):
        sender = Identity(channel="web", user_id=name)
        message = Message(
            channel="web",
            external_id=f"{name}:{n}",
            sender=sender,
            text=text,
            attachments=sent,
            sent_at=now,
        )
        conversation_id = (await receive(db, message, now=now)).conversation_id
    async with db.write() as session:
        ticket = await queue.enter(
            session, conversation_id, RequestHandoff(reason="asked", urgent=urgent), now=now
        )
    return ticket.number
