"""Entities of a message, the same whoever reads its intent."""

from __future__ import annotations

from datetime import UTC, date, datetime

from core.messages import Entity
from nlu.entities import entities_today, find_entities


def test_entities_have_normalised_values_and_places_in_the_text() -> None:
    assert find_entities("昨天欠我３．５万", date(2026, 11, 23)) == (
        Entity(name="date", value="2026-11-22", start=0, end=2),
        Entity(name="amount", value="35000", start=4, end=8),
    )


def test_today_is_the_day_in_suzhou() -> None:
    late = datetime(2026, 11, 22, 17, tzinfo=UTC)

    [told] = entities_today("今天", lambda: late)

    assert told.value == "2026-11-23"
