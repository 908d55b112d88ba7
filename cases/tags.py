"""Campaigns that cases belong to: a label for counting, no step and no part of the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from cases.errors import BadOrder
from cases.models import Case
from db.base import Base, UtcDateTime, new_id

LONGEST_TAG = 32


class CaseTag(Base):
    """A campaign that a case belongs to; ``author`` is who said so."""

    __tablename__ = "case_tags"
    __table_args__ = (UniqueConstraint("tag", "case_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    tag: Mapped[str] = mapped_column(String(32))
    author: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


async def put_tag(
    session: AsyncSession, case: Case, tag: str, *, author: str, now: datetime
) -> None:
    """Count the case to a campaign; once is enough. Raises ``BadOrder`` for a bad name."""
    name = tag.strip()
    if not 1 <= len(name) <= LONGEST_TAG or not name.isprintable():
        raise BadOrder(f"a campaign's name has 1 to {LONGEST_TAG} characters")
    if name not in (await tags_of(session, [case.id])).get(case.id, ()):
        session.add(CaseTag(case_id=case.id, tag=name, author=author, at=now))
        await session.flush()


async def take_tag(session: AsyncSession, case: Case, tag: str) -> None:
    """Count the case to that campaign no more."""
    await session.execute(
        delete(CaseTag).where(CaseTag.case_id == case.id, CaseTag.tag == tag.strip())
    )


async def tags_of(session: AsyncSession, case_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The campaigns of these cases, by case."""
    query = select(CaseTag).where(CaseTag.case_id.in_(list(case_ids))).order_by(CaseTag.tag)
    found: dict[str, tuple[str, ...]] = {}
    for row in await session.scalars(query):
        found[row.case_id] = (*found.get(row.case_id, ()), row.tag)
    return found
