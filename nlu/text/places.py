"""Suzhou's districts and towns as people call them, by their full names.

``places.json`` lists the ten districts, their short names, and the towns and subdistricts with
the short and former names that mean no other place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from nlu.text.mentions import HIDDEN, Mention
from nlu.text.vocabulary import either, pattern_of, words

FILE = Path(__file__).with_name("places.json")
_FULL = ("区", "市", "镇", "街道")
_EVERYWHERE = {"高新区", "园区", "工业园区"}


def find_places(text: str, day: date) -> Iterator[Mention]:
    """The districts and towns that a plain text names; a road named after one is none."""
    text = pattern_of("other_words").sub(lambda other: HIDDEN * len(other.group()), text)
    for match in _pattern().finditer(text):
        name, value = _names()[match.group()]
        if _stands(match):
            yield Mention(name=name, value=value, start=match.start(), end=match.end())


def district_of(town: str) -> str:
    """The district a town belongs to, both by their full names; raises ``KeyError``."""
    return {t: district for district, place in _places().items() for t in place["towns"]}[town]


def _stands(match: re.Match[str]) -> bool:
    """高新区 after 昆山 and 园区 after 物流 are others; 昆山路 is a road."""
    said = match.group()
    if said in _EVERYWHERE:
        return not match.string.endswith(words("other_places"), 0, match.start())
    road = pattern_of("after_place_name").match(match.string, match.end())
    return road is None or said.endswith(_FULL)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(either(tuple(_names())))


@cache
def _names() -> dict[str, tuple[str, str]]:
    """What is said → the entity and its full name."""
    names: dict[str, tuple[str, str]] = {}
    for district, place in _places().items():
        names |= dict.fromkeys((district, *place["said"]), ("district", district))
        for town, said in place["towns"].items():
            names |= dict.fromkeys((town, *said), ("town", town))
    return names


@cache
def _places() -> dict[str, Any]:  # Any: JSON
    places: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))  # Any: JSON
    return places
