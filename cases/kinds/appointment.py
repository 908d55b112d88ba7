"""Appointments (预约): booked, reminded of, held, rated, as ``appointment.yml`` has it."""

from __future__ import annotations

from cases.kinds.machine import Machine
from cases.kinds.tables import read_table


def appointment() -> Machine:
    """The table with its words."""
    return read_table("appointment")
