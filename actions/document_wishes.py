"""What of a message asks for a document: to be written, to be explained, to be given once more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from actions.forms.spec import forms_of
from actions.mentions import mentions
from actions.phrases import FOLDER

INTENT = "document_request"
FILE = FOLDER / "documents.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How wishes are told, and the kinds by the page of the menu they stand on.

    ``outlines`` are entries of the knowledge base that explain how a kind is written.
    """

    writes: re.Pattern[str]
    asks: re.Pattern[str]
    again: tuple[str, ...]
    first: tuple[str, ...]
    rest: tuple[str, ...]
    outlines: Mapping[str, str]


def writes(text: str) -> bool:
    """Whether a text wants one of our documents written, whatever else it was read as."""
    return wishes().writes.search(text) is not None


def asks_how(text: str) -> bool:
    """Whether a text asks how a document is written, rather than for one."""
    return wishes().asks.search(text) is not None


def once_more(text: str) -> bool:
    """Whether a text wants the last document again."""
    return mentions(text, wishes().again)


@cache
def wishes() -> Wishes:
    """The words of ``documents.yml``."""
    row = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    named = sorted({w for form in forms_of(INTENT) for w in form.means}, key=len, reverse=True)
    papers = [word for word in named if word.endswith(tuple(row["endings"]))]
    gap = f".{{0,{row['between']}}}?"
    return Wishes(
        writes=re.compile(
            f"(?:{row['writes']}){gap}(?:{_any(named)})|(?:{row['wants']}){gap}(?:{_any(papers)})"
        ),
        asks=re.compile(row["asks"]),
        again=tuple(row["again"]),
        first=tuple(row["first"]),
        rest=tuple(row["rest"]),
        outlines=row["outlines"],
    )


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, words))
