"""Leaves a body's system alone for a while when it keeps failing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

THRESHOLD = 3
FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=15)


@dataclass(slots=True)
class Circuit:
    """Opens after ``THRESHOLD`` failures in a row; each further one doubles the rest.

    After a rest one message is let through to see.
    """

    failures: int = 0
    open_until: datetime | None = None

    def allows(self, now: datetime) -> bool:
        """Whether anything may be sent now."""
        return self.open_until is None or now >= self.open_until

    @property
    def is_trying(self) -> bool:
        """Whether the next message is to find out if it is back."""
        return self.open_until is not None

    def succeeded(self) -> None:
        """It answered: all is forgotten."""
        self.failures, self.open_until = 0, None

    def failed(self, now: datetime) -> None:
        """It did not."""
        self.failures += 1
        if self.failures >= THRESHOLD:
            rest = FIRST_REST * 2 ** min(self.failures - THRESHOLD, 10)
            self.open_until = now + min(rest, LONGEST_REST)
