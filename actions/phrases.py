"""The bot's own words, read from data: one file a language, nothing to say in code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import yaml

from core.messages import CHINESE, QuickReply, Reply

FOLDER = Path(__file__).parent / "wording"
LANGUAGES = (CHINESE, "en")

_spoken: ContextVar[str] = ContextVar("spoken", default=CHINESE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A sentence with its buttons."""

    text: str
    buttons: tuple[QuickReply, ...] = ()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within, every phrase is in that language; it ends with the turn, whatever happens.

    Not a parameter, so that no action can forget to pass it on.
    """
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """The language that phrases are in here."""
    return _spoken.get()


@cache
def written(language: str) -> dict[str, Phrase]:
    """A language's phrases by their keys: of its file, and of those in the folder of its name."""
    files = [FOLDER / f"{language}.yml", *sorted((FOLDER / language).glob("*.yml"))]
    document: dict[str, Any] = {}  # Any: YAML
    for file in files:
        more = yaml.safe_load(file.read_text(encoding="utf-8"))
        if twice := document.keys() & more.keys():
            raise ValueError(f"{file.name} says again what was said: {sorted(twice)}")
        document |= more
    return {
        key: Phrase(
            text=item["text"],
            buttons=tuple(
                QuickReply(title=title, payload=payload)
                for title, payload in item.get("buttons", ())
            ),
        )
        for key, item in document.items()
    }


def phrases() -> dict[str, Phrase]:
    """Every phrase by its key in the language spoken, in Chinese where it is not translated."""
    return _with_chinese(spoken())


@cache
def language_names() -> dict[str, tuple[str, ...]]:
    """What people call the languages that the bot speaks, by language."""
    document = yaml.safe_load((FOLDER / "language_names.yml").read_text(encoding="utf-8"))
    return {language: tuple(names) for language, names in document.items()}


@cache
def emergency_words() -> dict[str, tuple[str, ...]]:
    """Words that tell one danger from another, the more pressing kind first."""
    document = yaml.safe_load((FOLDER / "emergency_words.yml").read_text(encoding="utf-8"))
    return {kind: _joined(lists) for kind, lists in document.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentWords:
    """How a typed answer to an urgent card is told.

    ``answers``: words by intent and button; ``light``: words that add nothing to them;
    ``reassuring``: the buttons that say a danger is less than it was; ``anew``: words for something
    that is happening once more.
    """

    answers: Mapping[str, Mapping[str, tuple[str, ...]]]
    light: tuple[str, ...]
    reassuring: frozenset[str]
    anew: tuple[str, ...]


@cache
def urgent_words() -> UrgentWords:
    """The words of ``urgent_answers.yml``."""
    document = yaml.safe_load((FOLDER / "urgent_answers.yml").read_text(encoding="utf-8"))
    return UrgentWords(
        answers={
            intent: {kind: _joined(lists) for kind, lists in kinds.items()}
            for intent, kinds in document["answers"].items()
        },
        light=_joined(document["light"]),
        reassuring=frozenset(document["reassuring"]),
        anew=_joined(document["anew"]),
    )


def words(key: str, **values: object) -> str:
    """A phrase's text with its ``$names`` filled; raises ``KeyError`` for an unknown name."""
    return Template(phrases()[key].text).substitute(values)


def reply(key: str, **values: object) -> Reply:
    """A phrase as a reply with its buttons."""
    return Reply(text=words(key, **values), quick_replies=phrases()[key].buttons)


def reply_in(language: str, key: str, **values: object) -> Reply:
    """A phrase as a reply in a language other than the one spoken here."""
    with speaking(language):
        return replace(
            reply(key, **values), language=language if key in written(language) else CHINESE
        )


def card(key: str, **values: object) -> Reply:
    """A reply that must reach the citizen whoever holds the conversation."""
    return replace(reply(key, **values), safety=True)


def _joined(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """A list a language, as one."""
    return tuple(word for words in lists for word in words)


@cache
def _with_chinese(language: str) -> dict[str, Phrase]:
    return {**written(CHINESE), **written(language)}
