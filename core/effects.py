"""The closed list of things a turn may do to the world; all are applied in the turn's commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.alerts import Subscription
from core.fraud_reports import FraudReport
from core.grids import DayReport


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestHandoff:
    """Queue the conversation for a person; ``urgent`` puts it at the head.

    With ``answer_by`` nobody is there: it is promised until then, and the bot goes on answering.
    At ``page_at`` whoever is on call is called, unless somebody has taken it.
    """

    reason: str
    urgent: bool = False
    answer_by: datetime | None = None
    page_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveQueue:
    """Take the conversation out of the queue again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFailedLookup:
    """A wrong reference or code was given; counted alike whether the reference exists or not."""

    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseMe:
    """Delete what was said in this conversation and forget who the citizen is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCase:
    """Open a case as its writer confirmed it; ``kind`` are the two letters of its reference.

    ``title`` has at most 40 characters; ``text`` is for those who handle it, not for its public
    timeline; ``area`` is a key of ``cases/districts.yml``. ``place`` is where, in words. ``person``
    is who they are and ``details`` the rest, both by field of the form. ``uploads`` are ids of
    pictures sent in the conversation; as many of them as are still kept go with the case.
    """

    kind: str
    sub_kind: str
    title: str
    text: str
    area: str
    place: str = ""
    person: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    uploads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportThings:
    """Report every number, address, account and program that a text names, for staff to look at."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealThings:
    """Say that those that a text names were listed wrongly; ``why`` is for staff."""

    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFraudReport:
    """Open a case of a fraud with the money that went, as its writer confirmed it."""

    report: FraudReport


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDocument:
    """Keep a filled document for a day, with a link for each of its ``formats``.

    ``values`` are what goes into it, as people read it; ``slots`` what was filled in, to mend it.
    """

    kind: str
    values: Mapping[str, str]
    slots: Mapping[str, str]
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _CaseStep:
    """A citizen's step with a case: their own, or one that ``code`` opens."""

    reference: str
    code: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgeCase(_CaseStep):
    """Ask that an overdue case be seen to (催办)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateCase(_CaseStep):
    """Rate how a case was handled; ``score`` is 1 to 5."""

    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCase(_CaseStep):
    """Take a case back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenCase(_CaseStep):
    """Open a closed case again, within its period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddToCase(_CaseStep):
    """Add what the citizen says, and pictures sent in the conversation, to a case in hand."""

    uploads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReview(_CaseStep):
    """Ask for the review, or the second review, of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAppointment(_CaseStep):
    """Give an appointment up and its place back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveAppointment(_CaseStep):
    """Take another time for an appointment; ``slot`` is its id."""

    slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookAppointment:
    """Take a place in a slot, as its writer confirmed it; ``text`` is for those who keep the time.

    ``person`` is who they are and ``details`` the rest, both by field of the form.
    """

    slot: str
    text: str
    person: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSeat:
    """Keep a place in a slot, by its id, while its form is filled in."""

    slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitSeat:
    """Wait for any time of the service and place of a slot, by its id."""

    slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveList:
    """Wait for a service no more, and give back what is kept of it."""

    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BindGrid:
    """Bind the citizen, a grid worker, to the grid of a one-time code."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGrid:
    """Keep a grid worker's report of a day; ``grid`` is the grid's id. A second one corrects it."""

    grid: str
    report: DayReport


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFraud:
    """Count one sighting of a type of fraud in an area: a number, neither who nor what was said."""

    fraud_type: str
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeAlerts:
    """Warn the citizen of surges in this conversation."""

    wanted: Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsubscribeAlerts:
    """Warn the citizen of nothing any more."""


CaseStepTaken = (
    UrgeCase | RateCase | WithdrawCase | ReopenCase | AddToCase | AskReview | CancelAppointment
)
SeatWish = HoldSeat | AwaitSeat | LeaveList
Effect = (
    RequestHandoff
    | LeaveQueue
    | CountFailedLookup
    | EraseMe
    | FileCase
    | FileFraudReport
    | CaseStepTaken
    | IssueDocument
    | BookAppointment
    | MoveAppointment
    | SeatWish
    | BindGrid
    | ReportGrid
    | CountFraud
    | ReportThings
    | AppealThings
    | SubscribeAlerts
    | UnsubscribeAlerts
)
