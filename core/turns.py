"""One turn of a conversation: what an action gets, and what it gives back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from core.effects import Effect
from core.messages import Message, Parse, Reply


class ConversationStatus(StrEnum):
    """Who answers: the bot, nobody yet, a person, or nobody any more."""

    BOT = "bot"
    QUEUED = "queued"
    ASSIGNED = "assigned"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What the dialogue remembers between turns.

    ``misses`` counts messages in a row that were not understood; ``entry`` is the FAQ entry last
    answered, to which “详细” refers; ``disclaimed`` is set once the legal line has been said.
    """

    form: str | None = None
    requested_slot: str | None = None
    slots: dict[str, str] = field(default_factory=dict)
    last_intent: str | None = None
    entry: str | None = None
    misses: int = 0
    disclaimed: bool = False

    def as_json(self) -> dict[str, Any]:  # Any: JSON
        """A dictionary that survives a round trip through the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:  # Any: JSON
        """Read what ``as_json`` wrote; keys of older or newer versions are passed over."""
        return cls(**{k: v for k, v in data.items() if k in cls.__slots__})


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an action decided: words, the new session, and effects to apply in the commit."""

    replies: tuple[Reply, ...] = ()
    session: Session
    effects: tuple[Effect, ...] = ()
