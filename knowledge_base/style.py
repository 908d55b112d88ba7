"""How an answer may be worded: plain, in short sentences, and without a promise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).with_name("style.yml")
# The source of a rule in brackets, and what others are quoted with, are not our own words.
SOURCE = re.compile(r"（[^（）]*）")
QUOTED = re.compile("“[^“”]*”")
SENTENCE_END = re.compile(r"[。；！？\n]")


class Style(BaseModel):
    """Words that no answer holds, what to write instead, and how long a sentence may be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    promises: tuple[str, ...]
    officialese: Mapping[str, str]
    longest_sentence: int


def style_faults(text: str) -> Iterator[tuple[str, str]]:
    """Codes of what is wrong with a text's wording, each with the piece that is wrong."""
    rules = style()
    own = QUOTED.sub("", text)
    for promise in rules.promises:
        if promise in own:
            yield "promise", promise
    for word, instead in rules.officialese.items():
        if word in own:
            yield "officialese", f"{word}: {instead}"
    for sentence in SENTENCE_END.split(SOURCE.sub("", text)):
        if len(sentence) > rules.longest_sentence:
            yield "long_sentence", f"{len(sentence)} > {rules.longest_sentence}: {sentence[:20]}…"


@cache
def style() -> Style:
    """The rules file, read once."""
    return Style.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
