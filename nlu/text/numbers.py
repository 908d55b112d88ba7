"""Numbers as citizens write them: 三万五, 1w2, 3.5万, 壹拾贰万, 两千多, 一个亿, 二〇二三.

Texts come as ``nlu.text.characters.plain`` leaves them. An approximate number is read as the
least it says (两千多 → 2000, 七八百 → 700); 几 counts as one of its unit (几万 → 10000).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

ZEROS = "零〇"
DIGITS = {
    **dict.fromkeys(ZEROS, 0),
    **dict.fromkeys("一壹", 1),
    **dict.fromkeys("二两贰", 2),
    **dict.fromkeys("三叁", 3),
    **dict.fromkeys("四肆", 4),
    **dict.fromkeys("五伍", 5),
    **dict.fromkeys("六陆", 6),
    **dict.fromkeys("七柒", 7),
    **dict.fromkeys("八捌", 8),
    **dict.fromkeys("九玖", 9),
}
TEN, HUNDRED, THOUSAND, MYRIAD, YI = 10, 100, 1000, 10_000, 100_000_000
UNITS = {
    **dict.fromkeys("十拾", TEN),
    **dict.fromkeys("百佰", HUNDRED),
    **dict.fromkeys("千仟kK", THOUSAND),
    **dict.fromkeys("万wW", MYRIAD),
    "亿": YI,
}
HAN_DIGITS = "".join(DIGITS)
HAN_COUNTS = HAN_DIGITS.strip(ZEROS)
HAN_UNITS = "".join(unit for unit in UNITS if not unit.isascii())
"""Characters for pattern sources: all digits, those from one to nine, and units."""

_ARABIC = r"(?:[0-9]{1,3}(?:(?:,[0-9]{3})+(?![0-9])|，000(?![0-9]))|[0-9]+)(?:\.[0-9]+)?"
_ITEM = rf"(?:{_ARABIC}(?:[wk](?![a-z]))?|[{HAN_DIGITS}{HAN_UNITS}廿卅几])"
# What may stand inside a number only because a unit follows: 三百多万, 一个亿, 三点五万.
_INSIDE = (
    rf"(?:[多余来]个?(?=[{HAN_UNITS}])|个[多半]?(?=亿)"
    rf"|点(?=[{HAN_DIGITS}]+[{HAN_UNITS}]))"
)
_COUNTED = "块|元|圆|个|天|年|人|岁|家|户|位|名|处|斤|平|次|条|张"
NUMERAL = (
    rf"(?:(?<![晚早网线])上(?=[{HAN_UNITS}])|半个?(?=[万亿]))?{_ITEM}(?:{_INSIDE}?{_ITEM})*"
    rf"(?:多(?!少)|(?:余|来)(?={_COUNTED})|把(?=块))?"
)
"""Pattern source of a run that may be a number; match it without regard to case."""
LONGEST = 40
"""No number people mean has more characters; what is longer is not read."""

_APPROXIMATE = re.compile("[多余来几]|[把上个]")
_POINT = re.compile(rf"([{HAN_DIGITS}{HAN_UNITS}]+)点([{HAN_DIGITS}]+)([{HAN_UNITS}]+)")
_TOKEN = re.compile(rf"({_ARABIC})|([{HAN_DIGITS}]+)|(半)|([{HAN_UNITS}wkWK])|(.)")
_HALF = Decimal("0.5")
_TWO = 2

Token = Decimal | int | str
"""An Arabic number, a unit, or a run of Chinese digits."""


def read(numeral: str) -> Decimal | None:
    """The value of a whole numeral, None if it is no number."""
    if len(numeral) > LONGEST:
        return None
    text = _APPROXIMATE.sub("", numeral).replace("廿", "二十").replace("卅", "三十")
    point = _POINT.fullmatch(text)
    if point:
        return _with_point(*point.groups())
    tokens = _tokens(text)
    return _value(tokens) if tokens else None


def read_digits(digits: str) -> int | None:
    """A number told digit by digit, as years are: 二〇二三, 2023; None if it is not."""
    if digits.isascii() and digits.isdigit():
        return int(digits)
    return int(_digit_by_digit(digits)) if digits and set(digits) <= set(DIGITS) else None


def _with_point(whole: str, decimals: str, units: str) -> Decimal | None:
    before = read(whole)
    scale = _value(_tokens(units))
    if before is None or scale is None:
        return None
    return (before + Decimal("0." + _digit_by_digit(decimals))) * scale


def _tokens(text: str) -> list[Token]:
    """Empty if anything in the text belongs to no number."""
    found: list[Token] = []
    for arabic, digits, half, unit, alien in _TOKEN.findall(text):
        if alien:
            return []
        if arabic:
            found.append(Decimal(arabic.replace(",", "").replace("，", "")))
        elif half:
            found.append(_HALF)
        else:
            found.append(UNITS[unit] if unit else digits)
    return found


def _value(tokens: Sequence[Token]) -> Decimal | None:
    units = [token for token in tokens if isinstance(token, int)]
    if not units:
        return _number(tokens[0]) if len(tokens) == 1 else None
    unit = max(units)
    # 一万亿 is a 万 of 亿: of equal units the last one divides.
    at = len(tokens) - 1 - list(reversed(tokens)).index(unit)
    head, tail = _head(tokens[:at], unit), _tail(tokens[at + 1 :], unit)
    return None if head is None or tail is None else head * unit + tail


def _head(tokens: Sequence[Token], unit: int) -> Decimal | None:
    if not tokens:
        return Decimal(1)
    if unit < MYRIAD and (len(tokens) > 1 or isinstance(tokens[0], int)):
        return None
    return _value(tokens)


def _tail(tokens: Sequence[Token], unit: int) -> Decimal | None:
    """What follows a unit: 三万|五 is five thousand, 三万|零五 is five."""
    if not tokens:
        return Decimal(0)
    first, *others = tokens
    stripped = first.lstrip(ZEROS) if isinstance(first, str) else first
    zero = stripped != first
    if stripped == "":
        return _value(others) if others else Decimal(0)
    value = _value([stripped, *others])
    # 一百十五 is said without 一, 三千百 is not.
    if value is None or value >= unit or first in {HUNDRED, THOUSAND, MYRIAD}:
        return None
    if not others and value < TEN and not zero:
        return value * unit / TEN
    skips_a_place = value < unit / TEN and isinstance(first, str) and not zero
    return None if skips_a_place else value


def _number(token: Token) -> Decimal | None:
    if not isinstance(token, str):
        return Decimal(token)
    values = [DIGITS[c] for c in token]
    if len(values) == 1:
        return Decimal(values[0])
    return _alternatives(*values) if len(values) == _TWO else None


def _alternatives(low: int, high: int) -> Decimal | None:
    """七八 and 三五 before a unit or counter mean seven or eight: the lower is taken."""
    return Decimal(low) if high - low == 1 or (low, high) == (3, 5) else None


def _digit_by_digit(digits: str) -> str:
    return "".join(str(DIGITS[c]) for c in digits)
