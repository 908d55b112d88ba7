"""One turn: snapshot, parse, decide, commit. Nothing is open while it thinks."""

from __future__ import annotations

import asyncio
from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol
from weakref import WeakValueDictionary

import structlog
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from actions.language import act
from actions.phrases import reply_in
from actions.wishes import taken_up
from bot.background import background
from bot.effects import apply, fill
from bot.guard import Guard
from conversations.bus import Bus, Changed
from conversations.history import Said
from conversations.outbox import BOT
from conversations.outgoing import Saying, rows, said, store
from conversations.threads import Snapshot, grip, mark_handled, seal_session, snapshot
from core.clock import Clock
from core.errors import Conflict, Outrun
from core.messages import Entity, Message, Parse
from core.ports import Parser, Tools
from core.turns import Outcome, Session, Turn
from db.base import new_id
from db.engine import Database

ATTEMPTS = 3
SESSION_ENDS_AFTER = timedelta(hours=6)
LONG_TEXT = 2000
# A sign that somebody writes is for those who wait; most answers are there before it could be seen.
TYPING_AFTER_SECONDS = 0.2

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mind:
    """What a turn thinks with: the parser, the tools, the guard, and every intent's name."""

    parser: Parser
    tools: Tools
    guard: Guard
    intents: frozenset[str]


class Outlet(Protocol):
    """Where replies leave: on ``history`` channels they have arrived when they are committed."""

    @property
    def history(self) -> Container[str]: ...

    def wake(self) -> None:
        """Something waits to be sent."""


class Engine:
    """Answers conversations, one message after the other, each exactly once."""

    def __init__(
        self,
        db: Database,
        mind: Mind,
        bus: Bus,
        *,
        clock: Clock,
        outlet: Outlet,
    ) -> None:
        self._db = db
        self._mind = mind
        self._bus = bus
        self._clock = clock
        self._outlet = outlet
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def answer(self, conversation_id: str) -> None:
        """Answer every message of the conversation that still waits."""
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        async with lock:
            while await self._turn(conversation_id):
                pass

    async def _turn(self, conversation_id: str) -> bool:
        """Answer one message; whether another was seen behind it."""
        for attempt in range(ATTEMPTS):
            async with self._db.read() as session:
                seen = await snapshot(session, self._db.vault, conversation_id)
            if seen is None:
                return False
            async with background(self._show_typing(conversation_id)):
                parse, outcome = await self._think(seen)
            try:
                await self._commit(seen, parse, outcome, last=attempt == ATTEMPTS - 1)
            except (IntegrityError, Conflict):
                # Another node or a colleague moved it, or the case: look again and decide anew.
                continue
            # Whatever came meanwhile has its own call, which waits for this one to end.
            return seen.more
        # Nothing is lost: the message waits in the database and the inbox comes back to it.
        log.warning("turn_given_up", conversation=conversation_id)
        return False

    async def _show_typing(self, conversation_id: str) -> None:
        await asyncio.sleep(TYPING_AFTER_SECONDS)
        await self._bus.publish(Changed(topic=conversation_id, kind="typing"))

    async def _think(self, seen: Snapshot) -> tuple[Parse, Outcome]:
        parse = read_nothing(seen.message)
        try:
            message, session = taken_up(seen.message, self._session(seen))
            parse = await self._read(message)
            turn = Turn(
                message=message,
                parse=parse,
                session=session,
                contact_id=seen.contact_id,
                conversation_id=seen.conversation_id,
                status=seen.status,
                now=self._clock(),
            )
            outcome = await act(turn, self._mind.tools, known=self._mind.intents)
            if len(seen.message.text) > LONG_TEXT and outcome.replies:
                long = reply_in(outcome.session.language, "too_long")
                outcome = replace(outcome, replies=(long, *outcome.replies))
            return parse, self._mind.guard.check(outcome)
        except Exception:  # the one place where anything unexpected becomes words
            log.exception("turn_failed", trace=new_id(), conversation=seen.conversation_id)
            return parse, _apology(seen, parse)

    async def _read(self, message: Message) -> Parse:
        if message.payload is not None:
            return read_payload(message.payload)
        if not message.text.strip():
            return read_nothing(message)
        return await self._mind.parser.parse(message.text)

    async def _commit(self, seen: Snapshot, parse: Parse, outcome: Outcome, *, last: bool) -> None:
        try:
            told = await self._write(seen, parse, outcome)
        except (Outrun, SQLAlchemyError):
            raise
        except Exception as error:  # an effect failed and took everything back
            if isinstance(error, Conflict) and not last:
                raise
            # It would fail again.
            log.exception("effects_failed", trace=new_id(), conversation=seen.conversation_id)
            told = await self._write(seen, parse, _apology(seen, parse))
        for one in told:
            topic = seen.conversation_id
            await self._bus.publish(Changed(topic=topic, kind="message", said=one))
        if outcome.effects:
            await self._bus.publish(Changed(topic=seen.conversation_id, kind="status"))

    async def _write(self, seen: Snapshot, parse: Parse, outcome: Outcome) -> list[Said]:
        """Commit the turn; gives what has arrived by that."""
        now, vault, count = self._clock(), self._db.vault, len(outcome.replies)
        remembered = seal_session(vault, outcome.session)
        arrived = seen.message.channel in self._outlet.history
        saying = Saying(author=BOT, at=now, reply_to=seen.message_id, arrived=arrived)
        async with self._db.write() as session:
            held = await grip(session, seen, remembered, replies=count, now=now)
            await mark_handled(session, vault, seen.message_id, parse, now=now)
            fills = await apply(session, vault, seen, outcome.effects, now=now)
            replies = [fill(reply, fills) for reply in outcome.replies]
            written = rows(vault, held, replies, saying)
            if replies:
                await store(session, written)
        if outcome.effects or not arrived:
            self._outlet.wake()
        return said(written, replies) if arrived else []

    def _session(self, seen: Snapshot) -> Session:
        if self._clock() - seen.last_activity_at > SESSION_ENDS_AFTER:
            return replace(seen.session, disclaimed=False, misses=0)
        return seen.session


def read_payload(payload: str) -> Parse:
    """A pressed button: ``intent`` or ``intent/argument``."""
    intent, _, argument = payload.partition("/")
    chosen = Entity(name="choice", value=argument, start=0, end=0)
    return Parse(
        text="",
        intent=intent,
        confidence=1.0,
        parser="payload",
        entities=(chosen,) if argument else (),
    )


def read_nothing(message: Message) -> Parse:
    """A message without words: a sticker, a picture, blanks."""
    return Parse(text="", intent="out_of_scope", confidence=0.0, parser="rules")


def _apology(seen: Snapshot, parse: Parse) -> Outcome:
    known = seen.session
    heard = None if known.language_chosen else parse.language
    return Outcome(replies=(reply_in(heard or known.language, "trouble"),), session=known)
