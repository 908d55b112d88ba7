"""A kind of case as a table: who may do what in which state, and which periods then run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """Whose deadline a period is; one between authorities is not shown to the citizen.

    The other side is an employer, or whoever an agreement was made with.
    """

    AUTHORITY = "authority"
    CITIZEN = "citizen"
    OTHER = "other"
    INTERNAL = "internal"


class Basis(StrEnum):
    """What a period rests on: an article, this service's promise, a decision, an agreement."""

    LAW = "law"
    POLICY = "policy"
    DECISION = "decision"
    AGREED = "agreed"


class Supervision(StrEnum):
    """How far a case is watched over; a variable of its own, no state.

    Reminded by its citizen (催办), supervised by those above (督办), listed in public (挂牌督办).
    """

    NONE = "none"
    REMINDED = "reminded"
    SUPERVISED = "supervised"
    LISTED = "listed"


class Money(StrEnum):
    """What a step has to do with the transfers of a case: it adds some, or says what became of one."""

    ADDS = "adds"
    FOLLOWS = "follows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A row of the table: where a step leads, who may take it, and what it does beside.

    ``to`` is None where the state stays. ``starts`` names the periods that begin; a change of
    state ends those that ran, unless ``keeps``; ``stops`` ends some without a change.
    ``pauses`` and ``resumes`` hold one that runs and let it go on; ``extends`` lengthens one.
    ``revives`` goes back to before the step that closed the case, with the periods it ended.
    ``supervision`` is what that becomes, ``agency`` who has the case then, whatever the order says. ``only_for`` limits the move to some sub-kinds (empty: all).

    Of the order it wants: ``joins`` another case, ``reasons`` a code of that list, ``words`` a text,
    ``approved`` an approver, ``classifies`` a sub-kind, ``rates`` a score, ``photo`` a picture of
    that stage. ``needs`` is the period within which a citizen may take it, ``after`` the
    one that has to be over first; ``urges`` means
    only when something is overdue or was badly handled. ``publishes`` shows some of its pictures.
    ``money`` is what it does with transfers; ``counsel`` means that it may name a lawyer. ``quiet`` steps are not told to the citizen.
    """

    to: str | None = None
    by: frozenset[Actor]
    starts: tuple[str, ...] = ()
    keeps: bool = False
    stops: tuple[str, ...] = ()
    pauses: str | None = None
    resumes: str | None = None
    extends: str | None = None
    revives: bool = False
    supervision: Supervision | None = None
    agency: str = ""
    only_for: frozenset[str] = frozenset()
    joins: bool = False
    reasons: str | None = None
    words: bool = False
    approved: bool = False
    classifies: bool = False
    rates: bool = False
    photo: str | None = None
    needs: str | None = None
    after: str | None = None
    urges: bool = False
    publishes: bool = False
    money: Money | None = None
    counsel: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """A period: what sets it, its length in ``unit``, and how to say how it was counted.

    Of ``basis`` other than law, ``law``, ``article`` and ``quote`` are empty. ``days`` is 0 where
    the step that starts it says how long. ``in_force`` says that the law's text is in the packaged
    corpus; else it was attested by hand. ``only_for`` limits it to some sub-kinds (empty: all);
    ``extend_by`` is the most it can be lengthened by, once, in its own unit. ``computed`` has the fields
    ``start`` and ``days``.

    ``warn`` is the step that is taken by itself when four fifths of it have passed, or each of the
    days that ``reminds`` names; ``over`` the one the day after its last, or ``grace`` days later,
    with ``over_reason``; empty: none.
    """

    name: str
    what: str
    days: int
    computed: str
    basis: Basis = Basis.LAW
    law: str = ""
    article: str = ""
    quote: str = ""
    in_force: bool = False
    binds: Binds = Binds.AUTHORITY
    unit: Unit = Unit.DAYS
    only_for: frozenset[str] = frozenset()
    extend_by: int = 0
    warn: str = ""
    over: str = ""
    over_reason: str = ""
    grace: int = 0
    reminds: tuple[int, ...] = ()

    def applies_to(self, sub_kind: str) -> bool:
        """Whether a case of that sub-kind has this period."""
        return not self.only_for or sub_kind in self.only_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A reason that a step can have: its short label, and what is told with it."""

    label: str
    told: str
    law: str = ""
    article: str = ""
    quote: str = ""


@dataclass(frozen=True, kw_only=True)
class Machine:
    """All about one kind: its opening step, its moves and its words.

    ``moves`` maps (state, command); ``ends`` are the states in which a case is closed, though it
    may still be rated or reopened. The labels name states, commands and sub-kinds for people;
    ``reasons`` are lists of codes by name, ``explained`` says what some states mean. ``public`` kinds may be shown to everybody, without
    what tells of their citizen. ``most_persons`` is how many may file one together. ``routed`` are
    sub-kinds that go only where the table sends them: no order names who has them. ``counselled``
    are those that a lawyer serves, who must not serve the other side.
    """

    kind: str
    name: str
    desk: str
    received: str
    opening: tuple[str, Move]
    moves: Mapping[tuple[str, str], Move]
    ends: frozenset[str]
    clocks: Mapping[str, ClockRule]
    state_labels: Mapping[str, str]
    command_labels: Mapping[str, str]
    sub_kind_labels: Mapping[str, str]
    reasons: Mapping[str, Mapping[str, Why]] = field(default_factory=dict)
    explained: Mapping[str, str] = field(default_factory=dict)
    public: bool = False
    most_persons: int = 1
    routed: frozenset[str] = frozenset()
    counselled: frozenset[str] = frozenset()

    @cached_property
    def open_states(self) -> frozenset[str]:
        """The states in which the case is not closed."""
        return frozenset(self.state_labels) - self.ends

    @cached_property
    def commands(self) -> frozenset[str]:
        """Every step there is."""
        return frozenset({self.opening[0], *(command for _, command in self.moves)})

    @cached_property
    def photographed(self) -> bool:
        """Whether pictures show how it was before and after."""
        return any(move.photo for move in self.moves.values())

    def step(self, state: str, command: str, *, sub_kind: str, actor: Actor) -> Move:
        """The move a command makes; raises ``StepNotPossible`` or ``StepNotAllowed``."""
        move = self.moves.get((state, command))
        if move is None or (move.only_for and sub_kind not in move.only_for):
            raise StepNotPossible
        if actor not in move.by:
            raise StepNotAllowed
        return move

    def possible(self, state: str, *, sub_kind: str, actor: Actor) -> tuple[str, ...]:
        """The commands somebody may give in a state, in the order of the table."""
        return tuple(
            command
            for (at, command), move in self.moves.items()
            if at == state
            and actor in move.by
            and (not move.only_for or sub_kind in move.only_for)
        )
