"""What a body's word means for a case: which steps of its kind, and what is said with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

import yaml
from pydantic import TypeAdapter

from bodies.contract import Status
from cases.errors import StepNotPossible
from cases.kinds.catalogue import machine_of, machines
from cases.kinds.machine import Actor, Machine
from cases.models import Case
from core.errors import Invalid

FILE = Path(__file__).with_name("statuses.yml")
Steps = Mapping[Status, tuple[str, ...]]


class FaultyStatuses(Invalid):
    """The table of what bodies' words mean does not hold together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statuses:
    """Steps by kind and status, ``otherwise`` for kinds without a row; sentences; hidden ones."""

    otherwise: Steps
    kinds: Mapping[str, Steps]
    said: Mapping[Status, str]
    hidden: frozenset[Status]

    def of(self, kind: str) -> Steps:
        """What each word means for cases of a kind."""
        return self.kinds.get(kind, self.otherwise)

    def sentence(self, status: Status, unit: str) -> str:
        """What is said for a body that said nothing itself; empty where a step needs no words."""
        return Template(self.said.get(status, "")).substitute(unit=unit)


@cache
def statuses() -> Statuses:
    """The packaged table; raises ``FaultyStatuses`` naming what is wrong."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    table = TypeAdapter(Statuses).validate_python(raw)
    faults = list(_faults(table))
    if faults:
        raise FaultyStatuses(f"{FILE.name}: {'; '.join(faults)}")
    return table


def steps_for(case: Case, status: Status) -> Sequence[str]:
    """The steps that bring a case to where the body says it is, those already taken left out.

    Raises ``StepNotPossible`` where no way leads there from its state.
    """
    machine = machine_of(case.kind)
    chain = statuses().of(case.kind).get(status)
    if chain is None:
        raise StepNotPossible
    able = _able(machine, case)
    # The shortest end of the chain that can be begun now: what comes before it was taken.
    for start in reversed(range(len(chain))):
        if chain[start] in able:
            return chain[start:]
    if chain:
        raise StepNotPossible
    return ()


def _able(machine: Machine, case: Case) -> Sequence[str]:
    return machine.possible(case.state, sub_kind=case.sub_kind, actor=Actor.OFFICER)


def _faults(table: Statuses) -> Iterator[str]:
    # Kinds without a row of their own need not have every step: there a word may be refused.
    for machine in (m for m in machines() if m.kind in table.kinds):
        for status, chain in table.kinds[machine.kind].items():
            missing = [command for command in chain if command not in machine.commands]
            yield from (f"{machine.kind} {status}: no such step: {name}" for name in missing)
    known = {machine.kind for machine in machines()}
    yield from (f"no such kind: {kind}" for kind in table.kinds.keys() - known)
