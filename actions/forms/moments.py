"""Moments as citizens tell them: a day with a clock, half an hour ago, just now.

A slot keeps ``2026-11-29T21:20``, with ``~`` behind it where that is rough, or the day alone. What is
told from the present (``-30~``: half an hour ago; ``T21:20``: today or yesterday; ``t09:20``: the
morning or the evening, whichever was last) is fixed by
``fixed`` in the turn that said it. All in Suzhou's time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path

import yaml

from actions.forms.dates import is_whole
from actions.forms.quantities import numerals
from core.clock import SUZHOU

FILE = Path(__file__).with_name("moments.yml")
ROUGH = "~"
NOON = 12
DAY = timedelta(days=1)
MINUTES = {"分": 1, "刻": 15, "小": 60, "钟": 60, "m": 1, "h": 60}
# 中午一点 to 中午三点 lie behind noon.
LATE_NOON = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as exact as it was told: ``precision`` is minute, hour or day."""

    at: datetime
    precision: str


def heard(text: str, day: str | None) -> str | None:
    """What a text says of when, with the ``day`` recognised in it; None if it says nothing."""
    words = _words()
    text = "".join(text.lower().split())
    if (ago := words.ago.search(text)) is not None:
        return f"-{_minutes(ago)}{ROUGH}"
    whole = day if day is not None and is_whole(day) else ""
    if (clock := words.clock.search(text)) is not None and (told := _told(clock, text)):
        return f"{whole}{told.upper()}" if whole else told
    if whole:
        return whole
    return f"-0{ROUGH}" if any(word in text for word in words.just_now) else None


def is_alone(text: str) -> bool:
    """Whether a text says when and nothing else."""
    return set(text) <= _words().letters and heard(text, None) is not None


def fixed(value: str, now: datetime) -> str:
    """The value counted from ``now`` where it was told from the present."""
    here = now.astimezone(SUZHOU).replace(second=0, microsecond=0, tzinfo=None)
    rough = ROUGH if value.endswith(ROUGH) else ""
    bare = value.removesuffix(ROUGH)
    if bare.startswith("-"):
        at = here - timedelta(minutes=int(bare[1:]))
    elif bare.startswith(("T", "t")):
        at = datetime.combine(here.date(), time.fromisoformat(bare[1:]))
        step = DAY / 2 if bare.startswith("t") else DAY
        at += step * ((here - at) // step)
    else:
        return value
    return f"{at:%Y-%m-%dT%H:%M}{rough}"


def moment(value: str) -> Moment | None:
    """The value as a time, None for one that is none."""
    bare = value.removesuffix(ROUGH)
    try:
        at = datetime.fromisoformat(bare).replace(tzinfo=SUZHOU)
    except ValueError:
        return None
    exact = "hour" if value.endswith(ROUGH) else "minute"
    return Moment(at=at, precision=exact if "T" in bare else "day")


def is_ahead(value: str, now: datetime) -> bool:
    """Whether a value lies in the future."""
    told = moment(value)
    return told is not None and told.at > now


def _told(clock: re.Match[str], text: str) -> str | None:
    """``T21:20`` or, with the half of the day left open, ``t09:20``; None where no clock has it."""
    hour, part = _number(clock["hour"]), clock["minute"] or ""
    half = next((kind for kind, words in _words().halves if clock["half"] in words), "")
    if hour is None or hour > (NOON if half else 24):
        return None
    hour = _on_the_day(hour, half)
    minute = {"半": 30, "一刻": 15, "三刻": 45, "": 0}.get(part, _number(part.rstrip("分钟")))
    if minute is None or minute >= 60:  # noqa: PLR2004 (minutes of an hour)
        return None
    rough = not part or any(word in text for word in _words().rough)
    mark = "T" if half or hour > NOON or hour == 0 or ":" in clock[0] else "t"
    return f"{mark}{hour % 24:02d}:{minute:02d}{ROUGH if rough else ''}"


def _on_the_day(hour: int, half: str) -> int:
    if half in {"afternoon", "night"} and hour < NOON:
        # 半夜两点 is two o'clock.
        return hour if half == "night" and hour < 5 else hour + NOON  # noqa: PLR2004
    if half == "noon" and hour <= LATE_NOON:
        return hour + NOON
    return 0 if half in {"morning", "night"} and hour == NOON else hour


def _minutes(ago: re.Match[str]) -> int:
    number = 0.5 if ago["number"] == "半" else float(_number(ago["number"]) or 0)
    number += 0.5 if ago["half"] else 0
    return round(number * MINUTES[ago["unit"][0]])


def _number(numeral: str) -> int | None:
    known = numerals().get(numeral, numeral)
    return int(known) if known.isdecimal() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    halves: tuple[tuple[str, tuple[str, ...]], ...]
    just_now: tuple[str, ...]
    rough: tuple[str, ...]
    letters: frozenset[str]
    clock: re.Pattern[str]
    ago: re.Pattern[str]


@cache
def _words() -> _Words:
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    halves = {kind: tuple(words) for kind, words in document["halves"].items()}
    half = _any_of(*(word for words in halves.values() for word in words))
    number = rf"\d{{1,4}}|{_any_of(*numerals())}"
    minute = rf"半|一刻|三刻|(?:\d{{1,2}}|{_any_of(*numerals())})分?钟?"
    return _Words(
        halves=tuple(halves.items()),
        just_now=tuple(document["just_now"]),
        rough=tuple(document["rough"]),
        letters=frozenset(document["letters"]),
        clock=re.compile(
            rf"(?P<half>{half})?\s*(?P<hour>{number})(?:点钟?|时|[:：])(?P<minute>{minute})?"
        ),
        ago=re.compile(
            rf"(?P<number>半|{number})个?(?P<half>半)?多?个?"
            rf"(?P<unit>小时|钟头|分钟?|刻钟|minutes?|hours?)多?(?:{_any_of(*document['ago'])})"
        ),
    )


def _any_of(*words: str) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
