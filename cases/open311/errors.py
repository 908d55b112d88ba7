"""What can be wrong with what another system asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.errors import Forbidden, Invalid, NotFound, Unavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong: the name of its sentence, and what fills it."""

    name: str
    values: Mapping[str, object] = field(default_factory=dict)


class BadRequest(Invalid):
    """It cannot be taken as it is; ``faults`` are all that is wrong."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(fault.name for fault in faults))
        self.faults = faults


class Unknown(NotFound):
    """There is no such service, request, token or jurisdiction; ``fault`` says which."""

    def __init__(self, name: str, /, **values: object) -> None:
        super().__init__(name)
        self.fault = Fault(name=name, values=values)


class WrongKey(Forbidden):
    """The api_key is missing, unknown or withdrawn."""


class Locked(Unavailable):
    """Too many wrong query codes; ``until`` is when it may be tried again."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class NameTaken(Invalid):
    """There has been a key of this name; names stand in the records and are not used again."""


class BadName(Invalid):
    """A name of a key has 2 to 32 letters, digits, dots or hyphens."""


class NoSuchKey(NotFound):
    """There is no key of this name in use."""
