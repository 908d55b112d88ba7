"""Hides what identifies a person in text that staff, logs and exports may see."""

from __future__ import annotations

import re

# Every occurrence is hidden, not only the first. Longest kinds first.
ID_CARD = re.compile(r"(?<![0-9A-Za-z])\d{6}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z])")
CARD = re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){2}[ -]?\d{3,7}(?!\d)")
MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
KEPT_HEAD = 3
KEPT_TAIL = 4


def mask(text: str) -> str:
    """The text with identity cards, bank cards, telephone numbers and e-mail addresses hidden."""
    for pattern in (ID_CARD, CARD, MOBILE, LANDLINE):
        text = pattern.sub(_hide, text)
    return EMAIL.sub("***@***", text)


def _hide(match: re.Match[str]) -> str:
    value = match.group()
    hidden = len(value) - KEPT_HEAD - KEPT_TAIL
    return value[:KEPT_HEAD] + "*" * hidden + value[-KEPT_TAIL:]
