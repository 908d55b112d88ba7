"""What travels: a citizen's message in, a reply out. Plain values, known to every room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

InForce = Literal[True, False, "attested"]
# Intents of life, self-harm, money leaving now: answered before anything else.
URGENT = frozenset({"crisis", "emergency", "fraud_emergency"})
# What the bot speaks until a citizen shows that they would rather have another language.
CHINESE = "zh"


class Direction(StrEnum):
    """Which way a message went; a note is seen by staff only."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A person as one channel knows them: ``telegram`` + ``12345``."""

    channel: str
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file or place sent along; ``size`` in bytes. Either ``url`` or ``file_id`` is set.

    ``upload`` is the id under which a picture of a citizen's is kept until a case has it; a picture
    without one has not arrived. A ``page`` is one of ours to open and come back to, by its path.
    """

    kind: Literal["image", "voice", "video", "file", "location", "sticker", "page"]
    url: str | None = None
    file_id: str | None = None
    mime: str | None = None
    size: int | None = None
    caption: str | None = None
    upload: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One incoming message, as its channel's adapter read it; times are UTC.

    ``external_id`` is unique within the channel and is what dedupes redeliveries.
    ``payload`` is the machine word of a pressed button: an intent name, or ``intent/argument``.
    """

    channel: str
    external_id: str
    sender: Identity
    text: str
    sent_at: datetime
    payload: str | None = None
    attachments: tuple[Attachment, ...] = ()
    locale: str = "zh"

    @property
    def pictures(self) -> tuple[str, ...]:
        """The ids under which its pictures are kept."""
        return tuple(a.upload for a in self.attachments if a.upload is not None)

    @property
    def lost(self) -> int:
        """How many of its pictures did not arrive."""
        return sum(a.kind == "image" and a.upload is None for a in self.attachments)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickReply:
    """A button. ``payload`` has at most 64 bytes, Telegram's limit for callback data."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One article of law behind an answer.

    ``law`` is the name without 中华人民共和国; ``quote`` are words that stand in the article;
    ``in_force`` is ``"attested"`` where the text was checked by hand but is not in the corpus.
    """

    law: str
    article: str
    quote: str
    in_force: InForce

    @property
    def label(self) -> str:
        """As lawyers print it: 《劳动合同法》第三十八条."""
        return f"《{self.law}》{self.article}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stop of a drawn timeline; ``at`` is already worded for people."""

    at: str
    label: str
    text: str = ""
    done: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One part of an answer.

    ``source`` names what it rests on (a FAQ entry with its revision, or article labels). A
    ``safety`` reply is sent even while a person holds the chat. ``timeline`` is drawn by
    channels that can; others tell it in lines below the text. ``language`` is the one it is worded
    in, so that screen readers pronounce it.
    """

    text: str
    quick_replies: tuple[QuickReply, ...] = ()
    citations: tuple[Citation, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    timeline: tuple[Step, ...] = ()
    source: str | None = None
    safety: bool = False
    language: str = CHINESE


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A named piece of the text; ``start`` and ``end`` index the original text."""

    name: str
    value: str
    start: int
    end: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """What a message means: its intent with rivals, its entities, and who read it.

    ``language`` is the one it is written in, None where that cannot be told (a number, a link).
    ``vector`` is the text's unit sentence vector where reading it took one: 384 numbers, to be used
    again by retrieval; ``spelt`` is the whole text as classifiers see it, known misspellings put right.
    ``suspected`` is an urgent intent that the text may be about though it was read otherwise, and
    how much speaks for it, 0 to 1: enough to ask after, not to sound an alarm; ``dangers`` is how
    much speaks for each urgent intent by itself.
    ``second`` is the intent of another wish in the same message: ``first_text`` are then the words
    of the first, with which the text begins, ``second_text`` those of the other.
    """

    text: str
    intent: str
    confidence: float
    parser: Literal["rasa", "rules", "payload"]
    ranking: tuple[tuple[str, float], ...] = ()
    entities: tuple[Entity, ...] = field(default=())
    vector: tuple[float, ...] | None = field(default=None, repr=False)
    spelt: str = ""
    language: str | None = None
    suspected: tuple[str, float] | None = None
    dangers: tuple[tuple[str, float], ...] = ()
    second: str | None = None
    first_text: str = ""
    second_text: str = ""

    def value(self, name: str) -> str | None:
        """The first entity of that name, or None."""
        return next((e.value for e in self.entities if e.name == name), None)
