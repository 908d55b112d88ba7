"""A kind of case as a table: who may do what in which state, and which periods then run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from cases.errors import StepNotAllowed, StepNotPossible
from timekeeping.periods import Unit


class Actor(StrEnum):
    """Who takes a step."""

    CITIZEN = "citizen"
    OFFICER = "officer"
    SYSTEM = "system"


class Binds(StrEnum):
    """Whose deadline a period is; one between authorities is not shown to the citizen."""

    AUTHORITY = "authority"
    CITIZEN = "citizen"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A row of the table: where a step leads and who may take it.

    ``starts`` names the periods that begin. A change of state ends those that ran, unless
    ``keeps``; ``extends`` names the one that is lengthened. ``only_for`` limits the move to some
    sub-kinds (empty: all); ``joins`` means that another case must be named.
    """

    to: str
    by: frozenset[Actor]
    starts: tuple[str, ...] = ()
    keeps: bool = False
    joins: bool = False
    extends: str | None = None
    only_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """A statutory period: its rule, its length in ``unit``, and how to say how it was counted.

    ``only_for`` limits it to some sub-kinds (empty: all); ``extend_by`` is the most it can be
    lengthened by, once, in days. ``computed`` has the fields ``start`` and ``days``.
    """

    name: str
    what: str
    law: str
    article: str
    quote: str
    days: int
    computed: str
    binds: Binds = Binds.AUTHORITY
    unit: Unit = Unit.DAYS
    only_for: frozenset[str] = frozenset()
    extend_by: int = 0

    def applies_to(self, sub_kind: str) -> bool:
        """Whether a case of that sub-kind has this period."""
        return not self.only_for or sub_kind in self.only_for


@dataclass(frozen=True, kw_only=True)
class Machine:
    """All about one kind: its opening step, its moves and its words.

    ``moves`` maps (state, command); a state with no move is an end. The labels name states,
    commands and sub-kinds for people.
    """

    opening: tuple[str, Move]
    moves: Mapping[tuple[str, str], Move]
    clocks: Mapping[str, ClockRule]
    state_labels: Mapping[str, str]
    command_labels: Mapping[str, str]
    sub_kind_labels: Mapping[str, str]

    @cached_property
    def open_states(self) -> frozenset[str]:
        """The states something can still happen in."""
        return frozenset(state for state, _ in self.moves)

    def step(self, state: str, command: str, *, sub_kind: str, actor: Actor) -> Move:
        """The move a command makes; raises ``StepNotPossible`` or ``StepNotAllowed``."""
        move = self.moves.get((state, command))
        if move is None or (move.only_for and sub_kind not in move.only_for):
            raise StepNotPossible
        if actor not in move.by:
            raise StepNotAllowed
        return move
