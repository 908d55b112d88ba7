"""What the console says beside its templates."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from actions.talk import intent_titles


@cache
def wording() -> dict[str, dict[str, str]]:
    """What is said by section: ``errors`` by code, ``roles`` by value, and so on."""
    path = Path(__file__).parent / "wording.yml"
    loaded: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def error_message(code: str) -> str:
    """The sentence for an error code, the general one for an unknown code."""
    errors = wording()["errors"]
    return errors.get(code, errors["Unexpected"])


def refusal(what: str) -> str:
    """Why an answer that asks for ``what`` is not sent."""
    return wording()["never_asked"][what]


def reason_of(reason: str) -> str:
    """Why a citizen came into the queue, in words; the intent's own name if there are none."""
    return wording()["reasons"].get(reason) or intent_titles().get(reason) or reason
