"""Which kinds of case are handled, each with its table."""

from __future__ import annotations

from cases.errors import KindNotOffered
from cases.kinds.machine import Machine
from cases.kinds.petition import petition
from cases.references import Kind

_MACHINES = {Kind.PETITION: petition}


def machine_of(kind: str) -> Machine:
    """The table of a kind by its letters; raises ``KindNotOffered``."""
    load = _MACHINES.get(Kind(kind))
    if load is None:
        raise KindNotOffered
    return load()
