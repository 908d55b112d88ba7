"""Sums of money in yuan: 三万五, 5000块, 1w2, ¥3,500, 300-800元 (its lower end).

A currency word or a large unit makes a number money; a bare one needs words of money near it.
What is counted (3万人), numbered (第47条), dialled (12345) or paid abroad (美元) is no sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from nlu.text.mentions import Mention
from nlu.text.money_words import Currency, currency, is_counted, is_near_money, is_numbered
from nlu.text.numbers import DIGITS, HAN_COUNTS, LONGEST, NUMERAL, UNITS, read
from nlu.text.vocabulary import pattern_of, words

NAME = "amount"
MOST = Decimal(10) ** 13
_FEW = 3
_LEAST_BARE = 10
_CANDIDATE = re.compile(
    rf"(?<![0-9a-z._/#-])(?<![0-9]:)(?P<symbol>¥ ?)?(?P<low>{NUMERAL})", re.IGNORECASE
)
_UPPER = re.compile(rf"[块元]?(?:-|~|到|至)(?P<high>{NUMERAL})", re.IGNORECASE)
_LOOSE_TAIL = re.compile(rf".*(?:[百佰千仟]|[万亿wk])(?P<tail>[1-9{HAN_COUNTS}])", re.IGNORECASE)
# 万 alone is no number of anything; 十, 几万 and 万把 are.
_SAID = re.compile(rf"[0-9{HAN_COUNTS}十拾廿卅]|几|上|半|.*[把来余多]")
_LARGE = re.compile(r"[千仟万亿wk]", re.IGNORECASE)


def find_amounts(text: str, day: date) -> Iterator[Mention]:
    """The sums in a plain text, in order."""
    at = 0
    while match := _CANDIDATE.search(text, at):
        found = _amount(match)
        at = found.end if found else match.end()
        if found:
            yield found


def _amount(match: re.Match[str]) -> Mention | None:
    text, start = match.string, match.start("low")
    low = match["low"][: _length(match)]
    value, end = read(low), start + len(low)
    if value is None or not _SAID.match(low):
        return None
    upper = _UPPER.match(text, end)
    above = _sum(text, upper.start("high"), upper["high"]) if upper else None
    if upper and above and value < above[0]:
        return _mention(match.start(), above[1], _scaled(low, value, upper["high"]))
    alone = _sum(text, start, low, marked=match["symbol"] is not None)
    return _mention(match.start(), alone[1], alone[0]) if alone else None


def _length(match: re.Match[str]) -> int:
    """How much of a run to read: all; without a digit that counts what follows; its readable part.

    三万一个月 is thirty thousand a month, 三万二十天 thirty thousand in twenty days.
    """
    numeral = match["low"]
    if read(numeral) is not None:
        return len(numeral) - _counts_what_follows(numeral, match.string, match.end())
    readable = (n for n in range(min(len(numeral), LONGEST) - 1, 0, -1) if numeral[n] in DIGITS)
    return next((n for n in readable if read(numeral[:n]) is not None), 0)


def _counts_what_follows(numeral: str, text: str, end: int) -> bool:
    loose = _LOOSE_TAIL.fullmatch(numeral)
    if loose is None:
        return False
    # 两 is never said for the last digit, 二 never before a counter.
    if loose["tail"] in {"二", "两"}:
        return loose["tail"] == "两" or pattern_of("after_two").match(text, end) is not None
    one = loose["tail"] == "一" and pattern_of("after_one").match(text, end) is not None
    return one or is_counted(text, end, large=True)


def _sum(
    text: str, start: int, numeral: str, *, marked: bool = False
) -> tuple[Decimal, int] | None:
    """The sum and where it ends, if the number is one; ``marked`` if ¥ stands before it."""
    value, end = read(numeral), start + len(numeral)
    if value is None:
        return None
    told = currency(text, end)
    if told:
        return _with_currency(text, start, value, told)
    if marked:
        return value, end
    large = _LARGE.search(numeral) is not None
    if is_counted(text, end, large=large) or is_numbered(text, start):
        return None
    small = value < _LEAST_BARE or numeral in words("hotlines")
    return (value, end) if large or (not small and is_near_money(text, start, end)) else None


def _with_currency(
    text: str, start: int, value: Decimal, told: Currency
) -> tuple[Decimal, int] | None:
    if told.coin:
        return (value * told.coin, told.end) if value < 1 / told.coin else None
    few_pieces = told.bare and value <= _FEW and not told.fraction
    if few_pieces and not is_near_money(text, start, told.end):
        # 一块 mostly means together, 碎了两块 is no money.
        return None
    return value + told.fraction, told.end


def _scaled(low: str, value: Decimal, high: str) -> Decimal:
    """3到5万 begins at thirty thousand."""
    unit = UNITS.get(high[-1])
    return value * unit if unit and not any(c in UNITS for c in low) else value


def _mention(start: int, end: int, value: Decimal) -> Mention | None:
    if not 0 < value < MOST:
        return None
    whole = value == value.to_integral_value()
    said = format(value.quantize(Decimal(1)) if whole else value, "f")
    return Mention(name=NAME, value=said, start=start, end=end)
