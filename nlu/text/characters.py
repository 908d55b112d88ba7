"""A text made plain for reading numbers, dates and places, one character for one.

Positions in the plain text are positions in the original.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

# Simplified character → the traditional ones it stands for; only characters that the words and
# patterns of this folder use.
FILE = Path(__file__).with_name("traditional.json")
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_OFFSET = 0xFF01 - 0x21
# A full-width comma parts clauses far more often than thousands: 工资5000，300元饭补.
_KEPT = {"，"}
_OTHERS = {"￥": "¥", "\u3000": " ", "○": "〇", "–": "-", "—": "-", "−": "-"}


def plain(text: str) -> str:
    """Half width and simplified where this folder reads it; exactly as long as the text."""
    return text.translate(_table())


@cache
def _table() -> Mapping[int, str]:
    table = {ord(a): b for a, b in _OTHERS.items()}
    table |= {code: chr(code - _OFFSET) for code in _FULL_WIDTH if chr(code) not in _KEPT}
    for simplified, traditional in json.loads(FILE.read_text(encoding="utf-8")).items():
        table |= {ord(character): simplified for character in traditional}
    return table
