"""Reads a kind of case from its YAML table, and refuses one that does not hold together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ConfigDict, TypeAdapter

from cases.kinds.machine import Actor, Basis, ClockRule, Machine, Move, Why
from core.errors import Invalid

FOLDER = Path(__file__).parent
OPEN = "open"
ENDED = "ended"
ALL: Literal["all"] = "all"
# A word nobody knows is a slip of the pen, not an extra.
STRICT = ConfigDict(extra="forbid")


class FaultyTable(Invalid):
    """The table of this kind does not hold together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row(Move):
    """A move as it is written: ``states`` lists them, or says ``open`` or ``ended`` for all such."""

    __pydantic_config__ = STRICT

    command: str
    states: tuple[str, ...] | str = ()

    @property
    def move(self) -> Move:
        """The row as the machine keeps it."""
        return Move(**{field.name: getattr(self, field.name) for field in fields(Move)})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock(ClockRule):
    __pydantic_config__ = STRICT


@dataclass(frozen=True, kw_only=True)
class _Table:
    kind: str
    name: str
    desk: str
    received: str
    sub_kinds: Mapping[str, str]
    states: Mapping[str, str]
    ends: frozenset[str]
    commands: Mapping[str, str]
    opening: _Row
    moves: tuple[_Row, ...]
    clocks: Mapping[str, _Clock]
    reasons: Mapping[str, Mapping[str, Why]] = field(default_factory=dict)
    explained: Mapping[str, str] = field(default_factory=dict)
    public: bool = False
    most_persons: int = 1
    routed: frozenset[str] = frozenset()
    counselled: frozenset[str] | Literal["all"] = frozenset()

    __pydantic_config__ = STRICT


@cache
def read_table(name: str) -> Machine:
    """The machine of ``<name>.yml``; raises ``FaultyTable`` naming what is wrong."""
    raw = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    raw["clocks"] = {name: {**row, "name": name} for name, row in raw["clocks"].items()}
    machine = _machine(TypeAdapter(_Table).validate_python(raw))
    faults = [*_unknown(machine), *_unreached(machine), *_stuck(machine)]
    if faults:
        raise FaultyTable(f"{name}.yml: {'; '.join(faults)}")
    return machine


def _machine(table: _Table) -> Machine:
    return Machine(
        kind=table.kind,
        name=table.name,
        desk=table.desk,
        received=table.received,
        opening=(table.opening.command, table.opening.move),
        moves=_moves(table),
        ends=table.ends,
        clocks=table.clocks,
        state_labels=table.states,
        command_labels=table.commands,
        sub_kind_labels=table.sub_kinds,
        reasons=table.reasons,
        explained=table.explained,
        public=table.public,
        most_persons=table.most_persons,
        routed=table.routed,
        counselled=frozenset(table.sub_kinds) if table.counselled == ALL else table.counselled,
    )


def _moves(table: _Table) -> dict[tuple[str, str], Move]:
    moves: dict[tuple[str, str], Move] = {}
    for row in table.moves:
        for state in _states(table, row):
            if (state, row.command) in moves:
                raise FaultyTable(f"{table.kind}: {state} → {row.command} is there twice")
            moves[state, row.command] = row.move
    return moves


def _states(table: _Table, row: _Row) -> tuple[str, ...]:
    if row.states == OPEN:
        return tuple(s for s in table.states if s not in table.ends)
    if row.states == ENDED:
        return tuple(s for s in table.states if s in table.ends)
    return (row.states,) if isinstance(row.states, str) else row.states


def _unknown(machine: Machine) -> Iterator[str]:
    """Names that the table uses and does not explain, and those it explains and never uses."""
    rows = [machine.opening[1], *machine.moves.values()]
    used = {
        "state": (
            {s for s, _ in machine.moves}
            | {m.to for m in rows if m.to}
            | machine.ends
            | machine.explained.keys(),
            set(machine.state_labels),
        ),
        "command": (machine.commands, set(machine.command_labels)),
        "period": ({name for m in rows for name in _periods(m)}, set(machine.clocks)),
        "reasons": ({m.reasons for m in rows if m.reasons}, set(machine.reasons)),
    }
    for what, (named, known) in used.items():
        yield from (f"no such {what}: {name}" for name in sorted(named - known))
        yield from (f"{what} never used: {name}" for name in sorted(known - named))
    for name, rule in machine.clocks.items():
        if (rule.basis is Basis.LAW) != bool(rule.law and rule.article and rule.quote):
            yield f"{name} must cite an article if it is law, and only then"
        yield from (f"{name}: {fault}" for fault in _untimely(machine, rule))


def _periods(move: Move) -> tuple[str, ...]:
    one = (move.pauses, move.resumes, move.extends, move.needs, move.after)
    return (*move.starts, *move.stops, *(name for name in one if name))


def _untimely(machine: Machine, rule: ClockRule) -> Iterator[str]:
    """Steps of a period that are to happen by themselves and cannot."""
    for command in filter(None, (rule.warn, rule.over)):
        rows = [m for (_, given), m in machine.moves.items() if given == command]
        if not any(Actor.SYSTEM in row.by for row in rows):
            yield f"{command} is not taken by the system"
        elif command == rule.over and not _reasoned(machine, rows[0], rule.over_reason):
            yield f"{command} has no reason {rule.over_reason!r}"


def _reasoned(machine: Machine, move: Move, reason: str) -> bool:
    return reason in machine.reasons[move.reasons] if move.reasons else not reason


def _unreached(machine: Machine) -> Iterator[str]:
    reached = _from(machine, str(machine.opening[1].to))
    yield from (f"never reached: {s}" for s in sorted(set(machine.state_labels) - reached))


def _stuck(machine: Machine) -> Iterator[str]:
    for state in machine.open_states:
        if not _from(machine, state) & machine.ends:
            yield f"no end is reached from {state}"


def _from(machine: Machine, start: str) -> set[str]:
    reached, frontier = {start}, {start}
    while frontier:
        frontier = {
            m.to for (s, _), m in machine.moves.items() if s in frontier and m.to is not None
        } - reached
        reached |= frontier
    return reached
