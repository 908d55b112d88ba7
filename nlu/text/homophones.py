"""Misspellings and disguised spellings put right: 威信 is 微信, 仲才 is 仲裁.

Standard library only; runs on Python 3.10 too.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("homophones.tsv")


def put_right(folded: str) -> str:
    """A folded, simplified text with the known misspellings replaced, longest first."""
    pattern, right = _table()
    return pattern.sub(lambda found: right[found.group()], folded)


def read_table(path: Path = FILE) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Misspelling → right spelling, and the right words it stands in: 法律是 holds 律是.

    A line a misspelling, ``#`` begins a remark.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {wrong: (right, tuple(" ".join(kept).split())) for wrong, right, *kept in rows}


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for misspellings and the words to keep, and what each of them becomes."""
    right: dict[str, str] = {}
    for wrong, (correct, kept) in read_table().items():
        right |= {wrong: correct} | dict(zip(kept, kept, strict=True))
    longest_first = sorted(right, key=lambda word: (-len(word), word))
    return re.compile("|".join(_whole(word) for word in longest_first)), right


def _whole(word: str) -> str:
    """A Latin end is an end only where no other letter follows: wx, not the wx in an address."""
    before = "(?<![a-z0-9.:/])" if word[0].isascii() else ""
    after = "(?![a-z0-9.:/])" if word[-1].isascii() else ""
    return before + re.escape(word) + after
