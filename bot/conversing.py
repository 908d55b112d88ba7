"""Talking to the service from this very process: receive, answer, claim, hand back."""

from __future__ import annotations

import time

from bot.bootstrap import Service
from bot.channels.terminal import NAME, Answered
from bot.engine import read_payload
from conversations.history import parse_of
from conversations.inbox import receive
from conversations.models import Conversation
from conversations.outbox import DeliveryStatus, claim, settle
from core.errors import Unavailable
from core.messages import Attachment, Identity, Message, Reply
from db.base import new_id

BUTTON = "/"


class NotAnswered(Unavailable):
    """The message is stored but was not answered; see the log."""


async def converse(
    service: Service, name: str, line: str, attachments: tuple[Attachment, ...] = ()
) -> Answered:
    """Say one line in the conversation called ``name`` and wait for what comes back.

    A line that begins with ``/`` presses a button: ``/petition_status``. Raises ``NotAnswered``.
    """
    started = time.perf_counter()
    message = Message(
        channel=NAME,
        external_id=new_id(),
        sender=Identity(channel=NAME, user_id=name),
        text="" if line.startswith(BUTTON) else line,
        payload=line.removeprefix(BUTTON) if line.startswith(BUTTON) else None,
        attachments=attachments,
        sent_at=service.clock(),
    )
    received = await receive(service.db, message, now=service.clock())
    await service.engine.answer(received.conversation_id)
    replies = await collect(service, received.conversation_id)
    async with service.db.read() as session:
        parse = await parse_of(session, service.db.vault, received.message_id)
        conversation = await session.get(Conversation, received.conversation_id)
    if parse is None and message.payload is not None and replies:
        # The button erased everything, this message included.
        parse = read_payload(message.payload)
    if parse is None or conversation is None:
        raise NotAnswered
    return Answered(
        text=line,
        parse=parse,
        replies=replies,
        status=conversation.status,
        elapsed_ms=(time.perf_counter() - started) * 1000,
    )


async def collect(service: Service, conversation_id: str) -> tuple[Reply, ...]:
    """Claim and settle what waits for this terminal conversation."""
    async with service.db.write() as session:
        batch = await claim(
            session,
            service.db.vault,
            [NAME],
            now=service.clock(),
            conversation_id=conversation_id,
        )
        if batch:
            await settle(session, [d.id for d in batch], DeliveryStatus.SENT)
    return tuple(d.reply for d in batch if not d.stale)
