"""What is said while offices come from a table."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

import yaml

FILE = Path(__file__).with_name("words.yml")


def words(key: str, **values: object) -> str:
    """A sentence with its ``$names`` filled; raises ``KeyError`` for an unknown name."""
    return Template(_read()[key]).substitute(values)


@cache
def _read() -> dict[str, str]:
    read: dict[str, str] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read
