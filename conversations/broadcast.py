"""The same thing said in many conversations, each in its language, with few statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.models import ContactIdentity, Conversation
from conversations.outgoing import Grip, Rows, Saying, rows, store
from conversations.threads import open_session
from core.messages import CHINESE, Reply
from db.encryption import Vault


async def broadcast(
    session: AsyncSession,
    vault: Vault,
    replies: Mapping[str, Reply],
    to: Sequence[str],
    saying: Saying,
) -> dict[str, str]:
    """Queue the reply of its language in each of these conversations, which the caller holds.

    In Chinese where there is none of its language. Gives the message's id by conversation.
    """
    if not to:
        return {}
    numbered = await session.execute(
        update(Conversation)
        .where(Conversation.id.in_(to))
        .values(last_seq=Conversation.last_seq + 1)
        .returning(
            Conversation.id,
            Conversation.channel,
            Conversation.epoch,
            Conversation.last_seq,
            Conversation.session_sealed,
        )
        .execution_options(synchronize_session=False)
    )
    written: Rows = ([], [])
    told: dict[str, str] = {}
    for where, channel, epoch, last_seq, sealed in numbered:
        held = Grip(conversation_id=where, channel=channel, epoch=epoch, last_seq=last_seq)
        reply = replies.get(open_session(vault, sealed).language, replies[CHINESE])
        [message], [delivery] = rows(vault, held, [reply], saying)
        written[0].append(message)
        written[1].append(delivery)
        told[where] = message["id"]
    await store(session, written)
    return told


async def hold_all(session: AsyncSession, conversation_ids: Sequence[str]) -> None:
    """``threads.hold`` for many, in the one order in which everybody takes them."""
    await session.execute(
        select(Conversation.id)
        .where(Conversation.id.in_(conversation_ids))
        .order_by(Conversation.id)
        .with_for_update()
    )


async def reachable(session: AsyncSession, conversation_ids: Sequence[str]) -> set[str]:
    """Those of which the person is still known on that channel."""
    query = (
        select(Conversation.id)
        .join(
            ContactIdentity,
            and_(
                ContactIdentity.contact_id == Conversation.contact_id,
                ContactIdentity.channel == Conversation.channel,
            ),
        )
        .where(Conversation.id.in_(conversation_ids))
    )
    return set(await session.scalars(query))
