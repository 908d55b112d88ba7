"""The closed list of intents with their meanings, for checks, reports and people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

INTENT_FILE = Path(__file__).parent / "intents.yml"


@cache
def meanings() -> Mapping[str, str]:
    """Every intent's name with what the citizen wants, in the order of the file."""
    listed: dict[str, str] = yaml.safe_load(INTENT_FILE.read_text(encoding="utf-8"))
    return listed
