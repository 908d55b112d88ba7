"""What can go wrong when a person takes over."""

from __future__ import annotations

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
