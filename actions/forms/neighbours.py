"""Which of several sums, dates or lengths in one message belongs to which slot: by words beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from actions.forms.spec import Slot
from core.messages import Entity

# So far a word may stand from what it tells: 平时每天加班46小时.
REACH = 10
CLOSE = 6


def nearest(slots: Iterable[Slot], entities: Sequence[Entity], text: str) -> Mapping[str, Entity]:
    """The entity of each slot that has words and finds one beside an entity of its kind.

    Pairs nearest to each other are joined first, of equal ones those of longer words; an entity
    goes to one slot only.
    """
    pairs = sorted(
        (
            (distance, -size, at, slot.name)
            for slot in slots
            for at, entity in enumerate(entities)
            if entity.name in slot.entities and not is_apart(slot, text, entity)
            for distance, size in _distances(slot, entities, at, text)
        ),
    )
    found: dict[str, Entity] = {}
    given: set[int] = set()
    for _, _, at, name in pairs:
        if name not in found and at not in given:
            found[name] = entities[at]
            given.add(at)
    return found


def is_apart(slot: Slot, text: str, entity: Entity) -> bool:
    """Whether words before an entity say that it is not what the slot wants."""
    before = text[max(0, entity.start - CLOSE) : entity.start]
    return any(word in before for word in slot.apart)


def _distances(
    slot: Slot, entities: Sequence[Entity], at: int, text: str
) -> Iterable[tuple[int, int]]:
    """How far the slot's words stand from an entity, none of its kind between, and their size."""
    entity = entities[at]
    alike = [e for e in entities if e.name == entity.name]
    start = max([e.end for e in alike if e.end <= entity.start], default=0)
    end = min([e.start for e in alike if e.start >= entity.end], default=len(text))
    before = text[max(start, entity.start - REACH) : entity.start]
    after = text[entity.end : min(end, entity.end + REACH)]
    for word in slot.before:
        if (found := before.rfind(word)) >= 0:
            yield len(before) - found - len(word), len(word)
    for word in slot.after:
        if (found := after.find(word)) >= 0:
            yield found, len(word)
