"""The few sentences that only WeChat needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

import yaml

from core.messages import CHINESE


@cache
def _wording() -> dict[str, dict[str, str]]:
    path = Path(__file__).with_name("wording.yml")
    wording: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return wording


def words(key: str, language: str, **values: object) -> str:
    """A sentence in that language, in Chinese where it has none."""
    told = _wording().get(language, _wording()[CHINESE])
    return Template(told[key]).substitute(values)
