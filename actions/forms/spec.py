"""A form as data: what is asked, in which order, and how an answer is recognised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from actions.figures import figures
from actions.forms.dates import first_day
from actions.forms.limits import Limits
from actions.forms.quantities import Unit
from actions.phrases import spoken
from core.messages import CHINESE, Citation, InForce

FOLDER = Path(__file__).parent / "catalogue"
# No typed value is this: a message without a letter, digit or character never reaches a form.
SKIPPED = "-"

When = bool | tuple[str, ...]
"""That a slot is filled, that it is empty, or the values it may have."""


class Takes(StrEnum):
    """What fills a slot: any words, something recognised in them, one of a closed list, a number."""

    WORDS = "words"
    ENTITY = "entity"
    CHOICE = "choice"
    QUANTITY = "quantity"


class Shown(StrEnum):
    """How a value is told: as it stands, as money, as a day."""

    PLAIN = "plain"
    MONEY = "money"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a closed list: the ``key`` that is kept, its titles, and the words that mean it."""

    key: str
    titles: Mapping[str, str]
    words: tuple[str, ...]

    @property
    def title(self) -> str:
        """Its name in the language spoken, in Chinese where that has none."""
        return self.titles.get(spoken(), self.titles[CHINESE])


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One thing a form wants to know.

    ``ask``, ``again`` and ``label`` are keys of the wording; ``names`` are words by which citizens
    mean this slot when they correct it. ``entities`` fill it from any message. A slot that is not
    ``asked`` is filled only by what is said unasked. ``least`` and ``most`` count characters. What
    fits nowhere else is added to the slot that ``grows``; one that takes ``anything`` takes
    questions too. ``citations`` are behind what its question says.

    A quantity counts ``unit``. Of several entities of a kind in one message each goes to the slot
    whose words stand next to it: ``before`` it, or ``after`` it; what is nobody's, to the first
    slot of its kind that needs no words ``beside`` it. What stands close behind words ``apart`` is
    not taken: 每天两小时 is no total. A choice that ``listens`` is read
    from any message. It is asked only ``when`` other slots are filled (True), empty (False) or
    have one of some values, and unless the figure ``known`` is in the table on the day of the slot
    ``known_on``. ``ask_by`` names a slot whose value chooses the question: ``<ask>_<value>``.
    ``whole`` days are wanted, not months.
    """

    name: str
    takes: Takes
    ask: str
    label: str
    again: str
    names: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    skippable: bool = False
    asked: bool = True
    grows: bool = False
    anything: bool = False
    least: int = 1
    most: int = 2000
    shown: Shown = Shown.PLAIN
    citations: tuple[Citation, ...] = ()
    unit: Unit | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    beside: bool = False
    apart: tuple[str, ...] = ()
    listens: bool = False
    when: Mapping[str, When] = field(default_factory=dict)
    known: str | None = None
    known_on: str = ""
    ask_by: str | None = None
    whole: bool = False
    limits: Limits = field(default_factory=Limits)

    def wanted(self, slots: Mapping[str, str]) -> bool:
        """Whether it is asked, the others being filled as they are."""
        told = {name: value for name, value in slots.items() if value != SKIPPED}
        return self.asked and all(_is_met(w, told.get(name)) for name, w in self.when.items())

    def is_known(self, slots: Mapping[str, str], today: date) -> bool:
        """Whether the table of figures answers it, so that nobody need be asked."""
        if self.known is None:
            return False
        day = first_day(slots.get(self.known_on, "")) or today
        return figures()[self.known].on(day, today=today) is not None

    def choice(self, key: str) -> Choice | None:
        """The choice of that key."""
        return next((c for c in self.choices if c.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A sentence added to the summary when any of some words was said, with its citation."""

    say: str
    words: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form by its name, with which its buttons begin: its intent, or ``intent/name`` of several.

    ``opening`` is said while nothing is filled in yet, ``resume`` offers to go on. ``confirmed``
    forms show a summary and do nothing before a yes. A message that begins with one of the
    ``openers`` means this form, whatever it tells. ``bare`` are words that only name the wish: a
    first message with ``telling`` characters beside them fills the slot that grows.
    ``citations`` are what its last word rests on.

    ``words`` are what a message says that means this one of several forms of an intent.
    ``entries`` are FAQ entries that tell the rules behind it, the first being the one to offer.
    ``repeats`` says back what a first message told. Of slots ``together`` only those are asked that
    a first message names, if it names any.
    """

    name: str
    title: str
    slots: tuple[Slot, ...]
    resume: str
    opening: str | None = None
    confirmed: bool = False
    openers: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    telling: int = 10
    notes: tuple[Note, ...] = ()
    citations: tuple[Citation, ...] = ()
    words: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    repeats: bool = False
    together: tuple[str, ...] = ()

    @property
    def intent(self) -> str:
        """The intent that opens it."""
        return self.name.partition("/")[0]

    def slot(self, name: str) -> Slot | None:
        """The slot of that name."""
        return next((s for s in self.slots if s.name == name), None)

    def opens(self, text: str, intent: str) -> bool:
        """Whether a message asks for this form, even if its story was read as something else."""
        wishes = (*self.openers, *self.bare) if intent == self.intent else self.openers
        return text.startswith(wishes)

    @property
    def growing(self) -> Slot | None:
        """The slot that takes what fits nowhere else."""
        return next((s for s in self.slots if s.grows), None)


@cache
def forms() -> Mapping[str, Form]:
    """Every form of the catalogue by its name."""
    return {form.name: form for path in sorted(FOLDER.rglob("*.yml")) for form in [_form(path)]}


def forms_of(intent: str) -> tuple[Form, ...]:
    """The forms that an intent opens, in the order of their names."""
    return tuple(form for form in forms().values() if form.intent == intent)


def pressed_form(payload: str) -> tuple[Form | None, str]:
    """The form that a button belongs to, with the rest of its payload."""
    names = [name for name in forms() if payload == name or payload.startswith(f"{name}/")]
    if not names:
        return None, payload
    name = max(names, key=len)
    return forms()[name], payload[len(name) + 1 :]


def _is_met(wanted: When, value: str | None) -> bool:
    return (value is not None) is wanted if isinstance(wanted, bool) else value in wanted


def _form(path: Path) -> Form:
    row = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Form(
        **{
            **row,
            "name": path.relative_to(FOLDER).with_suffix("").as_posix(),
            "words": tuple(map(str, row.get("words", ()))),
            "entries": tuple(row.get("entries", ())),
            "together": tuple(row.get("together", ())),
            "slots": tuple(_slot(slot) for slot in row["slots"]),
            "openers": tuple(row.get("openers", ())),
            "bare": tuple(row.get("bare", ())),
            "notes": tuple(_note(note) for note in row.get("notes", ())),
            "citations": tuple(_citation(cited) for cited in row.get("citations", ())),
        }
    )


def _slot(row: dict[str, Any]) -> Slot:  # Any: YAML
    return Slot(
        **{
            **row,
            "takes": Takes(row["takes"]),
            "shown": Shown(row.get("shown", Shown.PLAIN)),
            "names": tuple(row.get("names", ())),
            "entities": tuple(row.get("entities", ())),
            "before": tuple(row.get("before", ())),
            "after": tuple(row.get("after", ())),
            "apart": tuple(row.get("apart", ())),
            "unit": Unit(row["unit"]) if "unit" in row else None,
            "when": {n: w if isinstance(w, bool) else tuple(w) for n, w in _when(row).items()},
            "limits": _limits(row.get("limits", {})),
            "citations": tuple(_citation(cited) for cited in row.get("citations", ())),
            "choices": tuple(
                Choice(key=c["key"], titles=c["titles"], words=tuple(map(str, c["words"])))
                for c in row.get("choices", ())
            ),
        }
    )


def _when(row: dict[str, Any]) -> dict[str, Any]:  # Any: YAML
    found: dict[str, Any] = row.get("when", {})  # Any: as above
    return found


def _limits(row: dict[str, Any]) -> Limits:  # Any: YAML
    bounds: tuple[str, ...] = ("least", "most")
    numbers = {name: Decimal(str(row[name])) for name in bounds if name in row}
    listed: dict[str, list[str]] = row.get("ahead", {})
    ahead = {name: tuple(values) for name, values in listed.items()}
    known: dict[str, Any] = {**row, **numbers, "ahead": ahead}  # Any: YAML
    return Limits(**known)


def _note(row: dict[str, Any]) -> Note:  # Any: YAML
    return Note(say=row["say"], words=tuple(row["words"]), citation=_citation(row["citation"]))


def _citation(row: dict[str, Any]) -> Citation:  # Any: YAML
    stands: InForce = True if row.get("in_force") else "attested"
    return Citation(law=row["law"], article=row["article"], quote=row["quote"], in_force=stands)
