"""What can go wrong in this room."""

from __future__ import annotations

from core.errors import Invalid, NotFound


class BadSample(Invalid):
    """A line of the evaluation file is not a sample with text and label."""


class NoSuchThing(NotFound):
    """Nothing of that number was reported."""


class NoReason(Invalid):
    """A decision wants a reason, 300 characters at most."""
