"""Names and numbers by which somebody is told, out of what was written about them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("names.yml")
# A telephone or identity number; a Latin name of two words; a run of Chinese.
PIECE = re.compile(
    r"\d{7,18}x?|[a-z][a-z'-]*(?: [a-z][a-z'-]*)+|[\u3400-\u9fff\U00020000-\U0003ffff·]+"
)
# Numbers are typed in groups: 138 1234 5678, 0512-65213211.
GROUPED = re.compile(r"(?<=\d)[ -](?=\d)")
SHORTEST, LONGEST = 2, 30
LONGEST_PERSON = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Words that are no names; see the file."""

    roles: tuple[str, ...]
    titles: tuple[str, ...]
    companies: tuple[str, ...]
    places: tuple[str, ...]
    between: re.Pattern[str]
    hidden: str


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Each name and number in these texts, in the one spelling it is compared in.

    What tells a role or a place only (“房东”, “楼上 501”), or leaves the name out (“王某”), is none.
    """
    found = (name for text in texts for piece in _pieces(text) if (name := _name(piece)))
    return frozenset(found)


def _pieces(text: str) -> list[str]:
    plain = GROUPED.sub("", unicodedata.normalize("NFKC", text).lower())
    between = _words().between
    return [part for piece in PIECE.findall(plain) for part in between.split(piece)]


def _name(piece: str) -> str:
    """The bare name in a piece of text; empty where there is none."""
    if piece[:1].isascii():
        return piece
    words = _words()
    bare = piece
    while role := next((r for r in words.roles if bare.startswith(r)), ""):
        bare = bare.removeprefix(role)
    for end in (*words.titles, *words.companies):
        bare = bare.removesuffix(end)
    is_place = bare in words.places or (len(bare) > LONGEST_PERSON and bare.endswith(words.places))
    vague = words.hidden in bare or is_place
    return "" if vague or not SHORTEST <= len(bare) <= LONGEST else bare


@cache
def _words() -> _Words:
    read: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))  # Any: YAML
    # The longest first, so that a part of a word is not taken for it.
    lists = {
        name: tuple(sorted(read[name], key=len, reverse=True))
        for name in ("roles", "titles", "companies", "places")
    }
    between = re.compile("|".join(map(re.escape, sorted(read["between"], key=len, reverse=True))))
    return _Words(**lists, between=between, hidden=read["hidden"])
