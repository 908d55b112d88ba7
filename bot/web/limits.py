"""How often one visitor may write: enough for the fastest typist, too little for a flood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

MESSAGES_A_MINUTE = 60


class Limiter:
    """Counts messages a visitor and minute; the counts of a minute go when it is over.

    ``now`` gives seconds of a monotonic clock. A library's store keeps a timer a visitor, which
    cost a tenth of a turn; two dictionaries do.
    """

    def __init__(self, *, now: Callable[[], float], most: int = MESSAGES_A_MINUTE) -> None:
        self._now = now
        self._most = most
        self._minute = 0
        self._counts: Counter[str] = Counter()

    def allows(self, visitor: str) -> bool:
        """Count one message; False when it is one too many."""
        minute = int(self._now() // 60)
        if minute != self._minute:
            self._minute = minute
            self._counts.clear()
        self._counts[visitor] += 1
        return self._counts[visitor] <= self._most
