"""The tools that actions read with, as they are put behind the ports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from alerts.desk import AlertDesk
from antifraud.checker import Checker
from antifraud.reports import ReportDesk
from bot.duty import DutyDesk
from cases.appointments.desk import AppointmentDesk
from cases.grids.desk import GridDesk
from core.ports import CaseReader, Knowledge, Offices
from documents.desk import DocumentDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolbox:
    """The tools that actions read with; ``library`` gives the knowledge base of today."""

    library: Callable[[], Knowledge]
    scams: Checker
    watchlist: ReportDesk
    cases: CaseReader
    documents: DocumentDesk
    offices: Offices
    appointments: AppointmentDesk
    grids: GridDesk
    alerts: AlertDesk
    duty: DutyDesk

    @property
    def knowledge(self) -> Knowledge:
        """Answers and statutes as of today."""
        return self.library()
