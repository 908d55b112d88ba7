"""What fills a slot, and how a value is told back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from actions.forms.commands import plain
from actions.forms.draft import SKIPPED, Draft
from actions.forms.spec import Choice, Form, Shown, Slot, Takes
from actions.phrases import words
from core.masking import mask
from core.messages import Entity

# A choice is read from a short answer; in a longer one only from an entity.
SHORT = 12
# An entity that is most of an answer is the answer: “上周三吧”, but not “从上周三到现在”.
MOST = 0.6
TEN_THOUSAND = 10_000
DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
CLAUSE = re.compile(r"[^，,。；;！!？?\s]+[，,。；;！!？?\s]*|[，,。；;！!？?\s]+")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def read(slot: Slot, text: str, entities: Iterable[Entity]) -> str | None:
    """The slot's value as this answer gives it, or None if it gives none."""
    found = next((e for e in entities if e.name in slot.entities), None)
    match slot.takes:
        case Takes.ENTITY:
            return found.value if found else None
        case Takes.CHOICE:
            chosen = (found and _meant(slot, found.value)) or (
                _meant(slot, text) if len(text) <= SHORT else None
            )
            return chosen.key if chosen else None
        case Takes.WORDS:
            if found and found.end - found.start >= MOST * len(text):
                return found.value
            return text if slot.least <= len(text) <= slot.most else None


def heard(form: Form, taken: Iterable[str], entities: Iterable[Entity]) -> dict[str, str]:
    """What a message says unasked: the first entity of each slot that is not ``taken``."""
    found: dict[str, str] = {}
    known = tuple(entities)
    for slot in form.slots:
        if slot.name in taken:
            continue
        for entity in known:
            value = _unasked(slot, entity)
            if value is not None:
                found[slot.name] = value
                break
    return found


def opened(form: Form, text: str) -> dict[str, str]:
    """The slot that grows, filled with a first message that says more than the bare wish."""
    slot = form.growing
    if slot is None:
        return {}
    if len(_beside(form, text)) < form.telling:
        return {}
    return {slot.name: _without_wish(form, text) if form.trims else text}


def show(slot: Slot, value: str) -> str:
    """A value in words for people, whether it came normalised or as it was typed."""
    if value == SKIPPED:
        return words("form_skipped")
    choice = slot.choice(value)
    if choice is not None:
        return choice.title
    if slot.shown is Shown.MONEY and NUMBER.fullmatch(value):
        return _money(float(value))
    day = DAY.fullmatch(value) if slot.shown is Shown.DAY else None
    return _day(day) if day else value


def told(draft: Draft, names: Iterable[str], *, most: int | None = None) -> list[str]:
    """``label：value`` of some slots, long values cut to ``most`` characters."""
    lines = []
    for slot in draft.form.slots:
        if slot.name in names and slot.name in draft.slots:
            value = excerpt(draft, slot, most) if most else show(slot, draft.slots[slot.name])
            lines.append(words("form_line", label=words(slot.label), value=value))
    return lines


def excerpt(draft: Draft, slot: Slot, most: int) -> str:
    """A slot's value as the conversation shows it: cut, and masked where the form says so."""
    text = show(slot, draft.slots[slot.name])
    return shortened(mask(text) if draft.form.masked else text, most)


def shortened(text: str, most: int | None) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split()) if most else text
    return line if most is None or len(line) <= most else line[: most - 1] + "…"


def _beside(form: Form, text: str) -> str:
    """What a text says beside the bare wish."""
    for wish in sorted(form.bare, key=len, reverse=True):
        text = text.replace(wish, "")
    return plain(text)


def _without_wish(form: Form, text: str) -> str:
    """The text without the clauses that only name the wish, and without the wish at its head."""
    clauses = CLAUSE.findall(text)
    told = "".join(c for c in clauses if _beside(form, c) or not plain(c))
    longest = sorted(form.bare, key=len, reverse=True)
    head = re.compile("^(?:" + "|".join(map(re.escape, longest)) + r"|[\W_])+")
    return head.sub("", told).strip()


def _unasked(slot: Slot, entity: Entity) -> str | None:
    if entity.name not in slot.entities or not slot.volunteered:
        return None
    if slot.takes is not Takes.CHOICE:
        return entity.value
    chosen = _meant(slot, entity.value)
    return chosen.key if chosen else None


def _meant(slot: Slot, text: str) -> Choice | None:
    """The choice with the longest of its words in the text; one letter or character stands alone."""
    bare = plain(text)
    meant = [
        (len(word), choice)
        for choice in slot.choices
        for word in map(plain, (choice.key, *choice.titles.values(), *choice.words))
        if (word in bare if len(word) > 1 else word == bare)
    ]
    return max(meant, key=lambda found: found[0])[1] if meant else None


def _money(amount: float) -> str:
    if amount >= TEN_THOUSAND:
        return words("form_ten_thousands", number=f"{amount / TEN_THOUSAND:.10g}")
    return words("form_yuan", number=f"{amount:.10g}")


def _day(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    if day is None:
        return words("form_month", year=year, month=int(month))
    try:
        return words("day_long").format(date(int(year), int(month), int(day)))
    except ValueError:
        return found.group()
