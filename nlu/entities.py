"""Patterns of references, codes, numbers and dates, read from the same data Rasa trains on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from core.messages import Entity

ENTITY_FILE = Path(__file__).parent / "data" / "entities.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPatterns:
    """Named patterns that find entities without Rasa."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    def find(self, text: str) -> tuple[Entity, ...]:
        """Every entity in the text, in order; of two that overlap the longer one."""
        found = [
            Entity(name=name, value=match.group(), start=match.start(), end=match.end())
            for name, pattern in self.patterns
            for match in pattern.finditer(text)
            if match.group()
        ]
        return without_overlaps(found)


def load_patterns(path: Path = ENTITY_FILE) -> EntityPatterns:
    """Read ``regex`` and ``lookup`` entries of a Rasa NLU file."""
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))  # Any: YAML
    patterns: list[tuple[str, re.Pattern[str]]] = []
    for item in document["nlu"]:
        lines = [line.strip()[2:] for line in item["examples"].strip().splitlines()]
        if "regex" in item:
            patterns.extend((item["regex"], re.compile(line)) for line in lines)
        elif "lookup" in item:
            words = "|".join(re.escape(w) for w in sorted(lines, key=len, reverse=True))
            patterns.append((item["lookup"], re.compile(words)))
    return EntityPatterns(patterns=tuple(patterns))


def without_overlaps(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Keep the longest of overlapping entities, the first of equally long ones."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=_longest_first):
        if all(entity.end <= other.start or entity.start >= other.end for other in kept):
            kept.append(entity)
    return tuple(sorted(kept, key=_position))


def _longest_first(entity: Entity) -> tuple[int, int]:
    return (entity.start - entity.end, entity.start)


def _position(entity: Entity) -> int:
    return entity.start
