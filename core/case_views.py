"""A case as those may see it who filed it or hold its code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.messages import Citation


class LookupState(StrEnum):
    """How a look-up by reference and query code ended."""

    FOUND = "found"
    WRONG = "wrong"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStep:
    """One public event of a case."""

    at: datetime
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A period that runs: what is due, until when, by which article, and how it was counted.

    ``citation`` is None where no law sets it but this service or an office; ``computed`` says so.
    """

    what: str
    due: date
    computed: str
    citation: Citation | None
    overdue: bool
    paused: bool = False
    binds_citizen: bool = False


class UrgeState(StrEnum):
    """Whether a case can be urged on (催办), and if not, why not."""

    YES = "yes"
    NOT_DUE = "not_due"
    ASKED = "asked"
    NOTHING_RUNS = "nothing_runs"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Urging:
    """What urging would come to: ``until`` is the day that has to pass first.

    Of ``NOT_DUE`` it is the period's last day, of ``ASKED`` the day the last urging is answered by.
    """

    state: UrgeState
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case as its owner may see it.

    ``kind`` are its two letters, ``deadline`` the one that matters most of ``deadlines``.
    ``steps_open`` are the commands its citizen may give now; ``explained`` is what an end means.
    ``supervision`` is none, reminded, supervised or listed. ``money`` says of each transfer of a fraud
    report how it stands.
    """

    reference: str
    title: str
    state: str
    agency: str
    district: str
    demo: bool
    steps: tuple[CaseStep, ...]
    deadline: Deadline | None
    kind: str = "XF"
    kind_name: str = ""
    closed: bool = False
    deadlines: tuple[Deadline, ...] = ()
    urging: Urging = Urging(state=UrgeState.NOTHING_RUNS)
    supervision: str = "none"
    rating: int | None = None
    steps_open: tuple[str, ...] = ()
    explained: str = ""
    money: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """An open public case like the one to be filed; ``likeness`` is 0 to 1."""

    reference: str
    place: str
    state: str
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLookup:
    """A look-up's end; ``case`` is set only when found, ``until`` only when locked.

    ``system`` is whose number it looks like, where it is none of ours and that can be told.
    """

    state: LookupState
    case: CaseView | None = None
    until: datetime | None = None
    system: str = ""
