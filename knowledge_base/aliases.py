"""Short names of laws in daily use."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

import yaml

from knowledge_base.notation import short_name
from knowledge_base.regulations import printed_name

FILE = Path(__file__).with_name("aliases.yml")


@cache
def aliases() -> Mapping[str, str]:
    """Alias → the law's name as printed here."""
    data: dict[str, str] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return data


def full_name(law: str, laws: Collection[str]) -> str:
    """The printed name behind any writing; the given one, shortened, where none is known."""
    name = short_name(law)
    return name if name in laws else aliases().get(name, printed_name(name))
