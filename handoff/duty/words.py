"""What is said of a duty plan to those who write it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

import yaml


def words(key: str, **values: object) -> str:
    """A sentence with its ``$names`` filled."""
    return Template(_read()[key]).substitute(values)


@cache
def _read() -> dict[str, str]:
    wording: dict[str, str] = yaml.safe_load(
        Path(__file__).with_name("words.yml").read_text(encoding="utf-8")
    )
    return wording
