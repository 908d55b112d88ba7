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
    """The outbox: one message to be handed to one channel; claimed by lease, in ``seq`` order."""

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
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    external_id: Mapped[str | None] = mapped_column(String(128))
    error_code: Mapped[str | None] = mapped_column(String(32))
