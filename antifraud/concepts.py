"""What a passage speaks of, as word classes that the classifier weighs; citizens never see them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import yaml

CONCEPTS = Path(__file__).with_name("concepts.yml")
STEPS = Path(__file__).with_name("lexicon.yml")


def concepts(text: str) -> Sequence[str]:
    """The names of the classes of which a word stands in the folded text, in the file's order."""
    return tuple(name for name, pattern in _concepts().items() if pattern.search(text))


def pairs(names: Sequence[str]) -> Iterator[str]:
    """Each two that stand together."""
    return (f"{one}+{other}" for one, other in combinations(names, 2))


def steps(text: str) -> Mapping[str, float]:
    """For each kind of fraud, the share of its steps that the folded text tells."""
    return {
        kind: sum(bool(pattern.search(text)) for pattern in patterns) / len(patterns)
        for kind, patterns in _steps().items()
    }


@cache
def _concepts() -> Mapping[str, re.Pattern[str]]:
    classes = yaml.safe_load(CONCEPTS.read_text(encoding="utf-8"))
    return {name: re.compile(pattern) for name, pattern in classes.items()}


@cache
def _steps() -> Mapping[str, Sequence[re.Pattern[str]]]:
    kinds = yaml.safe_load(STEPS.read_text(encoding="utf-8"))
    return {kind: tuple(map(re.compile, patterns)) for kind, patterns in kinds.items()}
