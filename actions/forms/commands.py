"""What a citizen tells the form itself: a closed list of words, so that none depends on a model."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("commands.yml")
PARTICLES = "吧了啊呀呢啦哈嘛"


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


def command(text: str) -> Command | None:
    """The command a whole text is, or None: ``跳过吧！`` is one, ``跳过这个坑`` is not."""
    bare = plain(text)
    meant = _words().get(bare) or _words().get(bare.rstrip(PARTICLES))
    # 对了 and 好了 open something new; what files a form is said in full.
    return None if meant is Command.CONFIRM and bare not in _words() else meant


def plain(text: str) -> str:
    """A text as it is compared: half width, lower case, without blanks and punctuation."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in folded if char.isalnum())


@cache
def _words() -> dict[str, Command]:
    listed = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {plain(str(word)): Command(name) for name, words in listed.items() for word in words}
