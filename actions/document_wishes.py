"""What of a message asks for a document: to be written, to be explained, to be given once more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from actions.forms.commands import plain
from actions.forms.listed import forms_of
from actions.mentions import mentions
from actions.phrases import FOLDER

INTENT = "document_request"
FILE = FOLDER / "documents.yml"
CLAUSE = r"(?:^|[，,。；;：:！!？?\s])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How wishes are told, and the kinds by the page of the menu they stand on.

    ``outlines`` are entries of the knowledge base that explain how a kind is written.
    """

    writes: re.Pattern[str]
    menu: re.Pattern[str]
    asks: re.Pattern[str]
    asks_of: re.Pattern[str]
    again: tuple[str, ...]
    now: tuple[str, ...]
    question: int
    first: tuple[str, ...]
    rest: tuple[str, ...]
    outlines: Mapping[str, str]


def writes(text: str) -> bool:
    """Whether a text is about one of our documents, whatever else it was read as."""
    known, bare = wishes(), text.strip(" ，。！!？?")
    asked = known.asks_of.search(text) if len(text) <= known.question else None
    return any((known.menu.fullmatch(bare), known.writes.search(text), asked))


def asks_how(text: str) -> bool:
    """Whether a text asks how a document is written, rather than for one."""
    return wishes().asks.search(text) is not None


def happens_now(text: str) -> bool:
    """Whether a text speaks of this very moment, so that it is no mere detail of a story."""
    return mentions(text, wishes().now)


def once_more(text: str) -> bool:
    """Whether a text wants the last document again."""
    return in_format(text) is not None or mentions(text, wishes().again)


def in_format(text: str) -> str | None:
    """The key of the format that a whole text asks for: “要 PDF”."""
    ways = [way for form in forms_of(INTENT)[:1] for way in form.confirms]
    return next((w.key for w in ways if plain(text) in map(plain, w.words)), None)


@cache
def wishes() -> Wishes:
    """The words of ``documents.yml``."""
    row = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    named = sorted({w for form in forms_of(INTENT) for w in form.means}, key=len, reverse=True)
    papers = [word for word in named if word.endswith(tuple(row["endings"]))]
    told = [word for word in named if len(word) >= row["named"] or word in papers]
    gap = f".{{0,{row['between']}}}?"
    writes = f"{row['asker']}{row['writes']}{gap}(?:{_any(told)})"
    wants = f"{row['wants']}{gap}(?:{_any(papers)}){row['takes']}"
    return Wishes(
        writes=re.compile(f"{CLAUSE}(?:{writes}|{wants})"),
        menu=re.compile(row["menu"]),
        asks=re.compile(row["asks"]),
        asks_of=re.compile(f"(?:{_any(papers)})要?(?:{row['asks']})"),
        again=tuple(row["again"]),
        now=tuple(row["now"]),
        question=row["question"],
        first=tuple(row["first"]),
        rest=tuple(row["rest"]),
        outlines=row["outlines"],
    )


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, words))
