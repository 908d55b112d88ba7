"""What the web interface says when something cannot be done."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


@cache
def _messages() -> dict[str, str]:
    path = Path(__file__).parent / "wording.yml"
    messages: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return messages


def error_message(code: str) -> str:
    """The sentence for an error code, the general one for an unknown code."""
    return _messages().get(code, _messages()["Unexpected"])
