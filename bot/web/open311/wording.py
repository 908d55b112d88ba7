"""What the Open311 endpoint says to people."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

import yaml

WORDING = Path(__file__).with_name("wording.yml")


def sentence(name: str, /, **values: object) -> str:
    """A sentence with its ``$names`` filled."""
    return Template(_sentences()[name]).substitute(values)


@cache
def _sentences() -> dict[str, str]:
    sentences: dict[str, str] = yaml.safe_load(WORDING.read_text(encoding="utf-8"))
    return sentences
