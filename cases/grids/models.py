"""Grids, who is bound to them, and what is reported of each day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conversations.models import Contact, Conversation
from db.base import Base, UtcDateTime, new_id


class GridRecord(Base):
    """A grid and its worker: whoever used the one-time code, of which only a digest is kept.

    ``chased_on`` is the last day on which the worker was asked for the report that was missing.
    """

    __tablename__ = "grids"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    area: Mapped[str] = mapped_column(String(6))
    code_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    contact_id: Mapped[str | None] = mapped_column(ForeignKey(Contact.id), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey(Conversation.id))
    bound_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    chased_on: Mapped[date | None] = mapped_column(Date)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class GridReport(Base):
    """A report of a grid and day; a correction is another ``edition`` beside the first, which is 1.

    ``late`` came after the day was over, ``substitute`` from the worker of another grid. What was
    found is sealed: it tells of people.
    """

    __tablename__ = "grid_reports"
    __table_args__ = (UniqueConstraint("grid_id", "day", "edition"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    grid_id: Mapped[str] = mapped_column(ForeignKey(GridRecord.id))
    day: Mapped[date] = mapped_column(Date, index=True)
    edition: Mapped[int] = mapped_column(Integer)
    screened: Mapped[int] = mapped_column(Integer)
    found: Mapped[int] = mapped_column(Integer)
    disputes_sealed: Mapped[str] = mapped_column(Text)
    late: Mapped[bool] = mapped_column(Boolean)
    substitute: Mapped[bool] = mapped_column(Boolean)
    contact_id: Mapped[str] = mapped_column(ForeignKey(Contact.id))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
