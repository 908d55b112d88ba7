"""Times that can be booked, and the seat that an appointment has in one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from cases.models import Case
from conversations.models import Contact, Conversation
from db.base import Base, UtcDateTime, new_id

LIVE = text("live")


class AppointmentSlot(Base):
    """A time at a place with so many places; ``taken`` never exceeds ``capacity``.

    ``lawyer`` is who keeps it, empty where that is nobody's or not known.
    A closed one is given no more: ``closed_reason`` is what those who had booked it are told.
    """

    __tablename__ = "appointment_slots"
    __table_args__ = (
        UniqueConstraint("service", "place", "starts_at"),
        CheckConstraint("taken >= 0 AND taken <= capacity", name="seats"),
        Index("ix_appointment_slots_free", "service", "starts_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    service: Mapped[str] = mapped_column(String(16))
    area: Mapped[str] = mapped_column(String(6))
    place: Mapped[str] = mapped_column(String(64))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    capacity: Mapped[int] = mapped_column(Integer)
    taken: Mapped[int] = mapped_column(Integer, default=0)
    bring: Mapped[str] = mapped_column(Text, default="")
    lawyer: Mapped[str] = mapped_column(String(64), default="", server_default=text("''"))
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_reason: Mapped[str] = mapped_column(Text, default="")


class Seat(Base):
    """The place a case has in a slot; ``live`` while the case is open, one a person and service.

    ``reminders`` says how many of the two reminders are sent or not wanted any more.
    """

    __tablename__ = "appointment_seats"
    __table_args__ = (
        Index(
            "uq_appointment_seats_live",
            "contact_id",
            "service",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id), primary_key=True)
    slot_id: Mapped[str] = mapped_column(ForeignKey(AppointmentSlot.id), index=True)
    contact_id: Mapped[str | None] = mapped_column(ForeignKey(Contact.id))
    service: Mapped[str] = mapped_column(String(16))
    live: Mapped[bool] = mapped_column(Boolean, default=True)
    reminders: Mapped[int] = mapped_column(Integer, default=0)


class SeatHold(Base):
    """A place kept for somebody until a moment, while they fill the form in; it counts as taken.

    An ``offered`` one was offered to whoever waited longest, and is not taken up yet. One a person
    and service.
    """

    __tablename__ = "appointment_holds"

    contact_id: Mapped[str] = mapped_column(ForeignKey(Contact.id), primary_key=True)
    service: Mapped[str] = mapped_column(String(16), primary_key=True)
    slot_id: Mapped[str] = mapped_column(ForeignKey(AppointmentSlot.id), index=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey(Conversation.id))
    offered: Mapped[bool] = mapped_column(Boolean, default=False)
    until: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class SeatWait(Base):
    """Somebody waits, ``since`` then, for any time of a service at a place; one a person and service."""

    __tablename__ = "appointment_waits"
    __table_args__ = (Index("ix_appointment_waits_place", "service", "place", "since"),)

    contact_id: Mapped[str] = mapped_column(ForeignKey(Contact.id), primary_key=True)
    service: Mapped[str] = mapped_column(String(16), primary_key=True)
    place: Mapped[str] = mapped_column(String(64))
    conversation_id: Mapped[str] = mapped_column(ForeignKey(Conversation.id))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
