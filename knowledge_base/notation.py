"""How statutes are written: law names with and without the country, article numbers, numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("notation.yml")
# No law has more articles than can be written with the units up to the thousand.
MOST = 9999
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """The words of ``notation.yml``; patterns are compiled, ``database`` holds its vocabulary."""

    country: str
    digits: str
    zeros: str
    two: str
    units: Mapping[str, int]
    article: str
    article_suffix: str
    whole: str
    item: str
    pattern: Mapping[str, re.Pattern[str]]
    database: Mapping[str, Any]  # Any: a word or a list of words
    amendment: Mapping[str, re.Pattern[str]]
    repealed_on: Mapping[str, date]


@cache
def notation() -> Notation:
    """The notation file, read once."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    numeral = f"(?:{data['pattern']['numeral']})"
    for group in ("pattern", "amendment"):
        data[group] = {
            name: re.compile(text.replace("{n}", numeral).replace("{{", "{").replace("}}", "}"))
            for name, text in data[group].items()
        }
    return Notation(**data)


def squeeze(text: str) -> str:
    """The text with every blank taken out: how key phrases and articles are compared."""
    return BLANKS.sub("", text)


def short_name(law: str) -> str:
    """A law's name as it is printed here: without book marks and without 中华人民共和国."""
    return squeeze(law).strip("《》").removeprefix(notation().country)


def to_chinese(number: int) -> str:
    """1254 → 一千二百五十四; raises ``ValueError`` outside 1–9999."""
    if not 1 <= number <= MOST:
        raise ValueError(number)
    words = notation()
    units = ["", *words.units]
    out, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(out)
            continue
        out += (words.digits[0] if gap else "") + words.digits[digit] + units[place]
        gap = False
    ten = words.digits[1] + units[1]
    return out[1:] if out.startswith(ten) else out


def to_int(numeral: str) -> int:
    """一千二百五十四, 1254 or 一二五四 → 1254; raises ``ValueError`` for anything else."""
    if numeral.isascii():
        return int(numeral)
    words = notation()
    if not any(char in words.units for char in numeral):
        return int("".join(str(_digit(char)) for char in numeral))
    total, digit = 0, 0
    for char in numeral:
        if char in words.units:
            total += (digit or 1) * words.units[char]
            digit = 0
        else:
            digit = _digit(char)
    return total + digit


def article_number(text: str) -> str | None:
    """Any writing of an article's number as the statutes write it, or None.

    第1254条, 1254, 一千二百五十四条 → 第一千二百五十四条; 133条之一, 133-1 → 第一百三十三条之一.
    """
    text = squeeze(text)
    words = notation()
    if text == words.whole or text.startswith(words.item):
        return text
    match = words.pattern["number"].fullmatch(text)
    return _number(match.group(1), match.group(2)) if match else None


def mentions(text: str) -> Iterator[tuple[str, str]]:
    """Each (law, article) that a text names inline, such as 《民法典》第一条、第二条."""
    pattern = notation().pattern
    for law, numbers in pattern["mention"].findall(text):
        for found in pattern["reference"].finditer(numbers):
            number = _number(found["main"], found["sub"])
            if number:
                yield short_name(law), number


def _number(main: str, sub: str | None) -> str | None:
    words = notation()
    try:
        number = words.article.format(n=to_chinese(to_int(main)))
        return number + (words.article_suffix.format(n=to_chinese(to_int(sub))) if sub else "")
    except ValueError:
        return None


def _digit(char: str) -> int:
    words = notation()
    if char in words.zeros:
        return 0
    return 2 if char == words.two else words.digits.index(char)
