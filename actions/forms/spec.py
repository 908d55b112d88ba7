"""A form as data: what is asked, in which order, and how an answer is recognised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from actions.phrases import spoken
from core.messages import CHINESE, Citation

FOLDER = Path(__file__).parent / "catalogue"


class Takes(StrEnum):
    """What fills a slot: any words, something recognised in them, or one of a closed list."""

    WORDS = "words"
    ENTITY = "entity"
    CHOICE = "choice"


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
    """A form by its intent, which is also what its buttons begin with.

    ``opening`` is said while nothing is filled in yet, ``resume`` offers to go on. ``confirmed``
    forms show a summary and do nothing before a yes. A message that begins with one of the
    ``openers`` means this form, whatever it tells. ``bare`` are words that only name the wish: a
    first message with ``telling`` characters beside them fills the slot that grows.
    ``citations`` are what its last word rests on.
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

    def slot(self, name: str) -> Slot | None:
        """The slot of that name."""
        return next((s for s in self.slots if s.name == name), None)

    def opens(self, text: str, intent: str) -> bool:
        """Whether a message asks for this form, even if its story was read as something else."""
        wishes = (*self.openers, *self.bare) if intent == self.name else self.openers
        return text.startswith(wishes)

    @property
    def growing(self) -> Slot | None:
        """The slot that takes what fits nowhere else."""
        return next((s for s in self.slots if s.grows), None)


@cache
def forms() -> Mapping[str, Form]:
    """Every form of the catalogue by its name."""
    return {form.name: form for path in sorted(FOLDER.glob("*.yml")) for form in [_form(path)]}


def _form(path: Path) -> Form:
    row = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Form(
        **{
            **row,
            "name": path.stem,
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
            "citations": tuple(_citation(cited) for cited in row.get("citations", ())),
            "choices": tuple(
                Choice(key=c["key"], titles=c["titles"], words=tuple(map(str, c["words"])))
                for c in row.get("choices", ())
            ),
        }
    )


def _note(row: dict[str, Any]) -> Note:  # Any: YAML
    return Note(say=row["say"], words=tuple(row["words"]), citation=_citation(row["citation"]))


def _citation(row: dict[str, str]) -> Citation:
    return Citation(**row, in_force="attested")
