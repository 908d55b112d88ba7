"""How an answer may be worded: plain, in short sentences, and without a promise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).with_name("style.yml")
# The source of a rule in brackets, and what others are quoted with, are not our own words.
SOURCE = re.compile(r"（[^（）]*）")
QUOTED = re.compile("“[^“”]*”")
SENTENCE_END = re.compile(r"[。；！？\n]")


COMMA = re.compile(r"[，,]")
BLANKS = re.compile(r"\s+")


class Style(BaseModel):
    """Words that no answer holds, what to write instead, and how much is read at one breath.

    A promise after one of the ``negations`` is none. Lengths count characters; ``most_commas`` are
    those of a sentence, ``longest_average`` is that of an answer's sentences.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    promises: tuple[tuple[str, ...], ...]
    negations: tuple[str, ...]
    officialese: Mapping[str, str]
    longest_sentence: int
    most_commas: int
    longest_paragraph: int
    longest_average: int


def style_faults(text: str) -> Iterator[tuple[str, str]]:
    """Codes of what is wrong with a text's wording, each with the piece that is wrong."""
    # “一 定 能 赢” promises no less.
    own = BLANKS.sub("", QUOTED.sub("", text))
    for match in _promises().finditer(own):
        yield "promise", match.group()
    for word, instead in style().officialese.items():
        if word in own:
            yield "officialese", f"{word}: {instead}"
    yield from _long_faults(text)


def density_faults(answer: str) -> Iterator[tuple[str, str]]:
    """Whether an answer's sentences, none of them too long, are long all together."""
    lengths = [len(sentence) for sentence in _sentences(answer) if sentence.strip()]
    average = sum(lengths) / max(len(lengths), 1)
    if average > style().longest_average:
        yield "dense", f"{average:.0f} > {style().longest_average}"


def _long_faults(text: str) -> Iterator[tuple[str, str]]:
    rules = style()
    for sentence in _sentences(text):
        commas = len(COMMA.findall(QUOTED.sub("", sentence)))
        if len(sentence) > rules.longest_sentence:
            yield "long_sentence", f"{len(sentence)} > {rules.longest_sentence}: {sentence[:20]}…"
        if commas > rules.most_commas:
            yield "many_clauses", f"{commas} > {rules.most_commas}: {sentence[:20]}…"
    for paragraph in text.split("\n"):
        if len(paragraph) > rules.longest_paragraph:
            told = f"{len(paragraph)} > {rules.longest_paragraph}: {paragraph[:20]}…"
            yield "long_paragraph", told


def _sentences(text: str) -> list[str]:
    return SENTENCE_END.split(SOURCE.sub("", text))


@cache
def _promises() -> re.Pattern[str]:
    rules = style()
    longest_first = sorted(chain.from_iterable(rules.promises), key=len, reverse=True)
    return re.compile(
        rf"(?<![{''.join(rules.negations)}])(?:{'|'.join(map(re.escape, longest_first))})"
    )


@cache
def style() -> Style:
    """The rules file, read once."""
    return Style.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
