"""What can be asked of the case service, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cases.kinds.machine import Actor
from cases.models import Case
from cases.references import Kind, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A case to be opened; ``at`` is when it was received.

    ``agency`` has it first. ``reference`` and ``code`` are drawn unless given (demo data).
    """

    kind: Kind
    sub_kind: str
    title: str
    district: str
    agency: str
    at: datetime
    text: str = ""
    actor: Actor = Actor.CITIZEN
    contact_id: str | None = None
    demo: bool = False
    reference: Reference | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A step to be taken.

    ``text`` is told to the citizen unless ``public`` is off; ``agency`` is who has the case from
    now on. ``days`` is the length of an extension, ``into`` the reference of the case to merge
    into.
    """

    command: str
    actor: Actor
    at: datetime
    text: str = ""
    public: bool = True
    agency: str | None = None
    days: int | None = None
    into: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A new case with its query code, which is known only now and must go on the receipt."""

    case: Case
    code: str
