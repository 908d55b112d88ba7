"""Anonymous clues (匿名线索): read, handed to who may act, answered in the box, as ``clue.yml`` has it."""

from __future__ import annotations

from cases.kinds.machine import Machine
from cases.kinds.tables import read_table


def clue() -> Machine:
    """The table with its words and periods."""
    return read_table("clue")
