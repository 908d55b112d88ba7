"""What can go wrong when a person takes over."""

from __future__ import annotations

from core.errors import Conflict, NotFound


class NoSuchHandoff(NotFound):
    """Nobody with this number is waiting or being served."""


class AlreadyTaken(Conflict):
    """A colleague has this conversation already."""
