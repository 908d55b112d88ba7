"""The composition root: the one place that knows which real thing stands behind each seam."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import aiohttp

from actions.pathways.loading import pathways
from antifraud.checker import Checker
from bot.channels.base import Channel
from bot.engine import Engine, Mind
from bot.guard import Guard
from bot.inbox import Inbox
from bot.relay import Relay
from bot.settings import Settings
from cases.reader import CaseDesk
from conversations.bus import Bus, MemoryBus
from core.clock import SUZHOU, Clock, utc_now
from core.messages import Citation
from core.ports import CaseReader, Knowledge, ScamChecker
from db.encryption import load_vault
from db.engine import Database, open_database
from knowledge_base.attested import attested
from knowledge_base.clippings import FILE_NAME
from knowledge_base.entries import load_drafts
from knowledge_base.library import Library, open_library
from nlu.evaluation import Example
from nlu.rasa import RasaParser
from nlu.reader import Reader
from nlu.remembered import RememberingParser
from nlu.rules import RuleParser
from nlu.training import intents


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolbox:
    """The tools that actions read with."""

    knowledge: Knowledge
    scams: ScamChecker
    cases: CaseReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Everything but the web server and the channels' ways in."""

    db: Database
    bus: Bus
    clock: Clock
    library: Library
    rasa: RasaParser | None
    reader: Reader
    engine: Engine
    inbox: Inbox
    relay: Relay


def open_store(settings: Settings) -> Database:
    """The database with the keys its texts are sealed with."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return open_database(settings.database, load_vault(settings.data_dir / "keys"))


def cache_dir(settings: Settings) -> Path:
    """Where derived files are kept; losing them costs a rebuild."""
    return settings.data_dir / "cache"


def clippings_file(settings: Settings) -> Path:
    """Where imported cases, figures and bulletins are kept."""
    return settings.data_dir / FILE_NAME


def today(clock: Clock) -> date:
    """The day in Suzhou."""
    return clock().astimezone(SUZHOU).date()


@asynccontextmanager
async def open_reader(
    urls: Sequence[str], *, clock: Clock = utc_now
) -> AsyncIterator[tuple[Reader, RasaParser | None]]:
    """The reader of messages, with Rasa behind it if it has an address."""
    rules = RuleParser.load(clock=clock)
    if not urls:
        yield Reader(None, rules), None
        return
    async with aiohttp.ClientSession() as http:
        rasa = RasaParser(urls, http, now=time.monotonic, clock=clock)
        yield Reader(RememberingParser(rasa), rules), rasa


@asynccontextmanager
async def open_service(
    settings: Settings,
    *,
    rasa_urls: Sequence[str],
    channels: Callable[[Bus], Sequence[Channel]] = lambda bus: (),
    clock: Clock = utc_now,
) -> AsyncIterator[Service]:
    """Wire everything up; closes what it opened, in reverse."""
    async with AsyncExitStack() as stack:
        db = open_store(settings)
        stack.push_async_callback(db.close)
        reader, rasa = await stack.enter_async_context(open_reader(rasa_urls, clock=clock))
        library = await _open_knowledge(settings, clock)
        stack.push_async_callback(library.close)
        tools = Toolbox(knowledge=library, scams=Checker.load(), cases=CaseDesk(db, clock=clock))
        mind = Mind(
            parser=reader,
            tools=tools,
            guard=Guard(library, _is_attested),
            intents=frozenset(intents()),
        )
        bus = MemoryBus()
        relay = Relay(db, {c.name: c for c in channels(bus)}, clock=clock)
        engine = Engine(db, mind, bus, clock=clock, committed=relay.wake)
        inbox = Inbox(db, bus, engine.answer, clock=clock)
        stack.push_async_callback(inbox.close)
        yield Service(
            db=db,
            bus=bus,
            clock=clock,
            library=library,
            rasa=rasa,
            reader=reader,
            engine=engine,
            inbox=inbox,
            relay=relay,
        )


async def _open_knowledge(settings: Settings, clock: Clock) -> Library:
    # A faulty pathway stops the start, not the first answer that leads to it.
    pathways()
    return await open_library(
        cache_dir=cache_dir(settings), on=today(clock), clippings=clippings_file(settings)
    )


def faq_examples(day: date) -> list[Example]:
    """The questions of the entries told on that day, from which routing learns too."""
    return [
        Example(text=text, intent=draft.intent)
        for draft in load_drafts().entries
        if draft.is_told(day)
        for text in draft.questions
    ]


def _is_attested(citation: Citation) -> bool:
    return attested().attests(citation.law, citation.article, citation.quote)
