"""Petitions (信访): the course laid down by 《信访工作条例》 (2022), as ``petition.yml`` has it."""

from __future__ import annotations

from enum import StrEnum

from cases.kinds.machine import Machine
from cases.kinds.tables import read_table


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
    FINAL = "final"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Command(StrEnum):
    """A step that can be taken with a petition."""

    SUBMIT = "submit"
    REGISTER = "register"
    CLASSIFY = "classify"
    TRANSFER = "transfer"
    OBJECT = "object"
    ACCEPT = "accept"
    REDIRECT = "redirect"
    REFUSE = "refuse"
    NOTE = "note"
    VISIT = "visit"
    ASK = "ask"
    SUPPLEMENT = "supplement"
    REASSIGN = "reassign"
    EXTEND = "extend"
    REPLY = "reply"
    REQUEST_REVIEW = "request_review"
    DECIDE_REVIEW = "decide_review"
    REQUEST_RECHECK = "request_recheck"
    BEGIN_HEARING = "begin_hearing"
    END_HEARING = "end_hearing"
    DECIDE_RECHECK = "decide_recheck"
    CONCLUDE = "conclude"
    URGE = "urge"
    ANSWER = "answer"
    SUPERVISE = "supervise"
    LIFT = "lift"
    REMIND = "remind"
    ALERT = "alert"
    RATE = "rate"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    MERGE = "merge"


def petition() -> Machine:
    """The table with its words and periods; which article sets a period stands in the YAML."""
    return read_table("petition")
