"""Reads from a text's head, file name and last articles when it was published and when it starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from knowledge_base.notation import notation, to_int


def dates_in(text: str) -> Iterator[date]:
    """Every date that a text writes out, 2008年9月18日 or 一九九五年一月一日."""
    for year, month, day in notation().pattern["date"].findall(text):
        try:
            yield date(to_int(year), to_int(month), to_int(day))
        except ValueError:
            continue  # 2月30日: no day at all


def published_on(stem: str, head: Iterable[str]) -> date | None:
    """The day of a version: the file name's (…(2008-09-18)), else the latest its head names."""
    found = notation().pattern["file_date"].search(stem)
    if found:
        try:
            return date.fromisoformat(found.group(1))
        except ValueError:
            return None
    starts = notation().pattern["head_starts"]
    return max(
        (d for line in head if not starts.search(line) for d in dates_in(line)), default=None
    )


def effective_on(head: Sequence[str], articles: Sequence[str], published: date) -> date | None:
    """The day that a text itself says it starts, None where it says nothing.

    The head's last “… 施行” line counts before the articles' “自……起施行”, of which the last counts.
    """
    patterns = notation().pattern
    said = [d for line in head if patterns["head_starts"].search(line) for d in dates_in(line)]
    if said:
        return said[-1]
    for text in reversed(articles):
        for found in patterns["text_starts"].finditer(text):
            if patterns["on_publication"].search(found["when"]):
                return published
            if day := next(dates_in(found["when"]), None):
                return day
    return None
