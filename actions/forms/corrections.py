"""Corrections in one sentence: “不是三万是两万”, “日期错了，是上周三”, “改第2项”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from actions.forms.commands import plain
from actions.forms.draft import CHOOSING, SUMMARY, Draft
from actions.forms.spec import Slot, Takes
from actions.forms.values import heard, read
from core.messages import Entity

FILE = Path(__file__).with_name("corrections.yml")
LONGEST = 60
ENDS = " ，,。.！!；;、：:~～"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """New values, or the place to ask again when the new value was not said."""

    values: dict[str, str] = field(default_factory=dict)
    reopen: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """The shapes of corrections, tried in their order, of questions, and of what is demanded.

    ``numerals`` are those from nought to ten, ``counters`` what is said around a number.
    """

    corrections: tuple[re.Pattern[str], ...]
    asks: re.Pattern[str]
    wants: re.Pattern[str]
    numerals: str
    counters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A piece of a message with the entities that lie in it."""

    text: str
    entities: tuple[Entity, ...]


def correction(draft: Draft, text: str, entities: Sequence[Entity]) -> Correction | None:
    """What a sentence corrects, or None if it corrects nothing that is filled in."""
    if len(text) > LONGEST or not draft.slots:
        return None
    for pattern in _patterns().corrections:
        found = pattern.fullmatch(text.strip(ENDS))
        made = _made(draft, found, text, entities) if found else None
        if made is not None:
            return made
    return None


def named(draft: Draft, text: str) -> Slot | None:
    """The slot a few words name, by one of its names or by its number in the summary."""
    number = _number(plain(text).strip(_patterns().counters))
    if number is not None:
        return draft.shown[number - 1] if 0 < number <= len(draft.shown) else None
    bare = plain(text)
    known = [(len(n), s) for s in draft.form.slots for n in s.names if n in bare]
    return max(known, key=lambda pair: pair[0])[1] if known else None


def asks(text: str, *, claims: bool = False) -> bool:
    """Whether a text looks like a question or a request rather than an answer.

    Where the answer ``claims`` something, a demand at its beginning is none.
    """
    rest = _patterns().wants.sub("", text) if claims else text
    return _patterns().asks.search(rest) is not None


def _made(
    draft: Draft, found: re.Match[str], text: str, entities: Sequence[Entity]
) -> Correction | None:
    groups = found.groupdict()
    new = _said(groups.get("new") or "", text, entities)
    if "old" in groups:
        return _replaced(draft, _said(groups["old"], text, entities), new)
    called = groups.get("number") or groups.get("name") or ""
    slot = named(draft, called)
    if slot is None:
        return None if called else _unnamed(draft, new)
    if slot.name not in draft.slots and draft.asked not in (SUMMARY, CHOOSING, slot.name):
        return None
    value = read(slot, new.text, new.entities) if new.text else None
    return Correction(values={slot.name: value}) if value else Correction(reopen=slot.name)


def _unnamed(draft: Draft, new: Said) -> Correction | None:
    """“错了，是两万”: what is meant shows by its kind; else ask what is to be changed."""
    values = _new(draft, new)
    if values:
        return Correction(values=values)
    return Correction(reopen=CHOOSING) if new.text or draft.asked == SUMMARY else None


def _new(draft: Draft, new: Said) -> dict[str, str]:
    """New values of what is filled in, by their kinds."""
    return {
        name: value
        for name, value in heard(draft.form, (), new.entities, new.text).items()
        if name in draft.slots
    }


def _same(draft: Draft, old: Said, new: Said) -> Correction | None:
    """The slot that holds the very value that is taken back."""
    for slot in draft.shown:
        if slot.takes in (Takes.QUANTITY, Takes.ENTITY) and draft.value(slot.name) is not None:
            was, now = (read(slot, said.text, said.entities) for said in (old, new))
            if was == draft.value(slot.name) and now is not None:
                return Correction(values={slot.name: now})
    return None


def _replaced(draft: Draft, old: Said, new: Said) -> Correction | None:
    same = _same(draft, old, new)
    values = _new(draft, new)
    if same is not None or values:
        return same or Correction(values=values)
    for slot in draft.shown:
        value = draft.value(slot.name) or ""
        # A long story holds many words: only at the summary is it clear that it is meant.
        if slot.grows and draft.asked != SUMMARY:
            continue
        if slot.takes is Takes.WORDS and old.text in value:
            return Correction(values={slot.name: value.replace(old.text, new.text)})
        if slot.takes is Takes.CHOICE and read(slot, old.text, ()) == value:
            choice = read(slot, new.text, new.entities)
            return Correction(values={slot.name: choice}) if choice else None
    return None


def _said(piece: str, text: str, entities: Sequence[Entity]) -> Said:
    start = text.rfind(piece) if piece else 0
    inside = [e for e in entities if e.start >= start and e.end <= start + len(piece)]
    moved = (
        Entity(name=e.name, value=e.value, start=e.start - start, end=e.end - start)
        for e in inside
    )
    return Said(text=piece.strip(ENDS), entities=tuple(moved))


def _number(text: str) -> int | None:
    """A number up to 99, in digits or numerals: 二十三 is 2 · 10 + 3."""
    if text.isascii() and text.isdigit():
        return int(text)
    numerals = _patterns().numerals
    digits, ten = list(numerals[:-1]), numerals[-1]
    head, mark, tail = text.partition(ten)
    if not text or any(len(part) > 1 or part not in ["", *digits] for part in (head, tail)):
        return None
    units = digits.index(tail) if tail else 0
    if not mark:
        return digits.index(head)
    return (digits.index(head) if head else 1) * len(digits) + units


@cache
def _patterns() -> Patterns:
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Patterns(
        corrections=tuple(re.compile(pattern) for pattern in document["corrections"]),
        asks=re.compile(document["asks"]),
        wants=re.compile(document["wants"]),
        numerals=document["numerals"],
        counters=document["counters"],
    )
