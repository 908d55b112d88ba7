"""One chat as staff see it: what was said, masked, and the card beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.reader import CaseDesk
from console.accounts import Account
from console.permissions import Permission, may
from console.wording import reason_of, wording
from conversations.allowances import Standing, standing
from conversations.history import PAGE, Said, after, before, latest_of
from core.case_views import CaseView
from core.clock import SUZHOU
from core.masking import mask
from core.messages import Direction
from db.engine import Database
from handoff import desk
from handoff.desk import Chat
from handoff.errors import NoSuchHandoff
from handoff.leases import unanswered_since
from handoff.paging.calls import called_for
from handoff.queue import label_of, number_of

WECHAT = "wechat"
MOST_CASES = 5
LOOK_BACK = 5
BOT, STAFF = "bot", "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message; ``kind`` is citizen, bot, system or staff, ``who`` the name to be shown."""

    seq: int
    kind: str
    who: str
    text: str
    at: datetime
    pictures: tuple[str, ...]
    safety: bool

    @property
    def time(self) -> str:
        """When, by Suzhou's clock."""
        return told_time(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledOut:
    """Who of the rota was reached, and when."""

    names: str
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What to know before answering.

    ``silent`` is for how many minutes the citizen waits for a word, ``promised`` when a person was
    promised to answer, ``called`` who was called out.
    """

    reason: str
    channel: str
    asked_at: str
    minutes: int
    silent: int | None
    bot_said: str
    cases: tuple[CaseView, ...]
    window: Standing | None
    promised: str = ""
    overdue: bool = False
    called: tuple[CalledOut, ...] = ()

    @property
    def window_until(self) -> str:
        """Until when messages may be sent unasked."""
        return told_time(self.window.until) if self.window and self.window.until else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A chat for whoever looks at it; ``lines`` end with the latest unless older ones were asked for."""

    label: str
    chat: Chat
    mine: bool
    lines: tuple[Line, ...]
    card: Card

    @property
    def free(self) -> bool:
        """Whether it waits for somebody to take it."""
        return self.chat.agent is None


async def readable(db: Database, account: Account, label: str) -> Chat:
    """The open chat of that label, if they may read it; raises ``NoSuchHandoff`` if not.

    Agents read what waits and what is their own, supervisors all.
    """
    number = number_of(label)
    if number is None:
        raise NoSuchHandoff
    async with db.read() as session:
        chat = await desk.find(session, number)
    if not may_read(account, chat.agent):
        raise NoSuchHandoff
    return chat


def may_read(account: Account, agent: str | None) -> bool:
    """Whether they may read a chat that this colleague has, or nobody."""
    return agent in {None, account.name} or may(account.role, Permission.READ_ANY_CHAT)


async def view(
    db: Database, account: Account, chat: Chat, *, now: datetime, older_than: int | None = None
) -> View:
    """A chat with its last messages, or those before number ``older_than``."""
    async with db.read() as session:
        said = await before(session, db.vault, chat.conversation_id, older_than)
    return await _view(db, account, chat, said, now)


async def news(db: Database, account: Account, chat: Chat, *, now: datetime, seq: int) -> View:
    """A chat with what was said after number ``seq``, at most ``PAGE`` messages of it."""
    async with db.read() as session:
        said = await after(session, db.vault, chat.conversation_id, seq)
    return await _view(db, account, chat, said, now)


def told_time(at: datetime) -> str:
    """A moment by Suzhou's clock, with its day: 11月20日 09:05."""
    there = at.astimezone(SUZHOU)
    return f"{there.month}月{there.day}日 {there:%H:%M}"


def has_more(lines: Sequence[Line]) -> bool:
    """Whether there may be older messages than these."""
    return len(lines) == PAGE


async def _view(
    db: Database, account: Account, chat: Chat, said: Sequence[Said], now: datetime
) -> View:
    return View(
        label=label_of(chat.number),
        chat=chat,
        mine=chat.agent == account.name,
        lines=tuple(_line(one) for one in said),
        card=await _card(db, chat, now),
    )


async def _card(db: Database, chat: Chat, now: datetime) -> Card:
    where = chat.conversation_id
    silent = None
    async with db.read() as session:
        if chat.assigned_at is not None:
            silent = await unanswered_since(session, where, chat.assigned_at)
        answers = await latest_of(session, db.vault, where, BOT, most=LOOK_BACK)
        window = await standing(session, where, now=now) if chat.channel == WECHAT else None
        called = await called_for(session, chat.number) if chat.urgent else []
    cases = await CaseDesk(db, clock=lambda: now).mine(chat.contact_id)
    return Card(
        reason=reason_of(chat.reason),
        channel=wording()["channels"].get(chat.channel, chat.channel),
        asked_at=told_time(chat.requested_at),
        minutes=_minutes(chat.requested_at, now),
        silent=None if silent is None else _minutes(silent, now),
        bot_said=_bot_said(answers),
        cases=tuple(cases[:MOST_CASES]),
        window=window,
        promised=told_time(chat.answer_by) if chat.answer_by else "",
        overdue=chat.answer_by is not None and chat.answer_by <= now,
        called=tuple(CalledOut(names=one.names, time=told_time(one.at)) for one in called),
    )


def _bot_said(answers: Sequence[Said]) -> str:
    """The bot's last answer that rests on something, else nothing."""
    told = (mask(said.text) for said in answers if said.reply and said.reply.source)
    return next(told, "")


def _line(said: Said) -> Line:
    kind, _, name = said.author.partition(":")
    if kind == BOT and name:
        kind = "system"
    names = wording()["speakers"]
    return Line(
        seq=said.seq,
        kind=kind,
        who=name if kind == STAFF else names[kind],
        text=mask(said.text),
        at=said.at,
        pictures=pictures(said) if said.direction is Direction.INCOMING else (),
        safety=bool(said.reply and said.reply.safety),
    )


def pictures(said: Said) -> tuple[str, ...]:
    """The ids of the pictures that came with a message."""
    return tuple(a.upload for a in said.attachments if a.upload is not None)


def _minutes(since: datetime, now: datetime) -> int:
    return max(0, int((now - since).total_seconds() // 60))
