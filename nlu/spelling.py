"""How classifiers and rules see a text; used in Rasa's Python and in ours."""

from __future__ import annotations

from opencc import OpenCC

from nlu.text.homophones import put_right
from nlu.text.normalise import fold

SIMPLIFIED = OpenCC("t2s")


def spelling(text: str) -> str:
    """Folded, in simplified characters, known misspellings put right."""
    simplified: str = SIMPLIFIED.convert(fold(text))
    return put_right(simplified)
