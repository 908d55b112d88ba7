"""Numbers that other systems gave: found in what a citizen types, and whom to ask about them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from actions.phrases import reply
from core.messages import Entity, Reply

FILE = Path(__file__).with_name("numbers.yml")
# What may stand beside a number in an answer and is none.
BESIDE = frozenset({"query_code", "phone", "id_card"})
UNKNOWN = "case_elsewhere"
OF_BODY = "case_elsewhere_body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """What numbers look like: ours, any, alone in an answer; and those known, with whom to ask."""

    own: re.Pattern[str]
    any: re.Pattern[str]
    alone: re.Pattern[str]
    known: tuple[tuple[re.Pattern[str], str], ...]


def answered(text: str, entities: Iterable[Entity] = ()) -> str | None:
    """The number that an answer is, apart from what else was recognised in it."""
    rest = text
    for entity in sorted(entities, key=lambda e: -e.start):
        if entity.name in BESIDE:
            rest = rest[: entity.start] + rest[entity.end :]
    found = shapes().alone.fullmatch(rest.strip())
    return _foreign(found["number"]) if found else None


def mentioned(text: str) -> str | None:
    """The first number of another system in a message."""
    found = shapes().any.search(text)
    return _foreign(found.group()) if found else None


def is_own(number: str) -> bool:
    """Whether a number looks like one of ours, rightly copied or not."""
    return shapes().own.match(number.upper()) is not None


def where_to_ask(number: str, system: str) -> Reply:
    """Whom to ask about a number that is not known here; ``system`` is whose it is, if known.

    Said alike of numbers that no case has and of those whose code was wrong.
    """
    if system:
        return reply(OF_BODY, system=system)
    known = (key for shape, key in shapes().known if shape.fullmatch(number))
    return reply(next(known, UNKNOWN))


@cache
def shapes() -> Shapes:
    """Read the packaged shapes."""
    raw: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))  # Any: YAML
    return Shapes(
        own=re.compile(raw["own"]),
        any=re.compile(raw["number"]),
        alone=re.compile(f"{raw['before']}(?P<number>{raw['number']})[。. ]*"),
        known=tuple((re.compile(row["shape"]), row["ask"]) for row in raw["shapes"]),
    )


def _foreign(number: str) -> str | None:
    return None if is_own(number) else number.upper()
