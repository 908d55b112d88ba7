"""Finds the names of programs that scammers like to have installed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import yaml

APPS = Path(__file__).with_name("apps.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """One name; ``mark`` says what the program is misused for, the span is in the folded text."""

    start: int
    end: int
    mark: str


class AppReader:
    """Knows the names of ``apps.yml``."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        # The longer of two names that begin alike is the one meant.
        self._patterns = {
            mark: re.compile("|".join(map(re.escape, sorted(own, key=len, reverse=True))))
            for mark, own in names.items()
        }

    @classmethod
    def load(cls, path: Path = APPS) -> Self:
        """Read the list; its layout is described in the file."""
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")))

    def find(self, text: str) -> Sequence[App]:
        """All names, kind by kind."""
        return tuple(self._apps(text))

    def _apps(self, text: str) -> Iterator[App]:
        for mark, pattern in self._patterns.items():
            for match in pattern.finditer(text):
                yield App(start=match.start(), end=match.end(), mark=mark)
