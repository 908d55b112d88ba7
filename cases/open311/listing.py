"""Lists of cases that everybody may see, by the time they were filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.models import Case
from cases.open311.moments import SECOND
from cases.open311.offers import Offer
from cases.open311.views import Shown, beside, public_seals, shown, sight_of
from cases.public import UNSEEN
from cases.references import tidy
from db.encryption import Vault

MOST_ROWS = 1000
LONGEST_WINDOW = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From the first moment to the last, both included, to the second."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which rows of a list: the ``number``-th, from 1, of ``size`` rows."""

    number: int = 1
    size: int = MOST_ROWS

    @property
    def offset(self) -> int:
        """How many rows come before."""
        return (self.number - 1) * self.size


FIRST_PAGE = Page()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases: ``references`` alone, if there are any, else what the rest says.

    ``closed`` is None for both open and closed ones; ``noted`` wants the steps of each too.
    """

    offers: Sequence[Offer]
    window: Window
    references: Sequence[str] = ()
    closed: bool | None = None
    noted: bool = False
    page: Page = FIRST_PAGE


async def requests(session: AsyncSession, vault: Vault, wanted: Wanted) -> list[Shown]:
    """The cases, the newest first; none of a kind that is not public, whatever is asked."""
    offers = {offer.kind: offer for offer in wanted.offers if offer.public}
    cases = (await session.scalars(statement(wanted))).all()
    near = await beside(session, public_seals(vault), cases, noted=wanted.noted)
    return [shown(case, offers[case.kind], sight_of(case), near) for case in cases]


def statement(wanted: Wanted) -> Select[Case]:
    """The query for one page; by time it is read off ``ix_cases_kind_created_at``."""
    query = _by_reference(wanted) if wanted.references else _by_time(wanted)
    return (
        query.where(Case.kind.in_([offer.kind for offer in wanted.offers if offer.public]))
        .order_by(Case.created_at.desc(), Case.id.desc())
        .limit(min(wanted.page.size, MOST_ROWS))
        .offset(wanted.page.offset)
    )


def _by_reference(wanted: Wanted) -> Select[Case]:
    return select(Case).where(Case.reference.in_({tidy(text) for text in wanted.references}))


def _by_time(wanted: Wanted) -> Select[Case]:
    query = select(Case).where(
        Case.created_at >= wanted.window.since,
        Case.created_at < wanted.window.until + SECOND,
        Case.state.not_in(UNSEEN),
        Case.demo.is_(False),
    )
    if wanted.closed is None:
        return query
    return query.where(Case.closed_at.is_not(None) if wanted.closed else Case.closed_at.is_(None))
