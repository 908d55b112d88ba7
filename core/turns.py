"""One turn of a conversation: what an action gets, and what it gives back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from core.effects import Effect
from core.messages import CHINESE, Message, Parse, Reply


class ConversationStatus(StrEnum):
    """Who answers: the bot, nobody yet, a person, or nobody any more."""

    BOT = "bot"
    QUEUED = "queued"
    ASSIGNED = "assigned"
    RESOLVED = "resolved"


class Pause(StrEnum):
    """Why an open form does not listen to every word.

    Something urgent came first; or going on was offered just now; or it was put aside.
    """

    URGENT = "urgent"
    OFFERED = "offered"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A form put aside for another, with the slot it asked for and when it was touched (ISO)."""

    requested_slot: str | None = None
    slots: dict[str, str] = field(default_factory=dict)
    touched_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """How far a pathway has been walked: what was answered, by node, and when last (ISO, UTC)."""

    pathway: str
    answers: dict[str, str] = field(default_factory=dict)
    touched_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What the dialogue remembers between turns.

    ``form`` is the one being filled in, ``touched_at`` when it last was (ISO, UTC), ``pause`` why
    it does not listen; ``shelved`` are other forms begun, by name. ``wish`` is the second wish of
    a message, in its own words; ``wish_intent`` what it was read as, until it has been offered.
    ``walk`` is the pathway being walked; it waits while other things are talked about.
    ``topic`` is a question no entry fitted; ``acknowledged`` is set once a waiting citizen was told
    that their words are kept.

    ``pictures`` are ids of pictures that were sent and have no place yet; the bot has asked.

    ``misses`` counts messages in a row that were not understood; ``entry`` is the FAQ entry last
    answered, to which “详细” refers; ``disclaimed`` is set once the legal line has been said.
    ``asked_safe`` is the urgent intent because of which the last answer asked whether the citizen
    is safe.
    ``sighted`` are the types of fraud that were counted here, each with its day, so that one person
    who asks ten times counts once.
    ``language`` is what the bot answers in; once the citizen has picked it by button or by name
    (``language_chosen``), what they type in another no longer changes it.
    """

    form: str | None = None
    requested_slot: str | None = None
    slots: dict[str, str] = field(default_factory=dict)
    touched_at: str | None = None
    pause: Pause | None = None
    shelved: dict[str, Shelved] = field(default_factory=dict)
    wish: str | None = None
    wish_intent: str | None = None
    walk: Walk | None = None
    last_intent: str | None = None
    entry: str | None = None
    topic: str | None = None
    pictures: tuple[str, ...] = ()
    acknowledged: bool = False
    misses: int = 0
    disclaimed: bool = False
    asked_safe: str | None = None
    sighted: tuple[str, ...] = ()
    language: str = CHINESE
    language_chosen: bool = False

    def as_json(self) -> dict[str, Any]:  # Any: JSON
        """A dictionary that survives a round trip through the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:  # Any: JSON
        """Read what ``as_json`` wrote; keys of older or newer versions are passed over."""
        known = {k: v for k, v in data.items() if k in cls.__slots__}
        if known.get("pause") is not None:
            known["pause"] = Pause(known["pause"])
        known["sighted"] = tuple(known.get("sighted") or ())
        shelved = known.get("shelved") or {}
        known["shelved"] = {name: Shelved(**draft) for name, draft in shelved.items()}
        known["pictures"] = tuple(known.get("pictures") or ())
        known["walk"] = Walk(**known["walk"]) if known.get("walk") else None
        return cls(**known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The snapshot an action thinks about; ``now`` is UTC."""

    message: Message
    parse: Parse
    session: Session
    contact_id: str
    conversation_id: str
    status: ConversationStatus
    now: datetime

    @property
    def language(self) -> str:
        """What this turn is answered in."""
        return self.session.language


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an action decided: words, the new session, and effects to apply in the commit."""

    replies: tuple[Reply, ...] = ()
    session: Session
    effects: tuple[Effect, ...] = ()
