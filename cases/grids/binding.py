"""Grids and the one-time codes that bind a worker's contact to one; the caller's session commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from cases.attempts import locked_until
from cases.codes import new_code, reference_digest
from cases.districts import districts
from cases.errors import BadFiling, CaseNotFound
from cases.grids.models import GridRecord
from cases.references import tidy
from core.errors import Outrun
from core.grids import CodeState, Grid
from db.encryption import Vault

PURPOSE = "grid-code"
# What failed codes are counted under; a citizen's look-ups and these share the contact's limit.
SUBJECT = "grid"
LONGEST = 64


async def add_grid(session: AsyncSession, name: str, area: str, *, now: datetime) -> None:
    """A new grid without a worker; raises ``BadFiling`` for a name that is taken or no name."""
    tidied = name.strip()
    there = await session.scalar(select(GridRecord.id).where(GridRecord.name == tidied))
    if there is not None or not 1 <= len(tidied) <= LONGEST or area not in districts():
        raise BadFiling("a grid has a name of its own, 1 to 64 characters, in a known district")
    session.add(GridRecord(name=tidied, area=area, created_at=now))
    await session.flush()


async def give_code(session: AsyncSession, vault: Vault, name: str) -> str:
    """A fresh one-time code for a grid; an older one and its worker are good no more.

    Raises ``CaseNotFound``.
    """
    grid = await session.scalar(select(GridRecord).where(GridRecord.name == name.strip()))
    if grid is None:
        raise CaseNotFound
    code = new_code()
    grid.code_digest = vault.digest(PURPOSE, code)
    grid.contact_id, grid.conversation_id, grid.bound_at = None, None, None
    await session.flush()
    return code


async def look_at_code(
    session: AsyncSession, vault: Vault, code: str, *, contact_id: str, now: datetime
) -> CodeState:
    """Whether a code is good for this contact now; too many wrong ones shut the door a while."""
    subject = reference_digest(vault, SUBJECT)
    if await locked_until(session, subject_digest=subject, contact_id=contact_id, now=now):
        return CodeState.LOCKED
    digest = vault.digest(PURPOSE, tidy(code))
    found = await session.scalar(select(GridRecord.id).where(GridRecord.code_digest == digest))
    return CodeState.WRONG if found is None else CodeState.FITS


async def bind(
    session: AsyncSession, vault: Vault, code: str, who: tuple[str, str], *, now: datetime
) -> str:
    """Use a code up; ``who`` are contact and conversation. Gives the grid's name.

    Of two who use it at once one is bound; for the other it raises ``Outrun``.
    """
    contact_id, conversation_id = who
    name = await session.scalar(
        update(GridRecord)
        .where(GridRecord.code_digest == vault.digest(PURPOSE, tidy(code)))
        .values(
            code_digest=None, contact_id=contact_id, conversation_id=conversation_id, bound_at=now
        )
        .returning(GridRecord.name)
        .execution_options(synchronize_session=False)
    )
    if name is None:
        raise Outrun
    return name


async def grids_of(session: AsyncSession, contact_id: str) -> Sequence[Grid]:
    """The grids that a contact may report for: those they are bound to, then those of the same area.

    Nothing for whoever is bound to none.
    """
    own = (
        await session.scalars(
            select(GridRecord).where(GridRecord.contact_id == contact_id).order_by(GridRecord.name)
        )
    ).all()
    others = (
        await session.scalars(
            select(GridRecord)
            .where(
                GridRecord.area.in_({grid.area for grid in own}),
                GridRecord.id.not_in([grid.id for grid in own]),
            )
            .order_by(GridRecord.name)
        )
    ).all()
    return [
        *(Grid(id=grid.id, name=grid.name) for grid in own),
        *(Grid(id=grid.id, name=grid.name, own=False) for grid in others),
    ]
