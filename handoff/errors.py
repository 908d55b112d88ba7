"""What can go wrong when a person takes over."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import Conflict, Invalid, NotFound


class NoSuchHandoff(NotFound):
    """Nobody with this number is waiting or being served."""


class AlreadyTaken(Conflict):
    """A colleague has this conversation already."""


class NotTaken(Conflict):
    """Nobody has this conversation; it has to be taken before it is answered."""


class Outdated(Conflict):
    """The conversation has changed hands since it was looked at."""


class NeverAsked(Invalid):
    """Staff ask no citizen for this; ``what`` is code, password or transfer."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class FaultyPlan(Invalid):
    """The duty plan cannot be used; ``faults`` say why, a sentence each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class BadMailServer(Invalid):
    """PAGE_MAIL_SERVER is smtps://user:password@host:465, with a sender in PAGE_MAIL_FROM."""


class PageFailed(Exception):
    """Somebody on call could not be called; the message is a short code, without addresses."""
