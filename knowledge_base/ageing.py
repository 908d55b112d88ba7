"""What today's date makes of entries that were right on the day they were checked: warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from knowledge_base.entries import Draft, Fault

# An editor needs a month to have an answer read again, and a year is as long as one is trusted.
SOON = timedelta(days=30)
TRUSTED = timedelta(days=365)


def grown_old(
    drafts: Iterable[tuple[str, Draft]],
    today: date,
    *,
    then: Sequence[Fault],
    now: Sequence[Fault],
) -> Sequence[Fault]:
    """Faults of today (``now``) that the fixed day (``then``) did not have, and what ages soon."""
    known = set(then)
    return [
        *(fault for fault in now if fault not in known),
        *(
            Fault(file=file, entry=draft.id, code=code, text=text)
            for file, draft in drafts
            for code, text in _ageing(draft, today)
        ),
    ]


def _ageing(draft: Draft, today: date) -> Iterator[tuple[str, str]]:
    if draft.valid_to is not None and today <= draft.valid_to <= today + SOON:
        yield "expires_soon", str(draft.valid_to)
    if draft.checked_on + TRUSTED < today:
        yield "checked_long_ago", str(draft.checked_on)
