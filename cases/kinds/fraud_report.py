"""Fraud reports (被骗报告): handed to the police, filed or not, as ``fraud_report.yml`` has it."""

from __future__ import annotations

from cases.kinds.machine import Machine
from cases.kinds.tables import read_table


def fraud_report() -> Machine:
    """The table with its words and periods."""
    return read_table("fraud_report")
