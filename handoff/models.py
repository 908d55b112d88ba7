"""A citizen waiting for, or talking with, a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, UtcDateTime, new_id


class Handoff(Base):
    """One request for a person, from the asking to the close; at most one open a conversation.

    While somebody serves it, they have it until ``lease_until``; ``returned_at`` is when it last
    came back from somebody who had it. ``answer_by`` is when a person was promised to answer, where
    nobody was there: the bot goes on answering until somebody takes it. ``told_ahead`` is how many they were last told
    stand before them.
    """

    __tablename__ = "handoffs"
    __table_args__ = (
        Index("ix_handoffs_queue", "state", "urgent", "requested_at"),
        Index(
            "uq_handoffs_open",
            "conversation_id",
            unique=True,
            sqlite_where=text("state IN ('queued', 'assigned')"),
            postgresql_where=text("state IN ('queued', 'assigned')"),
        ),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    number: Mapped[int] = mapped_column(Integer, unique=True)
    reason: Mapped[str] = mapped_column(String(48))
    urgent: Mapped[bool] = mapped_column(Boolean, default=False)
    state: Mapped[str] = mapped_column(String(12), default="queued")
    agent: Mapped[str | None] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(Integer, default=0)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    assigned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    answer_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_ahead: Mapped[int | None] = mapped_column(Integer)


class DutyPlan(Base):
    """One version of the duty plan; the newest is in force. Sealed: it has addresses of staff."""

    __tablename__ = "duty_plans"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    text_sealed: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(64))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HandoffPage(Base):
    """A call to whoever is on duty outside the browser: the ``step`` of the rota, and when it is due.

    Of one handoff at most one waits; ``called`` are those who were reached.
    """

    __tablename__ = "handoff_pages"
    __table_args__ = (
        Index(
            "uq_handoff_pages_waiting",
            "handoff_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_handoff_pages_due_at", "due_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    handoff_id: Mapped[str] = mapped_column(ForeignKey("handoffs.id"), index=True)
    step: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called: Mapped[str] = mapped_column(String(400), default="")
