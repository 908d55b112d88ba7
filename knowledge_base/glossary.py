"""Turns what people say into what statutes say, for the statute search."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from knowledge_base.tokens import normalise

FILE = Path(__file__).with_name("glossary.yml")


class Term(BaseModel):
    """Lay words and the statutes' words for the same thing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    said: tuple[str, ...]
    law: tuple[str, ...]


def legal_words(text: str) -> Sequence[str]:
    """The statutes' words for what a text says in lay words, those it says itself left out."""
    text = normalise(text)
    found = (term for term in glossary() if any(word in text for word in term.said))
    return [word for term in found for word in term.law if word not in text]


@cache
def glossary() -> Sequence[Term]:
    """Every line of the glossary, lay words in the form that texts are searched in."""
    terms = TypeAdapter(list[Term]).validate_python(
        yaml.safe_load(FILE.read_text(encoding="utf-8"))
    )
    return [Term(said=tuple(normalise(w) for w in term.said), law=term.law) for term in terms]
