"""What the words around a number say of money: its currency, what it counts, where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from nlu.text.mentions import HIDDEN
from nlu.text.numbers import HAN_COUNTS, HAN_DIGITS, HAN_UNITS, read
from nlu.text.vocabulary import any_of, pattern_of

JIAO, FEN = Decimal("0.1"), Decimal("0.01")
_REACH = 10
_CLAUSE = re.compile(r"[，。！？；、]|[,!?;\n ]")
_TENTH = rf"(?P<tenth>[1-9{HAN_COUNTS.replace('两', '')}])"
_FRACTION = (
    rf"{_TENTH}(?:(?P<jiao>[毛角])(?:(?P<cent>[1-9{HAN_COUNTS}])(?:分|(?=[，。 ]|$)))?"
    rf"|(?![0-9{HAN_UNITS}]))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """The money word after a number: where it ends and what it adds (3块5: 0.5).

    ``coin`` is the worth of 角 or 分, 0 for yuan; ``bare`` is 块 without 钱, which may be a piece.
    """

    end: int
    fraction: Decimal = Decimal(0)
    coin: Decimal = Decimal(0)
    bare: bool = False


def currency(text: str, at: int) -> Currency | None:
    """The money word that stands at a place."""
    yuan = _patterns()["yuan"].match(text, at)
    if yuan:
        return _yuan(text, yuan)
    coin = _patterns()["coin"].match(text, at)
    return Currency(end=coin.end(), coin=JIAO if coin["jiao"] else FEN) if coin else None


def is_counted(text: str, at: int, *, large: bool = False) -> bool:
    """Whether a number that ends here counts something else: 人, 天, 平米, 美元.

    After a large number a counter may begin another word: 三万人家不认, 两千年底还.
    """
    if large and pattern_of("not_counters").match(text, at):
        return False
    return _patterns()["counter"].match(text, at) is not None


def is_numbered(text: str, start: int) -> bool:
    """Whether a number that begins here is a reference, a share or a count of clicks.

    Or an extension (分机8012), or names a make (iPhone 17).
    """
    before = text[max(0, start - _REACH) : start]
    return any(_patterns()[kind].search(before) for kind in ("numbered", "extension", "make"))


def is_near_money(text: str, start: int, end: int) -> bool:
    """Whether the clause before speaks of money, or what follows does."""
    near = text[max(0, start - _REACH) : start].rstrip(" :是")
    clause = pattern_of("not_money_before").sub(HIDDEN, _CLAUSE.split(near)[-1])
    return bool(_patterns()["before"].search(clause) or _patterns()["after"].match(text, end))


def _yuan(text: str, match: re.Match[str]) -> Currency:
    tenth = match["tenth"]
    if tenth and not match["jiao"] and _is_another(text, match):
        return Currency(end=match.start("tenth"))
    cent = match["cent"]
    fraction = (_digit(tenth) * JIAO if tenth else 0) + (_digit(cent) * FEN if cent else 0)
    bare = match["unit"] == "块" and match["money"] is None
    return Currency(end=match.end(), fraction=Decimal(fraction), bare=bare)


def _is_another(text: str, match: re.Match[str]) -> bool:
    """五块一斤, 十块三个: the digit counts what follows; 三块八 and 十九块九包邮 end with it."""
    if match["tenth"] == "一":
        return _patterns()["ends"].match(text, match.end()) is None
    return is_counted(text, match.end())


def _digit(character: str) -> Decimal:
    return read(character) or Decimal(0)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    unit = rf"(?P<unit>块(?!{any_of('piece_of')})|元(?!{any_of('after_yuan')})|圆)"
    yuan = (
        rf"{unit}(?:{_FRACTION}钱?|(?P<money>大洋|整|多?钱)|多)?|人民币|(?:rmb|cny|yuan)(?![a-z])"
    )
    counter = rf"{any_of('counters')}|分(?![0-9{HAN_DIGITS}期批])|:[0-9]|[0-9a-z]"
    per = any_of("per")
    return {
        "yuan": re.compile(rf" ?(?:{yuan})", re.IGNORECASE),
        "coin": re.compile(rf"(?P<jiao>[毛角](?!{any_of('after_coin')}))钱?|分钱"),
        "counter": re.compile(counter, re.IGNORECASE),
        "numbered": re.compile(
            rf"{any_of('numbered_by')}[是为: ]{{0,2}}[好近约有]?$", re.IGNORECASE
        ),
        "extension": re.compile(r"分机号?$"),
        "make": re.compile(r"(?<![a-z])(?!rmb|cny|yuan)[a-z]{2,} $", re.IGNORECASE),
        "before": re.compile(
            rf"{any_of('money_before')}|[每一]{per}|{any_of('money_verbs')}(?:[了我他]|[她你]|人家)?$"
        ),
        "after": re.compile(rf"的?{any_of('money_after')}|[一每/]{per}"),
        "ends": re.compile(r"$|[，。！？；、]|[,!?;\n ]|的"),
    }
