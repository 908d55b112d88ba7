"""Who talks to us, in which thread, what was said, and what must still be sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Boolean,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, UtcDateTime, new_id

UNHANDLED = text("direction = 'incoming' AND handled_at IS NULL")


class Contact(Base):
    """A person; several channels are linked only by that person's own act."""

    __tablename__ = "contacts"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    locale: Mapped[str] = mapped_column(String(8), default="zh")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ContactIdentity(Base):
    """How a channel names the person; the name itself is kept as a keyed digest and sealed."""

    __tablename__ = "contact_identities"
    __table_args__ = (UniqueConstraint("channel", "user_digest"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    contact_id: Mapped[str] = mapped_column(ForeignKey("contacts.id"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    user_digest: Mapped[str] = mapped_column(String(64))
    user_sealed: Mapped[str] = mapped_column(Text)


class Conversation(Base):
    """One thread with one person on one channel.

    ``version`` grows with every commit of a turn; ``epoch`` grows when a person takes over, so
    that the bot's older replies can be dropped; ``last_seq`` numbers the messages.
    """

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("contact_id", "channel"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    contact_id: Mapped[str] = mapped_column(ForeignKey("contacts.id"))
    channel: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16), default="bot", index=True)
    assignee: Mapped[str | None] = mapped_column(String(64))
    session_sealed: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer, default=0)
    epoch: Mapped[int] = mapped_column(Integer, default=0)
    last_seq: Mapped[int] = mapped_column(Integer, default=0)
    last_activity_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MessageRecord(Base):
    """One thing said. ``text_sealed`` and ``body_sealed`` (buttons, citations) are encrypted.

    ``parse_sealed`` is how an incoming one was read, entities included. ``external_id`` dedupes
    what a channel delivers twice. ``handled_at`` is empty on an incoming
    message until the turn that answers it is committed.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        UniqueConstraint("conversation_id", "seq"),
        Index(
            "ix_messages_unhandled",
            "conversation_id",
            "seq",
            sqlite_where=UNHANDLED,
            postgresql_where=UNHANDLED,
        ),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    channel: Mapped[str] = mapped_column(String(16))
    external_id: Mapped[str] = mapped_column(String(128))
    seq: Mapped[int] = mapped_column(Integer)
    direction: Mapped[str] = mapped_column(String(8))
    author: Mapped[str] = mapped_column(String(64))
    text_sealed: Mapped[str] = mapped_column(Text)
    body_sealed: Mapped[str | None] = mapped_column(Text)
    parser: Mapped[str | None] = mapped_column(String(8))
    intent: Mapped[str | None] = mapped_column(String(48))
    parse_sealed: Mapped[str | None] = mapped_column(Text)
    reply_to: Mapped[str | None] = mapped_column(String(36), index=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DeliveryRecord(Base):
    """The outbox: one message to be handed to one channel; claimed by lease, in ``seq`` order.

    ``parts_sent`` counts what of a message that takes several has arrived, from its beginning.
    """

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_due", "status", "channel", "next_attempt_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id"), unique=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    seq: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(12), default="queued")
    epoch: Mapped[int] = mapped_column(Integer)
    safety: Mapped[bool] = mapped_column(Boolean, default=False)
    parts_sent: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    external_id: Mapped[str | None] = mapped_column(String(128))
    error_code: Mapped[str | None] = mapped_column(String(32))


class PassiveWindow(Base):
    """A platform's request that waits to be answered with the reply itself.

    Until ``closes_at`` the conversation's deliveries are left for it. ``answer_sealed`` is what it was
    answered with, and is again if the platform repeats it; ``ended_at`` is set once that is over.
    ``proof`` digests the request's signature, so that it cannot carry other words.
    """

    __tablename__ = "passive_windows"

    external_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    proof: Mapped[str] = mapped_column(String(64), unique=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    answer_sealed: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PushAllowance(Base):
    """How many messages may still be sent unasked, since a citizen wrote or pressed something."""

    __tablename__ = "push_allowances"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    left: Mapped[int] = mapped_column(Integer)
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class PlatformToken(Base):
    """A token that a platform gives to one at a time; whoever holds the lease fetches the next."""

    __tablename__ = "platform_tokens"

    account: Mapped[str] = mapped_column(String(64), primary_key=True)
    token_sealed: Mapped[str | None] = mapped_column(Text)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    forced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
