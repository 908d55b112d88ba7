"""What can be asked of the case service, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cases.kinds.machine import Actor
from cases.models import Case
from cases.persons import Party
from cases.references import Kind, Reference
from cases.transfers import Trace
from core.fraud_reports import Transfer


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it is: in words, and in degrees (WGS 84) where known."""

    words: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that lies in the store under a key of its own and waits for its event.

    ``key`` opens it; ``digest`` tells the same file sent twice. ``stage`` is before, after or
    empty. What is ``from_citizen`` goes with whoever filed the case.
    """

    address: str
    key: str = field(repr=False)
    digest: str
    mime: str
    size: int
    name: str = field(repr=False)
    stage: str = ""
    from_citizen: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A case to be opened; ``at`` is when it was received.

    ``agency`` has it first, the kind's own desk if empty. ``text`` is told on the timeline,
    ``words`` is what the citizen wrote, ``details`` the same by field. ``persons`` are who files
    it, the filer first; ``sent`` is the money that was lost, ``files`` come with it.
    ``conversation_id`` is where news go, ``parent`` the id of the case
    this one is a part of. ``reference`` and ``code`` are drawn unless given (demo data).
    """

    kind: Kind
    sub_kind: str
    title: str
    district: str
    at: datetime
    agency: str = ""
    text: str = ""
    words: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    persons: tuple[Party, ...] = ()
    sent: tuple[Transfer, ...] = ()
    place: Place = Place()
    files: tuple[KeptFile, ...] = ()
    actor: Actor = Actor.CITIZEN
    author: str = ""
    contact_id: str | None = None
    conversation_id: str | None = None
    parent: str | None = None
    demo: bool = False
    reference: Reference | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A step to be taken.

    ``text`` is told to the citizen unless ``public`` is off; ``words`` is what the citizen wrote.
    ``author`` is who takes the step, ``agency`` who has the case from now on. ``days`` is the length of
    an extension or of a period that the step sets, ``into`` the reference of the case to merge
    into, ``reason`` a code of the kind's table, ``approver`` who allowed it, ``score`` 1 to 5. ``show`` are ids of attachments that everybody
    may see from now on. ``lawyer`` is who serves the case from now on. ``sent`` are transfers to be added, ``trace`` what became of one.
    """

    command: str
    actor: Actor
    at: datetime
    text: str = ""
    words: str = ""
    public: bool = True
    author: str = ""
    agency: str | None = None
    days: int | None = None
    into: str | None = None
    reason: str = ""
    approver: str = ""
    lawyer: str = ""
    sub_kind: str | None = None
    score: int | None = None
    files: tuple[KeptFile, ...] = ()
    sent: tuple[Transfer, ...] = ()
    trace: Trace | None = None
    show: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A new case with its query code, which is known only now and must go on the receipt."""

    case: Case
    code: str
