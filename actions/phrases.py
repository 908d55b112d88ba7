"""The bot's own words, read from data: one file a language, nothing to say in code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from string import Template

import yaml

from core.messages import QuickReply, Reply

FOLDER = Path(__file__).parent / "wording"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A sentence with its buttons."""

    text: str
    buttons: tuple[QuickReply, ...] = ()


@cache
def phrases(language: str = "zh") -> dict[str, Phrase]:
    """Every phrase of a language by its key."""
    document = yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
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


@cache
def emergency_words() -> dict[str, tuple[str, ...]]:
    """Words that tell one danger from another, the more pressing kind first."""
    document = yaml.safe_load((FOLDER / "emergency_words.yml").read_text(encoding="utf-8"))
    return {kind: tuple(words) for kind, words in document.items()}


@cache
def urgent_answer_words() -> dict[str, dict[str, tuple[str, ...]]]:
    """Words by which a typed answer to an urgent card is told, by intent and button."""
    document = yaml.safe_load((FOLDER / "urgent_answers.yml").read_text(encoding="utf-8"))
    return {
        intent: {kind: tuple(words) for kind, words in kinds.items()}
        for intent, kinds in document.items()
    }


def words(key: str, **values: object) -> str:
    """A phrase's text with its ``$names`` filled; raises ``KeyError`` for an unknown name."""
    return Template(phrases()[key].text).substitute(values)


def reply(key: str, **values: object) -> Reply:
    """A phrase as a reply with its buttons."""
    return Reply(text=words(key, **values), quick_replies=phrases()[key].buttons)


def card(key: str, **values: object) -> Reply:
    """A reply that must reach the citizen whoever holds the conversation."""
    return replace(reply(key, **values), safety=True)
