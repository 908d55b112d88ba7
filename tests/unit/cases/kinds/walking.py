"""What the tests of a kind's table share: its course walked by officers, its periods to the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from cases.clocks import deadline_of, is_overdue, start_clock
from cases.kinds.machine import Actor, Basis, Machine
from cases.models import Case
from core.case_views import Deadline
from core.clock import SUZHOU

NOON = 12


def walk(machine: Machine, commands: Iterable[str], *, sub_kind: str) -> list[str]:
    """The states that steps lead through, from the first on; an officer takes them all."""
    states = [str(machine.opening[1].to)]
    for command in commands:
        move = machine.step(states[-1], command, sub_kind=sub_kind, actor=Actor.OFFICER)
        states.append(move.to or states[-1])
    return states


def last_moments(machine: Machine, case: Case, name: str, start: date) -> tuple[date, bool, bool]:
    """A period's last day, and whether it is overdue a second before its end, and at its end."""
    at = datetime(start.year, start.month, start.day, NOON, tzinfo=SUZHOU)
    clock = start_clock(machine.clocks[name], case=case, command="x", at=at)
    midnight = datetime(clock.due.year, clock.due.month, clock.due.day, tzinfo=SUZHOU)
    end = midnight + timedelta(days=1)
    second = timedelta(seconds=1)
    return clock.due, is_overdue(clock, end - second), is_overdue(clock, end)


def told(
    machine: Machine, case: Case, name: str, start: date, days: int | None = None
) -> Deadline:
    """A period as people read it on the day it begins."""
    at = datetime(start.year, start.month, start.day, NOON, tzinfo=SUZHOU)
    clock = start_clock(machine.clocks[name], case=case, command="x", at=at, days=days)
    return deadline_of(clock, machine, at)


def by_basis(machine: Machine, basis: Basis) -> set[str]:
    """The periods of a table that rest on something."""
    return {name for name, rule in machine.clocks.items() if rule.basis is basis}
