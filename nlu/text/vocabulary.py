"""The words that tell what a number, date or place is; ``words.json`` says what each kind is for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("words.json")


@cache
def words(kind: str) -> tuple[str, ...]:
    """The words of a kind."""
    return tuple(_kinds()[kind]["words"])


@cache
def any_of(kind: str) -> str:
    """A pattern source that any word of the kind matches, the longest that can."""
    return either(words(kind))


@cache
def pattern_of(kind: str) -> re.Pattern[str]:
    """A compiled pattern for any word of the kind, whatever its case."""
    return re.compile(any_of(kind), re.IGNORECASE)


def either(choices: Iterable[str]) -> str:
    """A pattern source for one of the words, the longest that can."""
    ordered = sorted(choices, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(w) for w in ordered) + ")"


@cache
def _kinds() -> Mapping[str, Any]:  # Any: a sentence and a list of words
    kinds: Mapping[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))  # Any: as above
    return kinds
