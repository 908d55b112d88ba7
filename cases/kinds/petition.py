"""Petitions (信访): the course laid down by 《信访工作条例》 (2022)."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cases.kinds.machine import Actor, Binds, ClockRule, Machine, Move
from timekeeping.periods import Unit

PETITION = Path(__file__).with_name("petition.yml")


class State(StrEnum):
    """Where a petition stands."""

    SUBMITTED = "submitted"
    REGISTERED = "registered"
    TRANSFERRED = "transferred"
    ACCEPTED = "accepted"
    REPLIED = "replied"
    UNDER_REVIEW = "under_review"
    REVIEWED = "reviewed"
    UNDER_RECHECK = "under_recheck"
    RECHECKED = "rechecked"
    REDIRECTED = "redirected"
    NOT_ACCEPTED = "not_accepted"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Command(StrEnum):
    """A step that can be taken with a petition."""

    SUBMIT = "submit"
    REGISTER = "register"
    TRANSFER = "transfer"
    OBJECT = "object"
    ACCEPT = "accept"
    REDIRECT = "redirect"
    REFUSE = "refuse"
    NOTE = "note"
    EXTEND = "extend"
    REPLY = "reply"
    REQUEST_REVIEW = "request_review"
    DECIDE_REVIEW = "decide_review"
    REQUEST_RECHECK = "request_recheck"
    DECIDE_RECHECK = "decide_recheck"
    CONCLUDE = "conclude"
    WITHDRAW = "withdraw"
    MERGE = "merge"


_OFFICE = frozenset({Actor.OFFICER})
# A citizen's step may also be written down by an officer, from paper or at the counter.
_CITIZEN = frozenset({Actor.CITIZEN, Actor.OFFICER})
_ANYBODY = frozenset(Actor)
# Review and recheck are open to a claim decided under 第三十一条第六项 only (第三十五、三十六条).
_CLAIM = frozenset({"claim"})

_UNPLACED = (State.REGISTERED, State.TRANSFERRED)
_BEFORE_REPLY = (State.SUBMITTED, *_UNPLACED, State.ACCEPTED)
_DECIDED = (State.REPLIED, State.REVIEWED, State.RECHECKED)
_IN_REVIEW = (State.UNDER_REVIEW, State.UNDER_RECHECK)

_OPENING = Move(to=State.SUBMITTED, by=_CITIZEN, starts=("placement",))

_COURSE: dict[tuple[str, str], Move] = {
    (State.SUBMITTED, Command.REGISTER): Move(to=State.REGISTERED, by=_OFFICE, keeps=True),
    (State.REGISTERED, Command.TRANSFER): Move(
        to=State.TRANSFERRED, by=_OFFICE, starts=("notice", "objection")
    ),
    (State.TRANSFERRED, Command.OBJECT): Move(to=State.REGISTERED, by=_OFFICE),
    (State.ACCEPTED, Command.EXTEND): Move(to=State.ACCEPTED, by=_OFFICE, extends="handling"),
    (State.ACCEPTED, Command.REPLY): Move(to=State.REPLIED, by=_OFFICE, starts=("ask_review",)),
    (State.REPLIED, Command.REQUEST_REVIEW): Move(
        to=State.UNDER_REVIEW, by=_CITIZEN, starts=("review",), only_for=_CLAIM
    ),
    (State.UNDER_REVIEW, Command.DECIDE_REVIEW): Move(
        to=State.REVIEWED, by=_OFFICE, starts=("ask_recheck",)
    ),
    (State.REVIEWED, Command.REQUEST_RECHECK): Move(
        to=State.UNDER_RECHECK, by=_CITIZEN, starts=("recheck",), only_for=_CLAIM
    ),
    (State.UNDER_RECHECK, Command.DECIDE_RECHECK): Move(to=State.RECHECKED, by=_OFFICE),
}


@cache
def petition() -> Machine:
    """The table with its words and periods; which article sets a period stands in the YAML."""
    data = yaml.safe_load(PETITION.read_text(encoding="utf-8"))
    return Machine(
        opening=(Command.SUBMIT, _OPENING),
        moves=_moves(),
        clocks={name: _clock(name, row) for name, row in data["clocks"].items()},
        state_labels=data["states"],
        command_labels=data["commands"],
        sub_kind_labels=data["sub_kinds"],
    )


def _moves() -> dict[tuple[str, str], Move]:
    moves = dict(_COURSE)
    for state in _UNPLACED:
        moves[state, Command.ACCEPT] = Move(to=State.ACCEPTED, by=_OFFICE, starts=("handling",))
        moves[state, Command.REDIRECT] = Move(to=State.REDIRECTED, by=_OFFICE)
        moves[state, Command.REFUSE] = Move(to=State.NOT_ACCEPTED, by=_OFFICE)
    for state in _BEFORE_REPLY:
        moves[state, Command.MERGE] = Move(to=State.MERGED, by=_OFFICE, joins=True)
    for state in (*_BEFORE_REPLY, *_IN_REVIEW):
        moves[state, Command.WITHDRAW] = Move(to=State.WITHDRAWN, by=_CITIZEN)
    for state in _DECIDED:
        moves[state, Command.CONCLUDE] = Move(to=State.CONCLUDED, by=_ANYBODY)
    for open_state in {state for state, _ in moves}:
        moves[open_state, Command.NOTE] = Move(to=open_state, by=_ANYBODY)
    return moves


def _clock(name: str, row: dict[str, Any]) -> ClockRule:  # Any: YAML
    return ClockRule(
        name=name,
        what=row["what"],
        law=row["law"],
        article=row["article"],
        quote=row["quote"],
        days=row["days"],
        computed=row["computed"],
        binds=Binds(row["binds"]),
        unit=Unit(row.get("unit", Unit.DAYS)),
        only_for=frozenset(row.get("only_for", ())),
        extend_by=row.get("extend_by", 0),
    )
