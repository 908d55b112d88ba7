"""What staff never ask a citizen for: codes, passwords, transfers. Warning of it is welcome.

It stops a hurried or borrowed account from doing what fraudsters do; it is no proof against
somebody who looks for words it does not know.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).with_name("never_asked.yml")
# Where one clause ends: what warns in one excuses nothing in the next.
CLAUSE = re.compile(r"[，,。．！!？?；;\n\r|]+|\.(?=\s|$)")
# Blanks, and what is put between letters to hide a word.
NOTHING = re.compile(r"[\s\u200b-\u200f\u2060\ufeff·•*_~^-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What excuses words, and what asks for each thing."""

    warnings: tuple[re.Pattern[str], ...]
    asked: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]


def asked_for(text: str) -> str | None:
    """What the text asks a citizen for: ``code``, ``password``, ``transfer``; None if nothing."""
    rules = _rules()
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    for clause in CLAUSE.split(plain):
        left = NOTHING.sub("", clause)
        for warning in rules.warnings:
            left = warning.sub("|", left)
        for what, patterns in rules.asked:
            if any(pattern.search(left) for pattern in patterns):
                return what
    return None


@cache
def _rules() -> Rules:
    document: dict[str, Any] = yaml.safe_load(RULES.read_text(encoding="utf-8"))  # Any: YAML
    lists = {name: "|".join(parts) for name, parts in document["lists"].items()}
    return Rules(
        warnings=_compiled(document["warnings"], lists),
        asked=tuple(
            (what, _compiled(patterns, lists)) for what, patterns in document["asked"].items()
        ),
    )


def _compiled(patterns: list[str], lists: dict[str, str]) -> tuple[re.Pattern[str], ...]:
    # Not str.format: {0,8} is a repeat.
    for name, parts in lists.items():
        patterns = [pattern.replace(f"{{{name}}}", parts) for pattern in patterns]
    return tuple(re.compile(pattern) for pattern in patterns)
