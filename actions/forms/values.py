"""What fills a slot, and how a value is told back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from actions.forms import moments
from actions.forms.commands import plain
from actions.forms.dates import is_whole, last_day
from actions.forms.draft import Draft
from actions.forms.neighbours import is_apart, nearest
from actions.forms.quantities import Unit, bare, months_and_days, quantity
from actions.forms.rows import kept
from actions.forms.spec import SKIPPED, Choice, Form, Shown, Slot, Takes
from actions.mentions import simplified
from actions.numbers import answered
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
MONTH = len("2026-11")
ROUGHLY = ("底", "末", "初", "旬", "中")
ODD_YEAR = re.compile(r"(?<!\d)(\d{3,4})年$")


def read(slot: Slot, text: str, entities: Iterable[Entity]) -> str | None:
    """The slot's value as this answer gives it, or None if it gives none."""
    known = tuple(e for e in entities if not is_apart(slot, text, e))
    found = next((e for e in known if e.name in slot.entities), None)
    match slot.takes:
        case Takes.ENTITY if found is not None:
            return _fitting(slot, _dated(slot, text, found))
        case Takes.ENTITY:
            return answered(text, known) if slot.foreign else None
        case Takes.QUANTITY:
            return _quantity(slot, text, known)
        case Takes.CHOICE:
            chosen = (found and _meant(slot, found.value)) or (
                _meant(slot, text) if len(text) <= SHORT else None
            )
            return chosen.key if chosen else None
        case Takes.WORDS:
            return _words_of(slot, text, found)
        case Takes.MOMENT:
            return moments.heard(text, found.value if found else None)
        case Takes.PICTURES | Takes.ROWS:
            return None


def heard(
    form: Form, taken: Iterable[str], entities: Iterable[Entity], text: str = ""
) -> dict[str, str]:
    """What a message says unasked, for the slots that are not ``taken``.

    Each slot gets the entity that its words stand next to in ``text``, else the first of its kind
    that is nobody's.
    """
    known, text, filled = tuple(entities), simplified(text), set(taken)
    free = [slot for slot in form.slots if slot.name not in filled]
    mine = nearest(form.slots, known, text)
    claimed = {id(entity) for entity in mine.values()}
    found: dict[str, str] = {}
    for slot in free:
        beside = [mine[slot.name]] if slot.name in mine else []
        others = [] if slot.beside else [e for e in known if id(e) not in claimed]
        read_from = ((e, _unasked(slot, text, e)) for e in (*beside, *others))
        entity, value = next(((e, v) for e, v in read_from if v is not None), (None, None))
        claimed |= {id(entity)}
        value = value or _overheard(slot, text)
        if value is not None:
            found[slot.name] = value
    # A last day alone, without the first, tells nothing yet.
    return {n: v for n, v in found.items() if not _waits(form, n, {*filled, *found})}


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
    if slot.unit is not None:
        return measured(slot.unit, value)
    match slot.takes:
        case Takes.PICTURES:
            return words("form_pictures_count", count=len(pictures_in(value)))
        case Takes.ROWS:
            return words("form_separator").join(told_row(slot, row) for row in kept(value))
        case Takes.MOMENT:
            return _moment(value)
        case _:
            return _plain(slot, value)


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


def told_row(slot: Slot, row: Mapping[str, str]) -> str:
    """An earlier round in words, as much as was told of it."""
    said = (show(column, row[column.name]) for column in slot.columns if column.name in row)
    return words("form_comma").join(said)


def pictures_in(value: str | None) -> tuple[str, ...]:
    """The ids that a slot of pictures holds."""
    return tuple((value or "").split())


def with_pictures(draft: Draft, ids: Iterable[str]) -> Draft:
    """The draft with pictures added, none twice, as many as its slot takes; it asks as before."""
    slot = draft.form.pictures
    if slot is None:
        return draft
    held = dict.fromkeys((*pictures_in(draft.value(slot.name)), *ids))
    value = " ".join(tuple(held)[: slot.most])
    return replace(draft, slots={**draft.slots, slot.name: value}) if value else draft


