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
SHARED = Path(__file__).with_name("shared.yml")


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
    questions too. One that is not ``volunteered`` is filled only when it is asked for: another
    person's telephone number in a story is not the citizen's own. Answers to one that ``claims``
    sound like requests. ``citations`` are behind what its question says.
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
    volunteered: bool = True
    claims: bool = False
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
class Confirm:
    """One way to say yes to a summary: its ``key``, the wording of its button, the words for it."""

    key: str
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form by its intent, ``petition_submit``, or by intent and kind, ``document_request.refund``.

    ``means`` are words by which one form of several of an intent is told.

    ``opening`` is said while nothing is filled in yet, ``resume`` offers to go on. ``confirmed``
    forms show a summary and do nothing before a yes. A message that begins with one of the
    ``openers`` means this form, whatever it tells. ``bare`` are words that only name the wish: a
    first message with ``telling`` characters beside them fills the slot that grows.
    ``citations`` are what its last word rests on.

    ``summary``, ``unfit``, ``blank`` and ``aside`` are keys of the wording: the summary, what is said
    to an answer that does not fit there, the slots left blank, the form put aside. ``confirms`` are
    the ways to say yes where there is more than one. ``masked`` forms show numbers that identify
    a person only in part; ``blanks`` may be left at once with the rest blank; ``reopens`` means
    that its action answers the buttons of one that is done; ``trims`` leaves the wish itself out
    of what the first message tells. ``tells`` are urgent intents that an
    answer may be read as, for its story is of that kind: that story is kept however short it is.
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
    means: tuple[str, ...] = ()
    summary: str = "form_summary"
    unfit: str = "form_unfit"
    blank: str = "form_skipped"
    aside: str = "form_put_aside"
    confirms: tuple[Confirm, ...] = ()
    masked: bool = False
    blanks: bool = False
    reopens: bool = False
    trims: bool = False
    tells: tuple[str, ...] = ()

    @property
    def intent(self) -> str:
        """The intent whose action opens it."""
        return self.name.partition(".")[0]

    @property
    def kind(self) -> str:
        """Which of its intent's forms it is; empty where there is but one."""
        return self.name.partition(".")[2]

    @property
    def press(self) -> str:
        """What the payloads of its buttons begin with: ``document_request/refund``."""
        return self.name.replace(".", "/")

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
    return {form.name: form for path in sorted(FOLDER.glob("*.yml")) for form in [_form(path)]}


def forms_of(intent: str) -> tuple[Form, ...]:
    """The forms that one intent may open."""
    return tuple(form for form in forms().values() if form.intent == intent)


def meant(intent: str, text: str) -> Form | None:
    """The form of an intent that a text names, by the longest of its words."""
    named = [(len(word), form) for form in forms_of(intent) for word in form.means if word in text]
    return max(named, key=lambda found: found[0])[1] if named else None


def pressed(intent: str, argument: str) -> tuple[Form | None, str]:
    """The form that a button belongs to, and what the button says to it."""
    kind, slash, rest = argument.partition("/")
    form = forms().get(f"{intent}.{kind}") if slash else None
    return (form, rest) if form is not None else (forms().get(intent), argument)


def _form(path: Path) -> Form:
    row = _with_shared("forms", yaml.safe_load(path.read_text(encoding="utf-8")))
    return Form(
        **{
            **row,
            "name": path.stem,
            "slots": tuple(_slot(slot) for slot in row["slots"]),
            "openers": tuple(row.get("openers", ())),
            "bare": tuple(row.get("bare", ())),
            "means": tuple(row.get("means", ())),
            "tells": tuple(row.get("tells", ())),
            "confirms": tuple(
                Confirm(key=c["key"], title=c["title"], words=tuple(c["words"]))
                for c in row.get("confirms", ())
            ),
            "notes": tuple(_note(note) for note in row.get("notes", ())),
            "citations": tuple(_citation(cited) for cited in row.get("citations", ())),
        }
    )


@cache
def _shared() -> dict[str, dict[str, dict[str, Any]]]:  # Any: YAML
    document: dict[str, dict[str, dict[str, Any]]]  # Any: YAML
    document = yaml.safe_load(SHARED.read_text(encoding="utf-8"))
    return document


def _with_shared(what: str, row: dict[str, Any]) -> dict[str, Any]:  # Any: YAML
    """The row with what it is ``like``; its own values win, but ``bare`` words are added."""
    base = dict(_shared()[what][row["like"]]) if "like" in row else {}
    own = {key: value for key, value in row.items() if key != "like"}
    bare = [*base.get("bare", ()), *own.get("bare", ())]
    return {**base, **own, **({"bare": bare} if bare else {})}


def _slot(row: dict[str, Any]) -> Slot:  # Any: YAML
    row = _with_shared("slots", row)
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


def _citation(row: dict[str, Any]) -> Citation:  # Any: YAML, ``in_force`` is true or left out
    return Citation(**{"in_force": "attested", **row})
