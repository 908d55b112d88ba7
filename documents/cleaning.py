"""What a citizen typed, made fit for paper: nothing invisible, nothing that turns text around."""

from __future__ import annotations

import re
import unicodedata

# Controls and surrogates that XML forbids; marks that turn the direction of writing, by which a
# name or a number could read otherwise than it is stored; other marks without a shape.
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Little pictures have no place in a document and no shape in its fonts. Rare characters of names
# are letters and stay.
PICTURES = frozenset({"So", "Sk"})
KEPT_PICTURES = re.compile(r"[\u2000-\u25ff\u3000-\u33ff`^\u00a8-\u00b8]")
VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def clean(text: str) -> str:
    """The text with its lines as they were, and nothing that cannot be printed."""
    lines = BREAKS.sub("\n", text).replace("\t", " ").split("\n")
    tidy = ("".join(c for c in _composed(line) if _prints(c)).strip() for line in lines)
    return "\n".join(line for line in tidy if line)


def on_one_line(text: str) -> str:
    """The text for a single line of a document."""
    return " ".join(clean(text).split("\n"))


def _composed(line: str) -> str:
    return unicodedata.normalize("NFC", VARIANTS.sub("", line))


def _prints(char: str) -> bool:
    kind = unicodedata.category(char)
    if kind in PICTURES:
        return KEPT_PICTURES.match(char) is not None
    return kind not in INVISIBLE
