"""Which kinds of case are handled, each with its table."""

from __future__ import annotations

from collections.abc import Iterable

from cases.errors import KindNotOffered
from cases.kinds.appointment import appointment
from cases.kinds.clue import clue
from cases.kinds.fraud_report import fraud_report
from cases.kinds.hazard import hazard
from cases.kinds.legal_aid import legal_aid
from cases.kinds.machine import Machine
from cases.kinds.mediation import mediation
from cases.kinds.petition import petition
from cases.kinds.wage_complaint import wage_complaint
from cases.references import Kind

# A new kind is a table beside this file, a line here, and its drawing in the docs.
_MACHINES = {
    Kind.PETITION: petition,
    Kind.HAZARD: hazard,
    Kind.CLUE: clue,
    Kind.MEDIATION: mediation,
    Kind.LEGAL_AID: legal_aid,
    Kind.WAGE_COMPLAINT: wage_complaint,
    Kind.FRAUD_REPORT: fraud_report,
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
