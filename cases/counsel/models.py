"""Which lawyer serves whom, and the names by which two cases are seen to be of the same people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from cases.models import Case
from db.base import Base, UtcDateTime


class CaseSide(Base):
    """Somebody on one side of a case that a lawyer serves: ``own`` or ``other``.

    ``digest`` is a keyed digest of a name or number: equal ones match, nobody reads them back.
    It goes when the case's people are erased.
    """

    __tablename__ = "case_sides"

    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id), primary_key=True)
    side: Mapped[str] = mapped_column(String(8), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)


class CaseCounsel(Base):
    """A lawyer of a case, ``since`` when; never where one was only looked at beforehand.

    ``finding`` is what came of looking for the other side: clear, doubted, or cleared by staff.
    """

    __tablename__ = "case_counsels"

    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id), primary_key=True)
    lawyer: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    finding: Mapped[str] = mapped_column(String(8))
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)
