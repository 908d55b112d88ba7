"""What people report as a fraudster's: the thing, sealed, and who has reported it, once each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, UtcDateTime


class ReportedThing(Base):
    """A number, address, account or program under its one spelling.

    ``digest`` finds it, ``key_sealed`` shows it to staff. ``reporters`` is how many people have
    reported it, ``hurried`` the most of them within an hour. It acts on a check only while it is
    ``listed`` and ``expires_at`` lies ahead; ``appeal_sealed`` is what its owner says against that.
    """

    __tablename__ = "reported_things"
    __table_args__ = (UniqueConstraint("sort", "digest"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    sort: Mapped[str] = mapped_column(String(8))
    digest: Mapped[str] = mapped_column(String(64))
    key_sealed: Mapped[str] = mapped_column(String)
    state: Mapped[str] = mapped_column(String(12), index=True)
    reporters: Mapped[int] = mapped_column(Integer)
    hurried: Mapped[int] = mapped_column(Integer)
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[str] = mapped_column(String(300), default="")
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    appeal_sealed: Mapped[str | None] = mapped_column(String)
    appealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ThingReport(Base):
    """That somebody has reported a thing; ``reporter`` is a digest that leads to nobody."""

    __tablename__ = "thing_reports"
    __table_args__ = (Index("ix_thing_reports_reporter", "reporter", "at"),)

    thing: Mapped[int] = mapped_column(ForeignKey("reported_things.number"), primary_key=True)
    reporter: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
