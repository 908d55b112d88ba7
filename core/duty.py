"""What a citizen who asks for a person may be told: whether somebody is there, and if not, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.knowledge import Hotline


class Presence(StrEnum):
    """Unknown where nobody has planned duty; on call where whoever has the rota is called out."""

    UNKNOWN = "unknown"
    THERE = "there"
    AWAY = "away"
    ON_CALL = "on_call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What to expect of a wish for a person at one moment.

    ``answer_by`` is when a person answers at the latest, only where nobody is there; ``page_at`` is
    when whoever is on call is called unless somebody has come; ``lines`` are open now.
    """

    presence: Presence
    answer_by: datetime | None = None
    page_at: datetime | None = None
    lines: tuple[Hotline, ...] = ()
