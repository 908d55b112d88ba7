"""Who works here, and where they are logged in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, UtcDateTime, new_id

NAME_LENGTH = 32


class Role(StrEnum):
    """What a member of staff does: serves citizens, leads those who do, or keeps the FAQ."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"


class Staff(Base):
    """A member of staff; ``failed_logins`` counts wrong passwords since the last right one."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(16))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    failed_logins: Mapped[int] = mapped_column(Integer, default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StaffSession(Base):
    """One browser in which somebody is logged in; of its token only a keyed digest is kept.

    ``last_seen_at`` is when they did something, ``page_seen_at`` when an open page last asked by itself.
    """

    __tablename__ = "staff_sessions"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    page_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
