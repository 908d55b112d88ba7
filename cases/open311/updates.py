"""Updates, as FixMyStreet's extension has them: read by time, and taken from other systems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.errors import StepNotPossible
from cases.kinds.machine import Actor
from cases.models import Case, CaseEvent
from cases.open311.api_keys import Peer
from cases.open311.errors import BadRequest, Fault, Unknown
from cases.open311.listing import FIRST_PAGE, MOST_ROWS, Page, Window
from cases.open311.models import OpenFiling, OpenUpdate
from cases.open311.moments import SECOND
from cases.open311.offers import Answers, Catalogue
from cases.open311.views import Note, Sight, note, public_seals
from cases.orders import Order
from cases.public import UNSEEN
from cases.references import tidy
from cases.service import apply
from db.encryption import Vault

COMMAND = "supplement"
# As open311-adapter has them, where they are sent in capitals.
STATUSES = frozenset(
    {
        "open", "closed", "fixed", "in_progress", "planned", "action_scheduled", "investigating",
        "duplicate", "not_councils_responsibility", "no_further_action", "internal_referral",
        "cancelled", "reopen", "for_triage", "unchanged",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatesWanted:
    """Which updates; ``reference`` empty asks for those of every case."""

    window: Window
    reference: str = ""
    page: Page = FIRST_PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A step of a case: its id, the case, the status it led to, in the extension's words."""

    id: str
    reference: str
    status: str
    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An update that another system sends, by its own name of it; ``status`` is for staff to read."""

    update_id: str
    reference: str
    status: str
    text: str
    at: datetime


async def updates(
    session: AsyncSession, vault: Vault, wanted: UpdatesWanted, on_offer: Catalogue,
    peer: Peer | None,
) -> list[Update]:  # fmt: skip
    """What happened in the window, the oldest first.

    Everybody sees the steps of cases that are public; the system that filed one sees them from
    the beginning, with what was told to the citizen.
    """
    offers = {offer.kind: offer for offer in on_offer.public}
    query = _query(wanted, peer).where(Case.kind.in_(offers))
    rows = (await session.execute(query)).all()
    seals = public_seals(vault)
    return [
        Update(
            id=event.id,
            reference=case.reference,
            status=offers[case.kind].statuses[event.to_state],
            note=note(event, case, Sight.OWN if own else Sight.PUBLIC, seals),
        )
        for event, case, own in rows
    ]


async def take(
    session: AsyncSession, vault: Vault, sent: Sent, on_offer: Catalogue, peer: Peer
) -> None:
    """Add what another system sends to a case it has filed; once, however often it is sent.

    It changes no state: only staff do. Raises ``Unknown`` for what it has not filed, be it there or
    not, and ``BadRequest`` where the case takes nothing any more or the update's name was used for
    another one.
    """
    seen = [offer.kind for offer in on_offer.offers if offer.answers is not Answers.BLACKBOX]
    query = (
        select(Case)
        .join(OpenFiling, OpenFiling.case_id == Case.id)
        .where(
            Case.reference == tidy(sent.reference),
            Case.kind.in_(seen),
            OpenFiling.key_id == peer.id,
        )
        # Held until the commit: what comes in at once for one case is taken in turn.
        .with_for_update(of=Case)
    )
    case = await session.scalar(query)
    if case is None:
        raise Unknown("not_filed", reference=sent.reference)
    if await _taken(session, peer, sent, case):
        return
    order = Order(
        command=COMMAND,
        actor=Actor.CITIZEN,
        at=max(sent.at, case.updated_at),
        author=peer.author,
        words=f"[{sent.status}] {sent.text}",
    )
    try:
        event = await apply(session, vault, case, order)
    except StepNotPossible:
        raise BadRequest(Fault(name="over", values={"reference": case.reference})) from None
    session.add(OpenUpdate(key_id=peer.id, event_id=event.id, update_id=sent.update_id))
    await session.flush()


async def _taken(session: AsyncSession, peer: Peer, sent: Sent, case: Case) -> bool:
    query = (
        select(CaseEvent.case_id)
        .join(OpenUpdate, OpenUpdate.event_id == CaseEvent.id)
        .where(OpenUpdate.key_id == peer.id, OpenUpdate.update_id == sent.update_id)
    )
    known = await session.scalar(query)
    if known not in {None, case.id}:
        raise BadRequest(Fault(name="id_used", values={"name": "update_id"}))
    return known is not None


def _query(wanted: UpdatesWanted, peer: Peer | None) -> Select[CaseEvent, Case, bool]:
    own = and_(OpenFiling.case_id == Case.id, OpenFiling.key_id == (peer.id if peer else ""))
    query = (
        select(CaseEvent, Case, OpenFiling.id.is_not(None))
        .join(Case, Case.id == CaseEvent.case_id)
        .outerjoin(OpenFiling, own)
        .where(
            CaseEvent.public,
            CaseEvent.at >= wanted.window.since,
            CaseEvent.at < wanted.window.until + SECOND,
            Case.demo.is_(False),
            or_(OpenFiling.id.is_not(None), Case.state.not_in(UNSEEN)),
        )
        .order_by(CaseEvent.at, CaseEvent.id)
        .limit(min(wanted.page.size, MOST_ROWS))
        .offset(wanted.page.offset)
    )
    return query.where(Case.reference == tidy(wanted.reference)) if wanted.reference else query
