"""A case, what happened in it, who filed it, what was attached, and the periods that run."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NoReturn

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from cases.errors import EventIsFinal
from conversations.models import Contact, Conversation
from db.base import Base, UtcDateTime, new_id

EMPTY = text("''")


class Case(Base):
    """A matter with a reference; ``state`` is what its last event led to.

    ``code_digest`` is all that is kept of the query code. ``head`` is the digest of the last of
    ``last_seq`` events; ``edition`` is the form of the digests that the chain began with.
    ``version`` grows with every change and refuses the slower of two. ``filed_as`` is the sub-kind
    told at first, ``sub_kind`` the one staff decided on.

    ``supervision``, ``rating`` (1 to 5) and ``delivery`` (to a district's own system) are variables
    beside the state. ``title_sealed`` and ``details_sealed`` (JSON) are what the citizen told,
    under that person's key; ``place_sealed`` is where it is. ``conversation_id`` is where it was
    filed and news of it go. ``parent_id`` is the matter this one is a part of.
    """

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(String(21), unique=True)
    code_digest: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(2))
    sub_kind: Mapped[str] = mapped_column(String(16))
    filed_as: Mapped[str] = mapped_column(String(16), server_default=EMPTY)
    state: Mapped[str] = mapped_column(String(24))
    supervision: Mapped[str] = mapped_column(String(12), default="none", server_default="none")
    rating: Mapped[int | None] = mapped_column(Integer)
    rated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivery: Mapped[str] = mapped_column(String(12), default="none", server_default="none")
    title_sealed: Mapped[str] = mapped_column(Text)
    details_sealed: Mapped[str | None] = mapped_column(Text)
    place_sealed: Mapped[str | None] = mapped_column(Text)
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    district: Mapped[str] = mapped_column(String(6))
    agency: Mapped[str] = mapped_column(String(64))
    contact_id: Mapped[str | None] = mapped_column(ForeignKey(Contact.id), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey(Conversation.id))
    demo: Mapped[bool] = mapped_column(Boolean, default=False, index=True)
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("cases.id"))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("cases.id"), index=True)
    head: Mapped[str] = mapped_column(String(64))
    last_seq: Mapped[int] = mapped_column(Integer, default=0)
    edition: Mapped[int] = mapped_column(Integer, default=2, server_default="2")
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's own form)
    __table_args__ = (
        Index("ix_cases_kind", "kind", "state"),
        Index("ix_cases_kind_created_at", "kind", "created_at", "id"),
    )


class CaseEvent(Base):
    """One thing that happened, never changed; ``digest`` covers it and ``prev_digest``.

    ``text_sealed`` is told to the citizen if ``public``; ``words_sealed`` is what the citizen
    wrote, under that person's key, for staff. ``author`` is who of the ``actor`` side took the
    step, ``reason`` a code of the kind's table. ``ledger`` is the digest of the case's periods and
    variables after the step; empty on events of before there were any.
    """

    __tablename__ = "case_events"
    __table_args__ = (UniqueConstraint("case_id", "seq"), Index("ix_case_events_at", "at", "id"))

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(12))
    author: Mapped[str] = mapped_column(String(64), default="", server_default=EMPTY)
    command: Mapped[str] = mapped_column(String(24))
    reason: Mapped[str] = mapped_column(String(24), default="", server_default=EMPTY)
    from_state: Mapped[str] = mapped_column(String(24))
    to_state: Mapped[str] = mapped_column(String(24))
    agency: Mapped[str] = mapped_column(String(64))
    public: Mapped[bool] = mapped_column(Boolean)
    text_sealed: Mapped[str] = mapped_column(Text)
    words_sealed: Mapped[str | None] = mapped_column(Text)
    ledger: Mapped[str] = mapped_column(String(64), default="", server_default=EMPTY)
    prev_digest: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class CaseClock(Base):
    """A period that runs, or ran until ``stopped_at``.

    ``days`` are of ``unit``, counted from the day after ``started_on``; ``law``, ``article`` and
    ``quote`` are the rule as it stood then, empty where ``basis`` is not law. ``computed`` says how
    ``due`` was counted. ``pauses`` are the spans that do not count, ``2026-11-02/2026-11-05``
    with blanks between, the last one without its end while it is paused. ``approved_by`` allowed the extension.
    ``look_on`` is the next day on which a step is due by itself (``cases/timers.py``).
    """

    __tablename__ = "case_clocks"
    __table_args__ = (
        Index("ix_case_clocks_running", "stopped_at", "due"),
        Index("ix_case_clocks_look_on", "look_on"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    name: Mapped[str] = mapped_column(String(24))
    binds: Mapped[str] = mapped_column(String(12))
    basis: Mapped[str] = mapped_column(String(8), default="law", server_default="law")
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
    pauses: Mapped[str] = mapped_column(Text, default="", server_default=EMPTY)
    extended_by: Mapped[int] = mapped_column(Integer, default=0)
    extension_reason_sealed: Mapped[str | None] = mapped_column(Text)
    approved_by: Mapped[str | None] = mapped_column(String(64))
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_by: Mapped[str | None] = mapped_column(String(24))
    look_on: Mapped[date | None] = mapped_column(Date)


class CasePerson(Base):
    """A person in a case, apart from it: name, address, telephone, all under that person's key.

    ``key_sealed`` is the key, wrapped by the vault's; erasing destroys it, and with it everything
    sealed under it, wherever copies are. ``role`` is filer, representative, other party ….
    """

    __tablename__ = "case_persons"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    contact_id: Mapped[str | None] = mapped_column(ForeignKey(Contact.id), index=True)
    role: Mapped[str] = mapped_column(String(16))
    key_sealed: Mapped[str | None] = mapped_column(Text)
    block_sealed: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CaseAttachment(Base):
    """A file that belongs to an event; its content lies in the store under ``address``.

    ``key_sealed`` is the file's own key, under that of the person it goes with; files of before
    there were such keys are sealed under that person's key themselves. ``content_digest`` is a keyed digest of what was sent, so that the same file is kept once in a
    case. ``stage`` is before, after or empty. ``public`` ones may be shown with a public case.
    """

    __tablename__ = "case_attachments"
    __table_args__ = (UniqueConstraint("case_id", "content_digest"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    event_id: Mapped[str] = mapped_column(ForeignKey("case_events.id"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("case_persons.id"))
    address: Mapped[str] = mapped_column(String(64), index=True)
    key_sealed: Mapped[str | None] = mapped_column(Text)
    content_digest: Mapped[str] = mapped_column(String(64))
    mime: Mapped[str] = mapped_column(String(32))
    size: Mapped[int] = mapped_column(Integer)
    name_sealed: Mapped[str] = mapped_column(Text)
    stage: Mapped[str] = mapped_column(String(8), default="")
    public: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ClueBox(Base):
    """What opens the box of a clue whose sender nobody knows: a keyed digest of 16 digits.

    There is no moment in it, nor anything else about who came.
    """

    __tablename__ = "clue_boxes"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    receipt_digest: Mapped[str] = mapped_column(String(64), unique=True)


class CaseTransfer(Base):
    """Money that a victim sent: ``amount`` in fen, ``at`` as exact as ``precision`` says.

    ``number`` counts from 1 within the case. ``ends_sealed`` (JSON) are both accounts with their
    banks and holders and the bank's serial number, under the filer's own key. ``state`` is one of
    ``transfers.yml``; ``until`` is how long a stop or freeze holds, ``refunded`` what was paid back.
    """

    __tablename__ = "case_transfers"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    number: Mapped[int] = mapped_column(Integer)
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    precision: Mapped[str] = mapped_column(String(8))
    method: Mapped[str] = mapped_column(String(12))
    source: Mapped[str] = mapped_column(String(12))
    ends_sealed: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refunded: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class UploadRecord(Base):
    """A file that somebody sent in a conversation and that waits for its case, a week at most.

    Its content lies in the store under ``address``, sealed under a key of its own, ``key_sealed``;
    that key is empty once its sender was forgotten. ``digest`` is a keyed digest of conversation
    and content, so that the same file is kept once. ``used_at`` is when a case took it over.
    """

    __tablename__ = "uploads"
    __table_args__ = (Index("ix_uploads_conversation", "conversation_id", "digest"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    conversation_id: Mapped[str] = mapped_column(ForeignKey(Conversation.id))
    address: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    mime: Mapped[str] = mapped_column(String(32))
    size: Mapped[int] = mapped_column(Integer)
    key_sealed: Mapped[str | None] = mapped_column(Text)
    name_sealed: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


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
