"""Unpaid wages (欠薪): to the labour inspection, investigated, paid, as ``wage_complaint.yml`` has it."""

from __future__ import annotations

from cases.kinds.machine import Machine
from cases.kinds.tables import read_table


def wage_complaint() -> Machine:
    """The table with its words and periods."""
    return read_table("wage_complaint")
