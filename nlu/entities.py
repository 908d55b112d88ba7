"""Entities of a message: by our own rules in our own process, whoever reads the intent.

Rasa's pipeline runs the same rules (``nlu/components/rule_entities.py``), so that its
``/model/parse`` tells entities when asked alone; but what it tells is not taken over. Dates are
resolved against today, and today is what the service's clock says, which a server started days
ago with a clock of its own cannot know. Finding them here costs a tenth of a millisecond, and
rules and Rasa cannot disagree.
"""

from __future__ import annotations

from datetime import date

from core.clock import SUZHOU, Clock
from core.messages import Entity
from nlu.text.extraction import extract


def entities_today(text: str, clock: Clock) -> tuple[Entity, ...]:
    """The entities in a text, dates told as seen from the clock's day in Suzhou."""
    return find_entities(text, clock().astimezone(SUZHOU).date())


def find_entities(text: str, day: date) -> tuple[Entity, ...]:
    """The entities in a text in their order, none overlapping; ``day`` is today in Suzhou."""
    return tuple(
        Entity(name=m.name, value=m.value, start=m.start, end=m.end) for m in extract(text, day)
    )
