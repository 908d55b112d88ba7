"""Hazards (隐患): reported, checked, put right, inspected, struck off, as ``hazard.yml`` has it."""

from __future__ import annotations

from cases.kinds.machine import Machine
from cases.kinds.tables import read_table


def hazard() -> Machine:
    """The table with its words and periods."""
    return read_table("hazard")
