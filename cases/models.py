"""A case, what happened in it, the periods that run, and failed look-ups."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NoReturn

from sqlalchemy import (
    Boolean,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column

from cases.errors import EventIsFinal
from conversations.models import Contact
from db.base import Base, UtcDateTime, new_id


class Case(Base):
    """A matter with a reference; ``state`` is what its last event led to.

    ``code_digest`` is all that is kept of the query code. ``head`` is the digest of the last of
    ``last_seq`` events. ``version`` grows with every change and refuses the slower of two.
    """

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(String(21), unique=True)
    code_digest: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(2))
    sub_kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(24))
    title_sealed: Mapped[str] = mapped_column(Text)
    district: Mapped[str] = mapped_column(String(6))
    agency: Mapped[str] = mapped_column(String(64))
    contact_id: Mapped[str | None] = mapped_column(ForeignKey(Contact.id), index=True)
    demo: Mapped[bool] = mapped_column(Boolean, default=False, index=True)
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("cases.id"))
    head: Mapped[str] = mapped_column(String(64))
    last_seq: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own form)


class CaseEvent(Base):
    """One thing that happened, never changed; ``digest`` covers it and ``prev_digest``."""

    __tablename__ = "case_events"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(12))
    command: Mapped[str] = mapped_column(String(24))
    from_state: Mapped[str] = mapped_column(String(24))
    to_state: Mapped[str] = mapped_column(String(24))
    agency: Mapped[str] = mapped_column(String(64))
    public: Mapped[bool] = mapped_column(Boolean)
    text_sealed: Mapped[str] = mapped_column(Text)
    prev_digest: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class CaseClock(Base):
    """A statutory period that runs, or ran until ``stopped_at``.

    ``days`` are of ``unit``, counted from the day after ``started_on``; ``law``, ``article`` and
    ``quote`` are the rule as it stood then. ``computed`` says how ``due`` was counted.
    """

    __tablename__ = "case_clocks"
    __table_args__ = (Index("ix_case_clocks_running", "stopped_at", "due"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    name: Mapped[str] = mapped_column(String(24))
    binds: Mapped[str] = mapped_column(String(12))
    law: Mapped[str] = mapped_column(String(64))
    article: Mapped[str] = mapped_column(String(24))
    quote: Mapped[str] = mapped_column(String(20))
    start_event: Mapped[str] = mapped_column(String(24))
    started_on: Mapped[date] = mapped_column(Date)
    unit: Mapped[str] = mapped_column(String(12))
    days: Mapped[int] = mapped_column(Integer)
    due: Mapped[date] = mapped_column(Date)
    computed: Mapped[str] = mapped_column(Text)
    provisional: Mapped[bool] = mapped_column(Boolean)
    extended_by: Mapped[int] = mapped_column(Integer, default=0)
    extension_reason_sealed: Mapped[str | None] = mapped_column(Text)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_by: Mapped[str | None] = mapped_column(String(24))


class CaseCounter(Base):
    """The highest sequence given out within a kind, area and day."""

    __tablename__ = "case_counters"

    prefix: Mapped[str] = mapped_column(String(14), primary_key=True)
    highest: Mapped[int] = mapped_column(Integer)


class LookupAttempt(Base):
    """A failed look-up; the reference tried is kept as a keyed digest only, for an hour."""

    __tablename__ = "lookup_attempts"
    __table_args__ = (
        Index("ix_lookup_attempts_contact", "contact_id", "at"),
        Index("ix_lookup_attempts_subject", "subject_digest", "at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    subject_digest: Mapped[str] = mapped_column(String(64))
    contact_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def _refuse(mapper: Any, connection: Any, target: CaseEvent) -> NoReturn:  # Any: SQLAlchemy's
    raise EventIsFinal


event.listen(CaseEvent, "before_update", _refuse)
event.listen(CaseEvent, "before_delete", _refuse)
