"""Text that every format can carry."""

from __future__ import annotations

import re

# What XML 1.0 has no way to write (control characters, halves of emoji) and what nobody can see.
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """The text without control characters and broken ones; line ends and tabs stay."""
    return _UNSPEAKABLE.sub("", text)
