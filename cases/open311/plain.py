"""Text that every format can carry."""

from __future__ import annotations

import re

# What XML 1.0 has no way to write (control characters, halves of emoji) and what nobody can see.
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]*>|<!--")


def plain(text: str) -> str:
    """The text without control characters and broken ones; line ends and tabs stay."""
    return _UNSPEAKABLE.sub("", text)


def has_html(text: str) -> bool:
    """Whether a browser would take something in it for a tag; “3 < 4” is none."""
    return _TAG.search(text) is not None
