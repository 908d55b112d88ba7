"""Mediation (人民调解): asked for, both invited, agreed or not, kept, as ``mediation.yml`` has it."""

from __future__ import annotations

from cases.kinds.machine import Machine
from cases.kinds.tables import read_table


def mediation() -> Machine:
    """The table with its words and periods."""
    return read_table("mediation")
