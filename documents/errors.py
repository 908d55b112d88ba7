"""What can be wrong with a document."""

from __future__ import annotations

from core.errors import Invalid


class NoSuchKind(Invalid):
    """There is no document of that kind."""
