"""What every channel declares and does: capabilities, sending, and the closed list of failures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from conversations.history import Said
from core.messages import Identity, Reply
from documents.rendering import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a channel can carry; ``render`` folds replies to fit.

    ``max_text`` counts ``text_unit``: UTF-16 units on Telegram, bytes on WeChat. ``buttons`` is
    the most quick replies in one message. ``repeatable`` channels know a repeated delivery by its
    id, so it may be sent again after a crash. ``reply_within`` and ``push_window`` bound answers
    that must ride on the platform's own request. ``files`` channels send documents themselves;
    on others the citizen gets a link. On ``history`` channels people read what is stored: a
    message has arrived when it is committed.
    """

    max_text: int
    text_unit: str = "utf16"
    buttons: int = 8
    repeatable: bool = False
    timeline: bool = False
    article_links: bool = False
    files: bool = False
    history: bool = False
    reply_within: timedelta | None = None
    push_window: timedelta | None = None
    push_quota: int | None = None


class SendCode(StrEnum):
    """Why a send failed; staff read these words."""

    CHANNEL_CONFIG = "channel_config"
    MESSAGE_INVALID = "message_invalid"
    CONNECTION_FAILED = "connection_failed"
    THROTTLED = "throttled"
    REJECTED = "rejected"
    CONTACT_STOPPED = "contact_stopped"
    WINDOW_CLOSED = "window_closed"
    QUOTA_SPENT = "quota_spent"


RETRYABLE = frozenset({SendCode.CONNECTION_FAILED, SendCode.THROTTLED})
# Nothing is wrong with the message: the platform lets it through once the citizen has written.
WAITING = frozenset({SendCode.WINDOW_CLOSED, SendCode.QUOTA_SPENT})


class SendError(Exception):
    """A platform did not take the message; raised by channel adapters only.

    ``parts_sent`` tells how many of its parts had arrived all the same, if the channel counts them.
    """

    def __init__(
        self,
        code: SendCode,
        *,
        retry_after: timedelta | None = None,
        parts_sent: int | None = None,
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.retry_after = retry_after
        self.parts_sent = parts_sent

    @property
    def retryable(self) -> bool:
        """Whether the same message may succeed later."""
        return self.code in RETRYABLE

    @property
    def waits(self) -> bool:
        """Whether the message can go once the citizen writes again."""
        return self.code in WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One delivery handed to a channel; ``seq`` and ``delivery_id`` let receivers drop repeats.

    ``said`` is the message as the history has it, for channels that show that; ``files`` are the
    documents attached, for channels that send files. Channels that count parts pass over the first
    ``parts_sent``.
    """

    delivery_id: str
    conversation_id: str
    to: Identity
    seq: int
    reply: Reply
    said: Said | None = None
    files: tuple[File, ...] = ()
    parts_sent: int = 0


class Channel(Protocol):
    """One platform's way out; its way in is a route or a poller that calls the inbox."""

    @property
    def name(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    async def send(self, outgoing: Outgoing) -> Sequence[str]:
        """Hand one message over; gives the platform's ids, raises ``SendError``."""
        ...

    async def typing(self, to: Identity) -> None:
        """Show that an answer is being written, where the platform can."""
        ...
