"""What can go wrong in this room."""

from __future__ import annotations

from core.errors import Conflict, Invalid, NotFound


class NoSuchAlert(NotFound):
    """There is no alert of that number."""


class AlertMoved(Conflict):
    """The alert is not where that can be done with it."""


class BadWording(Invalid):
    """An alert's words must be there in every language, 300 characters at most."""
