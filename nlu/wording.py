"""What those who keep the training data are told; the sentences stand in ``wording.yml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

import yaml

WORDING_FILE = Path(__file__).parent / "wording.yml"


@cache
def _wording() -> dict[str, str]:
    wording: dict[str, str] = yaml.safe_load(WORDING_FILE.read_text(encoding="utf-8"))
    return wording


def words(key: str, /, **values: object) -> str:
    """A sentence with its ``$names`` filled."""
    return Template(_wording()[key]).substitute(values)
