"""What a step does to the periods of its case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from cases.clocks import extend_clock, next_look, pause_clock, resume_clock, start_clock
from cases.errors import BadOrder, StepNotPossible, TooLate
from cases.kinds.machine import Binds, Machine, Move
from cases.models import Case, CaseClock
from cases.orders import Order
from timekeeping.periods import day_of, is_over


def begun(machine: Machine, move: Move, case: Case, order: Order) -> list[CaseClock]:
    """The periods that a step starts."""
    rules = (machine.clocks[name] for name in move.starts)
    return [
        start_clock(rule, case=case, command=order.command, at=order.at, days=order.days)
        for rule in rules
        if rule.applies_to(case.sub_kind)
    ]


def time_passes(
    machine: Machine, move: Move, order: Order, running: Sequence[CaseClock], reason_sealed: str
) -> None:
    """Lengthen, hold or let go on what the step names; raises ``BadOrder``."""
    if move.extends is not None:
        clock = _running(move.extends, running)
        approval = (order.approver.strip(), reason_sealed)
        rule = machine.clocks[move.extends]
        extend_clock(clock, rule, days=order.days, at=order.at, approval=approval)
    if move.pauses is not None:
        pause_clock(_running(move.pauses, running), at=order.at)
    if move.resumes is not None:
        rule = machine.clocks[move.resumes]
        resume_clock(_running(move.resumes, running), rule, at=order.at)


def end(machine: Machine, clocks: Iterable[CaseClock], order: Order) -> None:
    """Stop periods; one that was paused goes on first, so that its last day is right."""
    for clock in clocks:
        if clock.pauses.endswith("/"):
            resume_clock(clock, machine.clocks[clock.name], at=order.at)
        clock.stopped_at, clock.stopped_by, clock.look_on = order.at, order.command, None


def revive(
    machine: Machine, clocks: Sequence[CaseClock], *, closed_at: datetime | None, at: datetime
) -> None:
    """Let the periods that the closing ended run again.

    Raises ``TooLate`` when the one that binds the citizen is over, and ``StepNotPossible`` when
    there was none: then there is nothing left to ask for.
    """
    ended = [c for c in clocks if c.stopped_at is not None and c.stopped_at == closed_at]
    own = [c for c in ended if c.binds == Binds.CITIZEN]
    if not own:
        raise StepNotPossible
    if all(is_over(c.due, at) for c in own):
        raise TooLate
    for clock in ended:
        clock.stopped_at, clock.stopped_by = None, None
        rule = machine.clocks[clock.name]
        clock.look_on = next_look(rule, clock.started_on, clock.due, after=day_of(at))


def _running(name: str, running: Sequence[CaseClock]) -> CaseClock:
    clock = next((clock for clock in running if clock.name == name), None)
    if clock is None:
        raise BadOrder("that period does not run")
    return clock
