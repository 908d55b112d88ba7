"""What goes between us and a body's system, as it is written on the wire (JSON, UTF-8).

We ``POST <url>/cases`` a case as it stands and are answered its number there; ``POST
<url>/standing`` asks for a list of what they have of ours; they ``POST /bodies/<id>/updates`` what
happens. See docs/reference/bodies.md.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

Number = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
MOST_LISTED = 200


class Status(StrEnum):
    """How a body stands with a case, in the contract's words, whatever its own are."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    RETURNED = "returned"
    ASSIGNED = "assigned"
    PROGRESS = "progress"
    VISITED = "visited"
    ASKING = "asking"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Wire(BaseModel):
    """A value on the wire; what we do not know in it is let be, so that either side may grow."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Step(Wire):
    """An event of a case; ``words`` are the citizen's own, ``text`` what they were told."""

    seq: int
    at: datetime
    by: str
    command: str
    label: str
    text: str = ""
    words: str = ""


class Parcel(Wire):
    """A case as it stands at the event ``revision``; a later one replaces it whole.

    Of one that was ``released`` nothing is told but that it is no longer theirs. ``person`` is by
    field of the form, empty for bodies that need nobody's name. In one that is ``erased`` whoever filed
    it has had their words and name deleted: it replaces one of the same revision that is not.
    """

    reference: str
    revision: int
    released: bool = False
    erased: bool = False
    kind: str = ""
    kind_name: str = ""
    sub_kind: str = ""
    sub_kind_name: str = ""
    title: str = ""
    area: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    agency: str = ""
    state: str = ""
    supervision: str = "none"
    received_at: datetime | None = None
    words: str = ""
    details: dict[str, str] = Field(default_factory=dict)
    person: dict[str, str] = Field(default_factory=dict)
    steps: tuple[Step, ...] = ()

    @property
    def key(self) -> str:
        """The idempotency key: the same case at the same event is the same message."""
        return f"{self.reference}.{self.revision}{'.erased' if self.erased else ''}"

    def replaces(self, other: Parcel) -> bool:
        """Whether it is the later word on the case: what was deleted never comes back."""
        return (self.erased, self.revision) > (other.erased, other.revision)


class Receipt(Wire):
    """What a body answers to a parcel: its own number, empty while it has none yet."""

    number: Number = ""


class Update(Wire):
    """What happened at a body: the ``seq``-th thing it tells of this case, counted from 1.

    ``reference`` is ours; ``unit`` is who of theirs has it, ``days`` and ``reason`` go with some
    statuses. ``at`` is when it happened there.
    """

    reference: Short
    number: Number = ""
    seq: int = Field(ge=1, le=100_000)
    at: AwareDatetime
    status: Status
    text: Text = ""
    unit: Short = ""
    days: int | None = Field(default=None, ge=1, le=3650)
    reason: Annotated[str, StringConstraints(max_length=24)] = ""


class Standing(Wire):
    """A line of what a body has of ours: up to which revision, and what it told last.

    ``text`` and ``unit`` are filled by bodies that send no updates.
    """

    reference: Short
    number: Number = ""
    revision: int | None = None
    seq: int | None = None
    status: Status | None = None
    text: Text = ""
    unit: Short = ""


class Question(Wire):
    """What we ask for: the lines after ``after``, in the order of our references."""

    after: str = ""


class Page(Wire):
    """Some lines; ``next`` is what to ask after for more, empty at the end."""

    cases: Annotated[tuple[Standing, ...], Field(max_length=MOST_LISTED)] = ()
    next: str = ""


PARCEL, RECEIPT = TypeAdapter(Parcel), TypeAdapter(Receipt)
UPDATE, PAGE = TypeAdapter(Update), TypeAdapter(Page)


def to_bytes(value: Wire) -> bytes:
    """A value as it is sent and signed."""
    return value.model_dump_json(exclude_none=True).encode()
