"""What can go wrong with a case."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import AppError, Conflict, Forbidden, Invalid, NotFound, Outrun, Unavailable


class BadReference(Invalid):
    """This is not a case reference; compare it with the receipt."""


class BadFiling(Invalid):
    """The case cannot be opened as it was filed."""


class BadOrder(Invalid):
    """The step lacks something it needs."""


class KindNotOffered(Invalid):
    """Cases of this kind are not handled here."""


class CaseNotFound(NotFound):
    """There is no such case."""


class StepNotPossible(Conflict):
    """The case is not in a state that allows this step."""


class StepNotAllowed(Forbidden):
    """This step is for somebody else to take."""


class NotOverdue(Conflict):
    """Nothing is overdue that could be urged on."""


class TooLate(Conflict):
    """The period within which this could be asked for is over."""


class CaseChanged(Conflict):
    """Somebody else changed the case meanwhile."""


class EventIsFinal(Forbidden):
    """What has happened in a case is never changed or removed."""


class DayIsFull(Unavailable):
    """No reference is left for this kind and area today."""


class ConflictOfInterest(Conflict):
    """The lawyer serves the other side; ``others`` are the references of the cases they do it in."""

    def __init__(self, others: Sequence[str]) -> None:
        super().__init__(f"this lawyer serves the other side in {', '.join(others)}")
        self.others = tuple(others)


class SlotTaken(Outrun):
    """No place is left at this time, or it is not given any more."""


class BadSlot(Invalid):
    """This time cannot be offered; ``why`` is past, order, capacity or rest_day."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the slot is not taken: {why}")
        self.why = why


class FileRefused(Invalid):
    """This file is not taken; ``why`` is empty, too_big, type, broken, too_large or full.

    ``too_big`` counts bytes, ``too_large`` pixels.
    """

    def __init__(self, why: str) -> None:
        super().__init__(f"the file is not taken: {why}")
        self.why = why


class FileNotKept(Unavailable):
    """The file could not be laid into the store: it is full, or away."""


class FileGone(NotFound):
    """The content of this file is not in the store any more."""


class BrokenChain(AppError):
    """The record of a case does not agree with itself; ``seq`` is the first event at fault."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"the record of the case was altered at event {seq}")
        self.seq = seq
