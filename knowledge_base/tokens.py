"""Cuts Chinese text into what the word search counts: words, parts of words, character pairs.

Character pairs find what the word cutter does not know (names, misspellings); words and their
parts keep frequent pairs across word borders from outweighing them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import opencc
import rjieba
import yaml

STOPWORDS = Path(__file__).with_name("stopwords.yml")
RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+")
# What a word of asking (怎么办, 是否) counts beside a word of the matter.
STOP_WEIGHT = 0.5


def normalise(text: str) -> str:
    """Simplified characters, half-width, lower case: one form for index and query."""
    simplified: str = _converter().convert(unicodedata.normalize("NFKC", text).lower())
    return simplified


def tokens(text: str) -> list[str]:
    """Every token of a text, repeated as often as it stands there."""
    text = normalise(text)
    return _words(text) + [pair for run in RUN.findall(text) for pair in _pairs(run)]


def weighted_tokens(text: str) -> Mapping[str, float]:
    """A query's tokens with their weights; pairs that touch a word of asking count less."""
    text = normalise(text)
    stop = stopwords()
    weights: dict[str, float] = defaultdict(float)
    for word in _words(text):
        weights[word] += STOP_WEIGHT if word in stop else 1.0
    matter = "".join(" " if word in stop else word for word in rjieba.cut(text))
    for part, weight in ((text, STOP_WEIGHT), (matter, 1.0 - STOP_WEIGHT)):
        for run in RUN.findall(part):
            for pair in _pairs(run):
                weights[pair] += weight
    return weights


@cache
def stopwords() -> frozenset[str]:
    """Words of asking."""
    lines: list[str] = yaml.safe_load(STOPWORDS.read_text(encoding="utf-8"))
    return frozenset(word for line in lines for word in line.split())


def _words(text: str) -> list[str]:
    return [word for word in rjieba.cut_for_search(text) if RUN.match(word)]


def _pairs(run: str) -> list[str]:
    if len(run) == 1 or run.isascii():
        return [run]
    return [run[i : i + 2] for i in range(len(run) - 1)]


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
