"""What can go wrong at the door of the endpoint, before anything is asked of a case."""

from __future__ import annotations

from core.errors import AppError


class Hurried(AppError):
    """More requests a minute than one system may make."""