def measured(unit: Unit, value: str) -> str:
    """A quantity in words: 9,500 元, 3 年 8 个月, 年利率 12%."""
    if unit is Unit.PERIOD:
        months, days = months_and_days(value)
        years, months = divmod(months, 12)
        parts = {"years": years, "months": months, "days": days}
        told = [words(f"form_unit_{name}", number=n) for name, n in parts.items() if n]
        return " ".join(told)
    return words(f"form_unit_{unit}", number=f"{Decimal(value):,f}")


def _words_of(slot: Slot, text: str, found: Entity | None) -> str | None:
    if found and found.end - found.start >= MOST * len(text):
        return found.value
    return text if slot.least <= len(text) <= slot.most else None


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


def _quantity(slot: Slot, text: str, entities: Sequence[Entity]) -> str | None:
    """The number an answer gives: of the slot's kind, else one that names no unit."""
    if slot.unit is None:
        raise ValueError(f"{slot.name} counts nothing")
    told = [e for e in entities if e.name in slot.entities or e.name == "date"]
    values = (quantity(slot.unit, text, entity) for entity in told)
    found = next((value for value in values if value is not None), None)
    alone = not entities or all(e.name == "amount" for e in entities)
    return found or (bare(slot.unit, text) if alone else None)


def _waits(form: Form, name: str, filled: set[str]) -> bool:
    """Whether a slot makes sense only with another that is not filled."""
    slot = form.slot(name)
    needed = [other for other, wanted in slot.when.items() if wanted is True] if slot else []
    return any(other not in filled for other in needed)


def _overheard(slot: Slot, text: str) -> str | None:
    chosen = _meant(slot, text) if slot.listens and text else None
    return chosen.key if chosen else None


def _dated(slot: Slot, text: str, entity: Entity) -> str:
    """The value; one told roughly (八月底) is a month, one of an odd year (1890年3月1日) keeps that."""
    if entity.name != "date" or slot.limits.earliest is None:
        return entity.value
    if text[entity.start : entity.end].endswith(ROUGHLY):
        return entity.value[:MONTH]
    odd = ODD_YEAR.search(text[: entity.start])
    return (
        entity.value
        if odd is None
        else DAY.sub(lambda day: f"{odd[1]:>04}{day.group()[4:]}", entity.value)
    )


def _fitting(slot: Slot, value: str) -> str | None:
    """A day where one is wanted; a year alone is none where a slot has bounds in days."""
    if slot.whole:
        return value if is_whole(value) else None
    return value if slot.limits.earliest is None or last_day(value) else None


def _unasked(slot: Slot, text: str, entity: Entity) -> str | None:
    if not slot.volunteered or entity.name not in slot.entities:
        return None
    if is_apart(slot, text, entity):
        return None
    if slot.takes is Takes.QUANTITY and slot.unit is not None:
        return quantity(slot.unit, text, entity)
    if slot.takes is not Takes.CHOICE:
        return _fitting(slot, _dated(slot, text, entity))
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


def _plain(slot: Slot, value: str) -> str:
    if slot.shown is Shown.MONEY and NUMBER.fullmatch(value):
        return _money(float(value))
    if slot.shown is Shown.NAMED:
        return value.partition(" ")[2]
    day = DAY.fullmatch(value) if slot.shown is Shown.DAY else None
    return _day(day) if day else value


def _money(amount: float) -> str:
    if amount >= TEN_THOUSAND:
        return words("form_ten_thousands", number=f"{amount / TEN_THOUSAND:.10g}")
    return words("form_yuan", number=f"{amount:.10g}")


def _moment(value: str) -> str:
    told = moments.moment(value)
    if told is None:
        return value
    day = words("day_long").format(told.at)
    if told.precision == "day":
        return day
    return words(f"form_moment_{told.precision}", day=day, clock=f"{told.at:%H:%M}")


def _day(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    if day is None:
        return words("form_month", year=year, month=int(month))
    try:
        return words("day_long").format(date(int(year), int(month), int(day)))
    except ValueError:
        return found.group()
