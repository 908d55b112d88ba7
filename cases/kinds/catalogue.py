"""Which kinds of case are handled, each with its table."""

from __future__ import annotations

from collections.abc import Iterable

from cases.errors import KindNotOffered
from cases.kinds.appointment import appointment
from cases.kinds.hazard import hazard
from cases.kinds.machine import Machine
from cases.kinds.petition import petition
from cases.references import Kind

# A new kind is a table beside this file, a line here, and its drawing in the docs.
_MACHINES = {
    Kind.PETITION: petition,
    Kind.HAZARD: hazard,
    Kind.APPOINTMENT: appointment,
}


def machine_of(kind: str) -> Machine:
    """The table of a kind by its letters; raises ``KindNotOffered``."""
    load = _MACHINES.get(Kind(kind))
    if load is None:
        raise KindNotOffered
    return load()


def machines() -> Iterable[Machine]:
    """Every table, in the order of the docs."""
    return (load() for load in _MACHINES.values())
