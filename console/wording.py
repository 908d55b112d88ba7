"""What the console says beside its templates."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


@cache
def wording() -> dict[str, dict[str, str]]:
    """The sentences by section: ``errors`` by code, ``roles`` by value."""
    path = Path(__file__).parent / "wording.yml"
    loaded: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def error_message(code: str) -> str:
    """The sentence for an error code, the general one for an unknown code."""
    errors = wording()["errors"]
    return errors.get(code, errors["Unexpected"])
