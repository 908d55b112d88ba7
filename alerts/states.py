"""Where an alert and its recipients can be."""

from __future__ import annotations

from enum import StrEnum


class AlertState(StrEnum):
    """Drafted by a surge; then approved or dropped by staff; an approved one may be corrected."""

    DRAFT = "draft"
    APPROVED = "approved"
    DROPPED = "dropped"
    CORRECTED = "corrected"


class Reached(StrEnum):
    """How far an alert has come with one subscriber.

    ``queued`` is in the outbox. Not sent: ``capped`` had enough this week, ``left`` no longer wants it
    or cannot be reached, ``late`` was still waiting when the alert had become too old, ``spared`` when it
    was taken back.
    """

    WAITING = "waiting"
    QUEUED = "queued"
    CAPPED = "capped"
    LEFT = "left"
    LATE = "late"
    SPARED = "spared"
