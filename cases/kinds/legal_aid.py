"""Legal aid (法律援助): decided, assigned, objected to in the law's days, as ``legal_aid.yml`` has it."""

from __future__ import annotations

from cases.kinds.machine import Machine
from cases.kinds.tables import read_table


def legal_aid() -> Machine:
    """The table with its words and periods."""
    return read_table("legal_aid")
