"""What is counted of frauds, who wants to be warned, the warnings, and whom they went to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Float, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, UtcDateTime, new_id


class FraudCount(Base):
    """How many sightings of a type of fraud an hour brought in an area; neither person nor text."""

    __tablename__ = "fraud_counts"

    hour: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    area: Mapped[str] = mapped_column(String(6), primary_key=True)
    fraud_type: Mapped[str] = mapped_column(String(16), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class AlertSubscription(Base):
    """A conversation that wants warnings of an area; an empty ``fraud_type`` stands for every one."""

    __tablename__ = "alert_subscriptions"
    __table_args__ = (Index("ix_alert_subscriptions_area", "area", "conversation_id"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    area: Mapped[str] = mapped_column(String(6), primary_key=True)
    fraud_type: Mapped[str] = mapped_column(String(16), primary_key=True, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Alert(Base):
    """A warning; ``texts`` is what is sent, by language.

    ``hour`` is the last one of the surge, ``hours`` how many were looked at, ``count`` what they brought where
    ``expected`` was, ``chance`` how likely that is. ``cursor`` is the last conversation put on its
    list, ``listed_at`` when the list was whole, ``ended_at`` when nobody on it waited any more.
    ``corrects`` is the wrong alert that this one puts right; such a one has no surge of its own.
    """

    __tablename__ = "alerts"
    __table_args__ = (UniqueConstraint("area", "fraud_type", "hour", "corrects"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(Integer, unique=True)
    area: Mapped[str] = mapped_column(String(6))
    fraud_type: Mapped[str] = mapped_column(String(16))
    hour: Mapped[datetime] = mapped_column(UtcDateTime)
    hours: Mapped[int] = mapped_column(Integer)
    count: Mapped[int] = mapped_column(Integer)
    expected: Mapped[float] = mapped_column(Float)
    chance: Mapped[float] = mapped_column(Float)
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(12), index=True)
    # Empty, not null, where it corrects nothing: a null is never equal to another.
    corrects: Mapped[str] = mapped_column(String(36), default="")
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")
    cursor: Mapped[str] = mapped_column(String(36), default="")
    listed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AlertRecipient(Base):
    """One conversation on an alert's list; ``message_id`` is set once the alert is in its outbox."""

    __tablename__ = "alert_recipients"
    __table_args__ = (
        Index("ix_alert_recipients_waiting", "alert_id", "state", "channel", "conversation_id"),
        Index("ix_alert_recipients_conversation", "conversation_id", "queued_at"),
    )

    alert_id: Mapped[str] = mapped_column(ForeignKey("alerts.id"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(8))
    message_id: Mapped[str | None] = mapped_column(String(36), unique=True)
    queued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
