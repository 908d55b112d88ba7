"""A petition filed in the conversation: opened, with what its writer told kept for staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cases.clocks import running_clocks
from cases.kinds.machine import Actor
from cases.kinds.petition import Command
from cases.orders import Filing, Order
from cases.references import Kind
from cases.service import apply, open_case
from cases.wording import wording
from db.encryption import Vault

# Staff decide what it is when they register it; a claim has the most rights of the three.
SUB_KIND = "claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a citizen told: a title, all of it, and the area; ``at`` is when."""

    title: str
    text: str
    area: str
    contact_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What goes on the receipt; the code is known only now. ``due`` is the first deadline."""

    reference: str
    code: str
    due: date


async def file_petition(session: AsyncSession, vault: Vault, told: Told) -> Receipt:
    """Open a petition in the caller's transaction.

    Its timeline says that it was received; the words themselves, with the telephone number that
    may be among them, are in an event of their own that is not public.
    """
    opened = await open_case(
        session,
        vault,
        Filing(
            kind=Kind.PETITION,
            sub_kind=SUB_KIND,
            title=told.title,
            district=told.area,
            agency=wording().desk,
            at=told.at,
            text=wording().received,
            contact_id=told.contact_id,
        ),
    )
    words = Order(
        command=Command.NOTE, actor=Actor.CITIZEN, at=told.at, text=told.text, public=False
    )
    await apply(session, vault, opened.case, words)
    first, *_ = await running_clocks(session, opened.case)
    return Receipt(reference=opened.case.reference, code=opened.code, due=first.due)
