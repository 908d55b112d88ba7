"""The FAQ in other languages, one file a language: titles for all entries, answers for some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from core.knowledge import Entry, Hotline, Translated
from core.messages import Citation
from knowledge_base.entries import Cited

FOLDER = Path(__file__).parent
LANGUAGES = ("en",)


class EntryWords(BaseModel):
    """An entry's words; ``citations`` are articles that they name beyond those of the entry."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    title: str = Field(min_length=1)
    words: tuple[str, ...]
    answer: str | None = None
    next_step: str = ""
    time_limit: str | None = None
    citations: tuple[Cited, ...] = ()


class Translation(BaseModel):
    """One file: entries by id, and what the hotlines are by number."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hotlines: Mapping[str, str]
    entries: Mapping[str, EntryWords]


@cache
def translation(language: str) -> Translation:
    """The words of a language; raises ``FileNotFoundError`` where nobody has written them."""
    text = (FOLDER / f"{language}.yml").read_text(encoding="utf-8")
    return Translation.model_validate(yaml.safe_load(text))


def with_translations(
    entries: Iterable[Entry], cite: Callable[[Cited], Citation]
) -> Sequence[Entry]:
    """The entries with what is written of them in other languages; ``cite`` looks an article up."""
    return [replace(entry, translations=dict(_translations(entry, cite))) for entry in entries]


def _translations(
    entry: Entry, cite: Callable[[Cited], Citation]
) -> Iterable[tuple[str, Translated]]:
    for language in LANGUAGES:
        into = translation(language)
        words = into.entries.get(entry.id)
        if words is not None:
            whole = _whole(entry, words, into, cite) if words.answer else None
            yield language, Translated(title=words.title, words=words.words, entry=whole)


def _whole(
    entry: Entry, words: EntryWords, into: Translation, cite: Callable[[Cited], Citation]
) -> Entry:
    titles = ((other, title, into.entries.get(other)) for other, title in entry.related)
    return replace(
        entry,
        title=words.title,
        answer=words.answer or "",
        next_step=words.next_step,
        time_limit=words.time_limit,
        hotlines=tuple(
            Hotline(number=h.number, name=into.hotlines[h.number]) for h in entry.hotlines
        ),
        citations=(*entry.citations, *(cite(cited) for cited in words.citations)),
        related=tuple((other, t.title if t else title) for other, title, t in titles),
    )
