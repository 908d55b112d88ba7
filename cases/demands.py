"""What a step wants of its order before it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from cases.clocks import is_overdue
from cases.errors import BadOrder, NotOverdue, StepNotPossible, TooLate
from cases.kinds.machine import Actor, Binds, Machine, Money, Move
from cases.models import Case, CaseAttachment, CaseClock
from cases.orders import Order
from cases.urging import urging
from core.case_views import UrgeState
from timekeeping.periods import is_over

WORST, BEST = 1, 5
# A promise of this service: a rating may be thought over for a week.
RATING_STANDS_AFTER = timedelta(days=7)
OVERDUE = "overdue"


def check_order(machine: Machine, move: Move, case: Case, order: Order) -> None:
    """What the order must hold and must not; raises ``BadOrder``."""
    if order.at < case.updated_at:
        raise BadOrder("a step cannot be older than the one before it")
    if move.joins != (order.into is not None):
        raise BadOrder("a merger, and only that, names another case")
    if move.words and not order.text.strip():
        raise BadOrder("this step needs a text")
    if move.approved and not order.approver.strip():
        raise BadOrder("this step needs the person who approved it")
    if order.lawyer and not move.counsel:
        raise BadOrder("this step gives the case to no lawyer")
    if order.agency and (move.agency or case.sub_kind in machine.routed):
        raise BadOrder("who has the case after this step is not to be chosen")
    _check_reason(machine, move, order)
    _check_choice(machine, move, order)


def check_time(
    machine: Machine, move: Move, case: Case, order: Order, running: Sequence[CaseClock]
) -> None:
    """Whether it is the time for it; raises ``NotOverdue``, ``TooLate`` and ``BadOrder``."""
    if move.urges and urging(case, machine, running, order.at).state is not UrgeState.YES:
        raise NotOverdue
    if order.reason == OVERDUE and not _anything_overdue(running, order.at):
        raise NotOverdue
    # An officer may write down what came in time on paper and late to the screen.
    if move.needs is not None and order.actor is Actor.CITIZEN:
        _check_within(move.needs, running, order.at)
    if move.after is not None:
        _check_over(move.after, running, order.at)
    if move.rates and case.rated_at and order.at > case.rated_at + RATING_STANDS_AFTER:
        raise TooLate


def check_photo(move: Move, attachments: Sequence[CaseAttachment], order: Order) -> None:
    """Whether the picture the step wants is there; raises ``BadOrder``."""
    stages = {a.stage for a in attachments} | {f.stage for f in order.files}
    if move.photo is not None and move.photo not in stages:
        raise BadOrder(f"this step needs a photo of the stage “{move.photo}”")


def _check_reason(machine: Machine, move: Move, order: Order) -> None:
    if move.reasons is None:
        if order.reason:
            raise BadOrder("this step has no list of reasons")
        return
    known = machine.reasons[move.reasons]
    if order.reason not in known:
        raise BadOrder(f"this step needs a reason: {', '.join(known)}")


def _check_choice(machine: Machine, move: Move, order: Order) -> None:
    if move.classifies != (order.sub_kind is not None):
        raise BadOrder("a classification, and only that, names a sub-kind")
    if order.sub_kind is not None and order.sub_kind not in machine.sub_kind_labels:
        raise BadOrder(f"no such sub-kind; there are {', '.join(machine.sub_kind_labels)}")
    if move.rates != (order.score is not None):
        raise BadOrder("a rating, and only that, has a score")
    if (move.money is Money.ADDS) != bool(order.sent):
        raise BadOrder("adding a transfer, and only that, brings some")
    if (move.money is Money.FOLLOWS) != (order.trace is not None):
        raise BadOrder("following money, and only that, says of which transfer")
    if move.publishes != bool(order.show):
        raise BadOrder("publishing, and only that, names attachments")
    if order.score is not None and not WORST <= order.score <= BEST:
        raise BadOrder(f"a score is {WORST} to {BEST}")


def _check_within(name: str, running: Sequence[CaseClock], at: datetime) -> None:
    clock = next((c for c in running if c.name == name), None)
    if clock is None:
        raise StepNotPossible
    if is_over(clock.due, at):
        raise TooLate


def _check_over(name: str, running: Sequence[CaseClock], at: datetime) -> None:
    if any(c.name == name and not is_overdue(c, at) for c in running):
        raise NotOverdue


def _anything_overdue(running: Sequence[CaseClock], at: datetime) -> bool:
    return any(c.binds == Binds.AUTHORITY and is_overdue(c, at) for c in running)
