"""Systems that file over Open311, and what each of them has filed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.models import Case, CaseEvent
from db.base import Base, UtcDateTime, new_id

NAME_LENGTH = 32


class ApiKey(Base):
    """The key of another system, kept as a digest; ``name`` stands in the records of its cases."""

    __tablename__ = "open311_keys"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    key_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OpenFiling(Base):
    """A case that came over Open311, and by which key.

    ``client_id`` is the sender's own name of it, under which ``content_digest`` tells a repeat from
    another matter; both are empty where none was given. ``token_digest`` is what is kept of the
    token that stands for the reference until the case is registered.
    """

    __tablename__ = "open311_filings"
    __table_args__ = (UniqueConstraint("key_id", "client_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    key_id: Mapped[str] = mapped_column(ForeignKey(ApiKey.id))
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id), unique=True)
    client_id: Mapped[str | None] = mapped_column(String(64))
    content_digest: Mapped[str | None] = mapped_column(String(64))
    token_digest: Mapped[str | None] = mapped_column(String(64), unique=True)


class OpenUpdate(Base):
    """An update that another system sent, by its own name of it; the event says what it was."""

    __tablename__ = "open311_updates"
    __table_args__ = (UniqueConstraint("key_id", "update_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    key_id: Mapped[str] = mapped_column(ForeignKey(ApiKey.id))
    event_id: Mapped[str] = mapped_column(ForeignKey(CaseEvent.id))
    update_id: Mapped[str] = mapped_column(String(64))
