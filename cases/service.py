"""Opens cases and moves them on; the caller's session is the transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from cases.chain import event_digest, founding_digest, verify_chain
from cases.clocks import extend_clock, running_clocks, start_clock
from cases.codes import checked_code, code_digest, new_code
from cases.errors import BadFiling, BadOrder, CaseChanged, CaseNotFound, StepNotAllowed
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import ClockRule, Machine, Move
from cases.models import Case, CaseClock, CaseEvent
from cases.numbering import next_reference, reserve
from cases.orders import Filing, Opened, Order
from cases.references import tidy
from core.knowledge import CaseStep
from db.base import new_id
from db.encryption import Vault
from timekeeping.periods import day_of

LONGEST_TITLE = 40


async def open_case(session: AsyncSession, vault: Vault, filing: Filing) -> Opened:
    """Open a case with its first event and the periods that begin with it.

    Raises ``BadFiling``, ``BadReference`` for an unknown district, and ``DayIsFull``.
    """
    machine = machine_of(filing.kind)
    command, move = machine.opening
    title = _checked(filing, machine, move)
    reference = filing.reference or await next_reference(
        session, kind=filing.kind, area=filing.district, day=day_of(filing.at)
    )
    await reserve(session, reference)
    code = checked_code(filing.code) if filing.code else new_code()
    case = Case(
        id=new_id(),
        reference=str(reference),
        code_digest=code_digest(vault, str(reference), code),
        kind=filing.kind,
        sub_kind=filing.sub_kind,
        state="",
        title_sealed=vault.seal(title),
        district=filing.district,
        agency=filing.agency,
        contact_id=filing.contact_id,
        demo=filing.demo,
        last_seq=0,
        created_at=filing.at,
        updated_at=filing.at,
    )
    case.head = founding_digest(case)
    order = Order(command=command, actor=filing.actor, at=filing.at, text=filing.text)
    event = _record(case, order, to=move.to, text_sealed=vault.seal(order.text))
    session.add(case)
    await session.flush()
    session.add(event)
    _start(session, case, move, event)
    await session.flush()
    return Opened(case=case, code=code)


async def apply(session: AsyncSession, vault: Vault, case: Case, order: Order) -> CaseEvent:
    """Take a step: the event, the new state and the periods, all in the caller's transaction.

    Raises ``StepNotPossible``, ``StepNotAllowed``, ``BadOrder``, and ``CaseChanged`` when another
    step came first: then load the case again.
    """
    machine = machine_of(case.kind)
    move = machine.step(case.state, order.command, sub_kind=case.sub_kind, actor=order.actor)
    if order.at < case.updated_at:
        raise BadOrder("a step cannot be older than the one before it")
    if move.joins != (order.into is not None):
        raise BadOrder("a merger, and only that, names another case")
    text_sealed = vault.seal(order.text)
    running = await running_clocks(session, case)
    if move.extends is not None:
        _extend(running, machine.clocks[move.extends], order, text_sealed)
    if order.into is not None:
        case.merged_into = await _other(session, case, order.into)
    ended = running if move.to != case.state and not move.keeps else ()
    event = _record(case, order, to=move.to, text_sealed=text_sealed)
    for clock in ended:
        clock.stopped_at, clock.stopped_by = event.at, event.command
    if case.state not in machine.open_states:
        case.closed_at = event.at
    session.add(event)
    _start(session, case, move, event)
    await _flush(session)
    return event


async def find(session: AsyncSession, reference: str) -> Case:
    """The case of a reference in any spelling; raises ``CaseNotFound``."""
    case = await session.scalar(select(Case).where(Case.reference == tidy(reference)))
    if case is None:
        raise CaseNotFound
    return case


async def timeline(
    session: AsyncSession, vault: Vault, case: Case, labels: Mapping[str, str] | None = None
) -> tuple[CaseStep, ...]:
    """The public events of a case, oldest first; ``labels`` name the steps in another language."""
    labels = labels or machine_of(case.kind).command_labels
    return tuple(
        CaseStep(at=event.at, label=labels[event.command], text=vault.open(event.text_sealed))
        for event in await events(session, case)
        if event.public
    )


async def events(session: AsyncSession, case: Case) -> tuple[CaseEvent, ...]:
    """All events of a case, oldest first."""
    query = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.seq)
    return tuple((await session.scalars(query)).all())


async def verify(session: AsyncSession, case: Case) -> None:
    """Check that the record of a case was not altered; raises ``BrokenChain``."""
    verify_chain(case, await events(session, case))


def _checked(filing: Filing, machine: Machine, move: Move) -> str:
    title = filing.title.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise BadFiling(f"a title has 1 to {LONGEST_TITLE} characters")
    if filing.sub_kind not in machine.sub_kind_labels:
        raise BadFiling("there is no such sub-kind")
    if filing.actor not in move.by:
        raise StepNotAllowed
    return title


def _record(case: Case, order: Order, *, to: str, text_sealed: str) -> CaseEvent:
    case.agency = order.agency or case.agency
    event = CaseEvent(
        id=new_id(),
        case_id=case.id,
        seq=case.last_seq + 1,
        at=order.at,
        actor=order.actor,
        command=order.command,
        from_state=case.state,
        to_state=to,
        agency=case.agency,
        public=order.public,
        text_sealed=text_sealed,
        prev_digest=case.head,
    )
    event.digest = event_digest(event)
    case.state, case.head, case.last_seq, case.updated_at = to, event.digest, event.seq, event.at
    return event


def _extend(
    running: Sequence[CaseClock], rule: ClockRule, order: Order, reason_sealed: str
) -> None:
    clock = next((clock for clock in running if clock.name == rule.name), None)
    if clock is None or not order.text.strip():
        raise BadOrder("an extension needs a running period and a reason")
    extend_clock(clock, rule, days=order.days, at=order.at, reason_sealed=reason_sealed)


def _start(session: AsyncSession, case: Case, move: Move, event: CaseEvent) -> None:
    rules = (machine_of(case.kind).clocks[name] for name in move.starts)
    session.add_all(
        start_clock(rule, case=case, command=event.command, at=event.at)
        for rule in rules
        if rule.applies_to(case.sub_kind)
    )


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
