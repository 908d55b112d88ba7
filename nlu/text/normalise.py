"""One spelling for what citizens type in many; standard library only, runs on Python 3.10 too."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 2000
GIST = 60
# Zero-width, bidirectional and other control characters, variation selectors and emoji joiners.
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
BLANKS = re.compile(r"[ \t\u3000]+")
SAYS_NOTHING = re.compile(r"[\W_]*")


def clean(text: str) -> str:
    """The text without invisible characters, trimmed and cut to ``MAX_CHARACTERS``.

    Nothing a person can see is changed, so positions in it may be shown back to them.
    """
    return INVISIBLE.sub("", text).strip()[:MAX_CHARACTERS]


def fold(text: str) -> str:
    """A form for comparing: full width to half (NFKC), lower case, blanks removed."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", clean(text)).lower())


def gist(text: str) -> str:
    """The last ``GIST`` characters: of a long story, where the question is.

    A sentence vector of these routes as well as one of the whole and costs a quarter.
    """
    return text[-GIST:]


def says_nothing(text: str) -> bool:
    """Whether a text holds no letter, digit or Chinese character at all (emoji, dots, blanks)."""
    return SAYS_NOTHING.fullmatch(text) is not None
