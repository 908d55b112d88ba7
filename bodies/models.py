"""What bodies told us, kept as it came."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.delivery import CaseDelivery
from cases.models import EMPTY
from db.base import Base, UtcDateTime, new_id


class UpdateState(StrEnum):
    """What became of an update: it waits for one before it, was taken as a step, or could not be."""

    WAITING = "waiting"
    APPLIED = "applied"
    REFUSED = "refused"


class BodyUpdate(Base):
    """An update of a body about a case, under the body's own id of the message.

    ``seq`` counts its updates of this case; ``content_sealed`` is all it said, and ``digest`` tells a
    repeat from another one under the same id. ``code`` says why it was refused; of an applied
    one, ``late`` if it was taken although one before it never came.
    """

    __tablename__ = "body_updates"
    __table_args__ = (
        UniqueConstraint("body", "event_id"),
        UniqueConstraint("delivery_id", "seq"),
        Index("ix_body_updates_waiting", "state", "received_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    delivery_id: Mapped[str] = mapped_column(ForeignKey(CaseDelivery.id))
    body: Mapped[str] = mapped_column(String(24))
    event_id: Mapped[str] = mapped_column(String(64))
    seq: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(16))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content_sealed: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12))
    code: Mapped[str] = mapped_column(String(32), default="", server_default=EMPTY)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
