"""What the rooms of level 4 tell each other: answers, articles, verdicts, case views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from core.messages import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotline:
    """A public number and what it is for."""

    number: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """An entry in another language: its title, and words by which a question is known to be its.

    ``entry`` is the whole of it in that language, None where only the title is translated.
    """

    title: str
    words: tuple[str, ...]
    entry: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A published FAQ entry, ready to be told; ``related`` holds (entry id, button title).

    ``translations`` are by language; an entry that is itself a translation has none.
    """

    id: str
    intent: str
    title: str
    question: str
    answer: str
    detail: str
    next_step: str
    time_limit: str | None
    hotlines: tuple[Hotline, ...]
    citations: tuple[Citation, ...]
    related: tuple[tuple[str, str], ...]
    revision: str
    checked_on: date
    translations: Mapping[str, Translated] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry with how well it fits, 0 to 1."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article in force with its full text; ``version`` is the day its text is of.

    It is None for the texts that come with the project, whose day the database tells only roughly.
    """

    law: str
    number: str
    text: str
    score: float = 0.0
    version: date | None = None

    @property
    def citation(self) -> Citation:
        """Cites the whole article by its first words."""
        return Citation(law=self.law, article=self.number, quote=self.text[:20], in_force=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class LawFacts:
    """What the corpus knows of a law that was named, in force or replaced.

    ``last`` cites the last article of a law in force; ``articles`` counts them, None where the
    corpus is not sure to hold all. ``beyond`` is the article that was asked for if it lies behind
    the last. A law that is gone has neither; ``ended_by`` is the article that ended it.
    """

    law: str
    articles: int | None = None
    last: Citation | None = None
    beyond: str | None = None
    ended_on: date | None = None
    ended_by: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OldArticle:
    """An article in a version that was asked for and is not in force.

    ``text`` is None where that version, or the article in it, is not known; ``version`` is its
    day. ``replaced_on`` is when the law's next version started, None where that is not known;
    ``living`` says whether the law has a version in force.
    """

    law: str
    number: str
    text: str | None
    version: date | None
    replaced_on: date | None
    living: bool


class ScamVerdict(StrEnum):
    """The four answers a check can give; “no sign found” never means safe."""

    SCAM = "scam"
    SUSPICIOUS = "suspicious"
    NO_SIGN = "no_sign"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudType:
    """One of the common kinds of fraud: how it goes, what gives it away, what to do."""

    key: str
    title: str
    steps: tuple[str, ...]
    red_flags: tuple[str, ...]
    never: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a text looks like a scam: the rule, the very words, and what they mean.

    ``start`` and ``end`` say where in the text the words stand; ``quote`` may hold fewer of them.
    """

    rule: str
    quote: str
    meaning: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedThing:
    """A number, address, account or program whose reports staff have confirmed.

    ``sort`` is phone, link, account or app; ``quote`` the words that name it, ``on`` the day it was
    confirmed.
    """

    sort: str
    quote: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ScamCheck:
    """The result of looking at a text; ``score`` is how likely it is a scam, 0 to 1.

    Where the verdict is ``cannot_tell``, the reasons say what is known of the number or address.
    """

    verdict: ScamVerdict
    score: float
    type: FraudType | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A document written before: its kind and what was filled in."""

    kind: str
    slots: Mapping[str, str]


class ClippingKind(StrEnum):
    """What was published: a typical case, a figure of verdicts, a bulletin."""

    CASE = "case"
    FIGURE = "figure"
    BULLETIN = "bulletin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clipping:
    """Something published elsewhere and imported with its source and day; never written here.

    ``entries`` are the FAQ entries it belongs to; ``url`` is where it stood, if on the web.
    """

    id: str
    kind: ClippingKind
    title: str
    source: str
    url: str | None
    published_on: date
    topic: str
    text: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeKind:
    """A kind of place where something is done in person, and hotlines that know where one is."""

    key: str
    title: str
    phones: tuple[Hotline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One place of the directory; ``area`` is a district's key, phone and hours may be "".

    It was last checked on ``confirmed_on``; after ``valid_until`` nobody vouches for it.
    """

    kind: str
    name: str
    area: str
    address: str
    phone: str
    hours: str
    source: str
    confirmed_on: date
    valid_until: date
