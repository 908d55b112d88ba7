"""A form as data: what is asked, in which order, and how an answer is recognised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from actions.figures import figures
from actions.forms.dates import first_day
from actions.forms.limits import Limits
from actions.forms.quantities import Unit
from actions.phrases import spoken
from core.messages import CHINESE, Citation

# No typed value is this: a message without a letter, digit or character never reaches a form.
SKIPPED = "-"

When = bool | tuple[str, ...]
"""That a slot is filled, that it is empty, or the values it may have."""


class Takes(StrEnum):
    """What fills a slot: any words, something recognised in them, one of a closed list, a number.

    Or pictures, of which it keeps the ids, with blanks between; they come with a message, not in it.
    A moment is a day with a clock (``actions/forms/moments.py``). Rows are what other slots held in
    earlier rounds (``actions/forms/rows.py``); nothing that is said fills them.
    """

    WORDS = "words"
    ENTITY = "entity"
    CHOICE = "choice"
    QUANTITY = "quantity"
    PICTURES = "pictures"
    MOMENT = "moment"
    ROWS = "rows"


class Shown(StrEnum):
    """How a value is told: as it stands, as money, as a day, by the name that follows its key."""

    PLAIN = "plain"
    MONEY = "money"
    DAY = "day"
    NAMED = "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a closed list: the ``key`` that is kept, its titles, and the words that mean it.

    One that ``refuses`` is told why with that key of the wording: nothing can be done here so.
    """

    key: str
    titles: Mapping[str, str]
    words: tuple[str, ...]
    refuses: str = ""

    @property
    def title(self) -> str:
        """Its name in the language spoken, in Chinese where that has none."""
        return self.titles.get(spoken(), self.titles[CHINESE])


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One thing a form wants to know.

    ``ask``, ``again`` and ``label`` are keys of the wording; ``names`` are words by which citizens
    mean this slot when they correct it. ``entities`` fill it from any message. A slot that is not
    ``asked`` is filled only by what is said unasked. ``least`` and ``most`` count characters, or
    pictures. What
    fits nowhere else is added to the slot that ``grows``; one that takes ``anything`` takes
    questions too. One that is not ``volunteered`` is filled only when it is asked for: another
    person's telephone number in a story is not the citizen's own. One that is ``foreign`` takes the
    numbers of other systems too, where it is asked for. Answers to one that ``claims``
    sound like requests. ``citations`` are behind
    what its question says.

    A quantity counts ``unit``. Of several entities of a kind in one message each goes to the slot
    whose words stand next to it: ``before`` it, or ``after`` it; what is nobody's, to the first
    slot of its kind that needs no words ``beside`` it. What stands close behind words ``apart`` is
    not taken: 每天两小时 is no total. A choice that ``listens`` is read
    from any message. It is asked only ``when`` other slots are filled (True), empty (False) or
    have one of some values, and unless the figure ``known`` is in the table on the day of the slot
    ``known_on``. ``ask_by`` names a slot whose value chooses the question: ``<ask>_<value>``.
    ``whole`` days are wanted, not months. ``columns`` are the slots whose earlier rounds it keeps.
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
    foreign: bool = False
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
    columns: tuple[Slot, ...] = ()

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
class Confirm:
    """One way to say yes to a summary: its ``key``, the wording of its button, the words for it."""

    key: str
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form by its name, with which its buttons begin: its intent, or ``intent/kind`` of several.

    ``means`` are words by which one form of several of an intent is told.

    ``opening`` is said while nothing is filled in yet, ``resume`` offers to go on. ``confirmed``
    forms show a summary and do nothing before a yes. A message that begins with one of the
    ``openers`` means this form, whatever it tells. ``bare`` are words that only name the wish: a
    first message with ``telling`` characters beside them fills the slot that grows.
    ``citations`` are what its last word rests on.

    ``entries`` are FAQ entries that tell the rules behind it, the first being the one to offer.
    ``repeats`` says back what a first message told. Of slots ``together`` only those are asked that
    a first message names, if it names any.

    ``summary``, ``unfit``, ``blank`` and ``aside`` are keys of the wording: the summary, what is said
    to an answer that does not fit there, the slots left blank, the form put aside. ``confirms`` are
    the ways to say yes where there is more than one. ``masked`` forms show numbers that identify
    a person only in part; ``blanks`` may be left at once with the rest blank; ``reopens`` means
    that its action answers the buttons of one that is done; ``trims`` leaves the wish itself out
    of what the first message tells. ``tells`` are urgent intents that an
    answer may be read as, for its story is of that kind: that story is kept however short it is.
    It ``follows`` urgent intents whose card came before it: what happened then is its very matter.
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
    follows: tuple[str, ...] = ()

    entries: tuple[str, ...] = ()
    repeats: bool = False
    together: tuple[str, ...] = ()

    @property
    def intent(self) -> str:
        """The intent that opens it."""
        return self.name.partition("/")[0]

    @property
    def kind(self) -> str:
        """Which of its intent's forms it is; empty where there is but one."""
        return self.name.partition("/")[2]

    def slot(self, name: str) -> Slot | None:
        """The slot of that name."""
        return next((s for s in self.slots if s.name == name), None)

    def opens(self, text: str, intent: str) -> bool:
        """Whether a message asks for this form, even if its story was read as something else."""
        wishes = (*self.openers, *self.bare) if intent == self.intent else self.openers
        return text.startswith(wishes)

    @property
    def pictures(self) -> Slot | None:
        """The slot that takes pictures, whatever is asked for."""
        return next((s for s in self.slots if s.takes is Takes.PICTURES), None)

    @property
    def growing(self) -> Slot | None:
        """The slot that takes what fits nowhere else."""
        return next((s for s in self.slots if s.grows), None)


def _is_met(wanted: When, value: str | None) -> bool:
    return (value is not None) is wanted if isinstance(wanted, bool) else value in wanted
