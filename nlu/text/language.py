"""Which language a message is written in; standard library only, runs on Python 3.10 too."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

CHINESE, ENGLISH = "zh", "en"
WORD_FILE = Path(__file__).with_name("english_words.txt")
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
# Addresses, and whatever holds a digit, an @ or a slash: references, codes, accounts, dates.
NOT_WORDS = re.compile(r"https?://\S+|www\.\S+|\S*[0-9@/_\\]\S*|[a-z0-9-]+(?:\.[a-z0-9-]+)+")
WORD = re.compile(r"i\b|[a-z]+(?:'[a-z]+|[a-z])")
# Chinese in Latin letters, as people without a Chinese keyboard type it.
SYLLABLE = (
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
    r"(?:iang|iong|uang|iao|ian|ing|uai|uan|ang|eng|ong|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui"
    r"|[uv]e|a|i|u|v)|[bpmfw]o|(?:zh|ch|sh|[mdtnlgkhrzcsy])e|ang|eng|ai|ei|ao|ou|an|en|er|a|o|e)"
)
PINYIN = re.compile(f"{SYLLABLE}+")
# English words that are syllables too: they count where some other word cannot be pinyin.
SHARED = frozenset(["an", "can", "die", "he", "me", "men", "she", "women", "you"])
FEWEST = 2


def language_of(text: str) -> str | None:
    """``zh``, ``en``, or None where a text does not tell: a number, a link, “ok”, “wx”, pinyin.

    Who begins in English and goes on with a pasted Chinese text speaks English. Whoever asks
    keeps the language spoken before when the answer is None.
    """
    plain = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
    plain = NOT_WORDS.sub(" ", plain)
    han = len(HAN.findall(plain))
    words = WORD.findall(plain)
    first = WORD.findall(HAN.split(plain, maxsplit=1)[0])
    if _is_english(first) or (first and han * FEWEST <= len(words) and _is_english(words)):
        return ENGLISH
    return CHINESE if han >= FEWEST and han > len(words) else None


def _is_english(words: list[str]) -> bool:
    """Whether at least two words stand there, and enough of them are common English ones."""
    known = sum(word in _english() for word in words)
    foreign = [word for word in words if word not in _english() and word not in SHARED]
    pinyin = sum(PINYIN.fullmatch(word) is not None for word in foreign)
    if pinyin < len(foreign) or known:
        known += sum(word in SHARED for word in words)
    return len(words) >= FEWEST and known > 0 and known * FEWEST >= pinyin


@cache
def _english() -> frozenset[str]:
    lines = WORD_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
