"""Moves cases on; the caller's session is the transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from cases import delivery
from cases.appointments import following
from cases.clocks import all_clocks
from cases.counsel.conflicts import assign
from cases.demands import check_order, check_photo, check_time
from cases.errors import BadOrder, CaseChanged
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import Machine, Move, Supervision
from cases.models import Case, CaseClock, CaseEvent, CaseTransfer
from cases.notices import tell
from cases.orders import Order
from cases.persons import seals_of
from cases.recording import Beside, Sealed, new_files, record, show
from cases.records import attachments_of, closing_event, find
from cases.timing import begun, end, revive, time_passes
from cases.transfers import follow, new_transfers, transfers_of
from cases.urging import URGE_REPLY
from db.encryption import Vault

RANKS = tuple(Supervision)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A step that may be taken: its row of the table, its order, and what stands beside."""

    machine: Machine
    move: Move
    order: Order
    beside: Beside


async def apply(session: AsyncSession, vault: Vault, case: Case, order: Order) -> CaseEvent:
    """Take a step: event, state, periods, and news for the citizen, in the caller's transaction.

    Raises ``StepNotPossible``, ``StepNotAllowed``, ``BadOrder``, ``NotOverdue``, ``TooLate``,
    ``ConflictOfInterest``, and ``CaseChanged`` when another step came first: then load the case again.
    """
    step = await _checked(session, case, order)
    await assign(session, case, order)
    move, beside = step.move, step.beside
    seals = await seals_of(session, vault, [case])
    filer = seals.of_filer(case.id)
    order, sent = _money(filer, case, step)
    sealed = Sealed.of(order, vault, filer)
    merged_into = order.into and await _other(session, case, order.into)
    to, ended = await _where(session, case, step)
    time_passes(step.machine, move, order, beside.running, sealed.text)
    end(step.machine, ended, order)
    started = begun(step.machine, move, case, order)
    files = new_files(case, order, beside.attachments, seals)
    show(beside.attachments, order.show)
    case.merged_into = merged_into or case.merged_into
    _set_variables(case, step, to, answered=any(c.name == URGE_REPLY for c in ended))
    after = Beside(
        clocks=[*beside.clocks, *started],
        attachments=[*beside.attachments, *files],
        transfers=[*beside.transfers, *sent],
    )
    event = record(case, order, after, to, sealed)
    await delivery.follow(session, case, order)
    session.add(event)
    await _flush(session)
    session.add_all([*started, *files, *sent])
    await _flush(session)
    if not move.quiet:
        await tell(session, vault, case, event, order)
    await following.follow(session, vault, case, event, order)
    return event


async def _checked(session: AsyncSession, case: Case, order: Order) -> _Step:
    """The step, if all it wants is there; nothing is changed yet."""
    machine = machine_of(case.kind)
    move = machine.step(case.state, order.command, sub_kind=case.sub_kind, actor=order.actor)
    check_order(machine, move, case, order)
    beside = Beside(
        clocks=await all_clocks(session, case),
        attachments=await attachments_of(session, case),
        transfers=await transfers_of(session, case),
    )
    check_time(machine, move, case, order, beside.running)
    check_photo(move, beside.attachments, order)
    if move.reasons is not None:
        told = machine.reasons[move.reasons][order.reason].told
        order = replace(order, text=told + order.text)
    return _Step(machine=machine, move=move, order=order, beside=beside)


def _money(filer: Vault, case: Case, step: _Step) -> tuple[Order, list[CaseTransfer]]:
    """The order with what is told of the money it follows, and the transfers it adds."""
    order, known = step.order, step.beside.transfers
    sent = new_transfers(filer, case, order.sent, at=order.at, after=len(known))
    if order.trace is not None:
        order = replace(order, text=follow(known, order.trace) + order.text)
    return order, sent


async def _where(session: AsyncSession, case: Case, step: _Step) -> tuple[str, list[CaseClock]]:
    """Where the step leads, and which periods it ends."""
    move, running = step.move, step.beside.running
    if move.revives:
        closing = await closing_event(session, case)
        clocks = step.beside.clocks
        revive(step.machine, clocks, closed_at=case.closed_at, at=step.order.at)
        return closing.from_state, []
    to = move.to or case.state
    if to != case.state and not move.keeps:
        return to, running
    return to, [clock for clock in running if clock.name in move.stops]


def _set_variables(case: Case, step: _Step, to: str, *, answered: bool) -> None:
    move, order = step.move, step.order
    closes = to in step.machine.ends
    if move.supervision is not None:
        case.supervision = _watched(case.supervision, move.supervision)
    elif closes or (case.supervision == Supervision.REMINDED and answered):
        case.supervision = Supervision.NONE
    case.sub_kind = order.sub_kind or case.sub_kind
    if order.score is not None:
        case.rating, case.rated_at = order.score, case.rated_at or order.at
    if closes != (case.closed_at is not None):
        case.closed_at = order.at if closes else None
    case.agency = move.agency or order.agency or case.agency


def _watched(before: str, wanted: Supervision) -> Supervision:
    # A citizen's reminder takes nothing away from what those above have ordered.
    if wanted is Supervision.NONE:
        return wanted
    return max(Supervision(before), wanted, key=RANKS.index)


async def _other(session: AsyncSession, case: Case, reference: str) -> str:
    other = await find(session, reference)
    if other.id == case.id:
        raise BadOrder("a case cannot be merged into itself")
    return other.id


async def _flush(session: AsyncSession) -> None:
    try:
        await session.flush()
    except StaleDataError as error:
        raise CaseChanged from error
