"""What can go wrong in this room."""

from __future__ import annotations

from core.errors import Invalid


class BadSample(Invalid):
    """A line of the evaluation file is not a sample with text and label."""
