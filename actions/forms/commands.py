"""What a citizen tells the form itself: a closed list of words, so that none depends on a model."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("commands.yml")


class Command(StrEnum):
    """One move in a form; buttons carry it as the argument of their payload."""

    BACK = "back"
    SKIP = "skip"
    CANCEL = "cancel"
    CONFIRM = "confirm"
    CHANGE = "change"
    RESUME = "resume"
    RESTART = "restart"
    CLEAR = "clear"
    KEEP = "keep"
    AGAIN = "again"
    MORE = "more"
    BLANKS = "blanks"


def command(text: str) -> Command | None:
    """The command a whole text is, or None: ``跳过吧！`` is one, ``跳过这个坑`` is not."""
    known, bare = _known(), plain(text)
    meant = known.words.get(bare) or known.words.get(bare.rstrip(known.particles))
    # 对了 and 好了 open something new; what files a form is said in full.
    return None if meant is Command.CONFIRM and bare not in known.words else meant


def plain(text: str) -> str:
    """A text as it is compared: half width, lower case, without blanks and punctuation."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in folded if char.isalnum())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The words of each command, and the particles that may follow."""

    words: dict[str, Command]
    particles: str


@cache
def _known() -> _Known:
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    words = {
        plain(str(word)): Command(name)
        for name, listed in document["commands"].items()
        for word in listed
    }
    return _Known(words=words, particles=document["particles"])
