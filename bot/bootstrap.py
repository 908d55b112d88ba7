"""The composition root: the one place that knows which real thing stands behind each seam."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import aiohttp

from actions.pathways.loading import pathways
from alerts.desk import AlertDesk
from alerts.sending import AlertSender
from alerts.watching import SurgeWatch
from antifraud.checker import Checker
from antifraud.reports import ReportDesk
from bodies.connections import FILE_NAME as BODIES
from bodies.connections import Connection, read_connections
from bodies.network import Network, open_network
from bot.alert_names import axes, names
from bot.channels.base import Channel
from bot.duty import DutyDesk
from bot.engine import Engine, Mind
from bot.guard import Guard
from bot.inbox import Inbox
from bot.relay import Relay
from bot.settings import Settings
from bot.staffing import open_pager
from bot.staffing import sweeps as staff_sweeps
from bot.toolbox import Toolbox
from cases.appointments.desk import AppointmentDesk
from cases.districts import districts
from cases.grids.desk import GridDesk
from cases.reader import CaseDesk, Shapes
from cases.timers import CaseTimers
from cases.uploads import UploadDesk
from conversations.bus import Bus, MemoryBus
from conversations.passive import purge_windows
from core.clock import SUZHOU, Clock, utc_now
from core.messages import Citation
from db.encryption import load_vault
from db.engine import Database, open_database
from db.store import FolderStore, Store
from documents.desk import DocumentDesk
from handoff.paging.pager import Pager
from knowledge_base.attested import attested
from knowledge_base.clippings import FILE_NAME
from knowledge_base.daily import DailyLibrary
from knowledge_base.entries import load_drafts
from knowledge_base.library import Library, Sources, open_library
from knowledge_base.offices.directory import NAME as OFFICES
from knowledge_base.offices.directory import OfficeDirectory
from nlu.evaluation import Example
from nlu.rasa import RasaParser
from nlu.reader import Reader
from nlu.remembered import RememberingParser
from nlu.rules import RuleParser
from nlu.text.normalise import fold
from nlu.text.places import district_of, find_places
from nlu.training import intents

Sweep = Callable[[], Awaitable[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Everything but the web server and the channels' ways in.

    ``sweeps`` is what is to be done again and again, by its name in the log; each says how much.
    """

    db: Database
    bus: Bus
    clock: Clock
    library: DailyLibrary
    rasa: RasaParser | None
    reader: Reader
    engine: Engine
    inbox: Inbox
    relay: Relay
    documents: DocumentDesk
    uploads: UploadDesk
    sweeps: Mapping[str, Sweep]
    appointments: AppointmentDesk
    grids: GridDesk
    bodies: Network
    pager: Pager


def open_store(settings: Settings) -> Database:
    """The database with the keys its texts are sealed with."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return open_database(settings.database, load_vault(settings.data_dir / "keys"))


def attachments(settings: Settings) -> Store:
    """Where files that belong to cases, or wait for one, are kept, outside the database."""
    return FolderStore(settings.data_dir / "attachments")


def cache_dir(settings: Settings) -> Path:
    """Where derived files are kept; losing them costs a rebuild."""
    return settings.data_dir / "cache"


def clippings_file(settings: Settings) -> Path:
    """Where imported cases, figures and bulletins are kept."""
    return settings.data_dir / FILE_NAME


def offices_file(settings: Settings) -> Path:
    """Where the directory of offices is kept."""
    return settings.data_dir / OFFICES


def open_offices(settings: Settings) -> OfficeDirectory:
    """The directory of offices, with the areas as cases know them."""
    return OfficeDirectory(offices_file(settings), areas=districts(), area_of=area_of)


def area_of(place: str) -> str | None:
    """The area key of a district or town by its full name: 木渎镇 → 320506, 昆山市 → 320583."""
    with suppress(KeyError):
        place = district_of(place)
    # 虎丘区（苏州高新区） has both its names in one.
    return next((key for key, name in districts().items() if name.startswith(place)), None)


def area_in(text: str) -> str | None:
    """The area key of the one district that an address names, itself or by a town of it."""
    places = find_places(fold(text), today(utc_now))
    areas = {area_of(place.value) for place in places} - {None}
    return areas.pop() if len(areas) == 1 else None


def connections(settings: Settings) -> Mapping[str, Connection]:
    """The bodies that are connected here; raises ``FaultyConnections``."""
    return read_connections(settings.data_dir / BODIES)


def shapes(connected: Mapping[str, Connection]) -> Shapes:
    """What the numbers of connected bodies look like, as far as their operators said."""
    return {c.numbers: c.name for c in connected.values() if c.numbers is not None}


def laws_dir(settings: Settings) -> Path:
    """Where imported law texts stand."""
    return settings.data_dir / "laws"


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
    channels: Callable[[Bus, Database], Sequence[Channel]] = lambda bus, db: (),
    clock: Clock = utc_now,
) -> AsyncIterator[Service]:
    """Wire everything up; closes what it opened, in reverse."""
    async with AsyncExitStack() as stack:
        db = open_store(settings)
        stack.push_async_callback(db.close)
        reader, rasa = await stack.enter_async_context(open_reader(rasa_urls, clock=clock))
        library = await _open_daily(settings, clock)
        stack.push_async_callback(library.close)
        connected = connections(settings)
        tools = _tools(settings, db, library, shapes(connected), clock)
        uploads = UploadDesk(db, attachments(settings), clock=clock)
        bus = MemoryBus()
        relay = Relay(db, _by_name(channels(bus, db)), clock=clock, files=tools.documents)
        engine = Engine(db, _mind(reader, tools), bus, clock=clock, outlet=relay)
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
            documents=tools.documents,
            uploads=uploads,
            appointments=tools.appointments,
            grids=tools.grids,
            sweeps=_sweeps(db, tools, uploads, clock),
            bodies=await stack.enter_async_context(open_network(db, connected, clock=clock)),
            pager=await stack.enter_async_context(open_pager(settings, db, clock=clock)),
        )


def _by_name(channels: Sequence[Channel]) -> Mapping[str, Channel]:
    return {channel.name: channel for channel in channels}


def _sweeps(
    db: Database, tools: Toolbox, uploads: UploadDesk, clock: Clock
) -> Mapping[str, Sweep]:
    return {
        "passive_windows_purged": lambda: purge_windows(db, now=clock()),
        "documents_purged": tools.documents.purge,
        "uploads_purged": uploads.purge,
        "case_steps_taken": CaseTimers(db, clock=clock).run,
        "appointments_kept": lambda: tools.appointments.keep(clock()),
        "grids_kept": lambda: tools.grids.keep(clock()),
        "alerts_queued": AlertSender(db, clock=clock).run,
        **staff_sweeps(db, clock=clock),
        "alerts_drafted": SurgeWatch(db, axes(tools.scams), names(tools.scams), clock=clock).run,
    }


def _tools(
    settings: Settings, db: Database, library: DailyLibrary, numbers: Shapes, clock: Clock
) -> Toolbox:
    scams = Checker.load()
    return Toolbox(
        library=library.current,
        scams=scams,
        watchlist=ReportDesk(db, clock=clock),
        cases=CaseDesk(db, clock=clock, shapes=numbers),
        documents=DocumentDesk(db, clock=clock),
        offices=open_offices(settings),
        appointments=AppointmentDesk(db, clock=clock),
        grids=GridDesk(db, clock=clock),
        alerts=AlertDesk(db, names(scams), clock=clock),
        duty=DutyDesk(db, pages=settings.can_page),
    )


def faq_examples(day: date) -> list[Example]:
    """The questions of the entries told on that day, from which routing learns too."""
    return [
        Example(text=text, intent=draft.intent)
        for draft in load_drafts().entries
        if draft.is_told(day)
        for text in draft.questions
    ]


def sources(settings: Settings) -> Sources:
    """What the knowledge base reads: the project's own entries, and what was imported here."""
    return Sources(shelf=laws_dir(settings), clippings=clippings_file(settings))


async def _open_daily(settings: Settings, clock: Clock) -> DailyLibrary:
    async def opened(day: date) -> Library:
        return await open_library(cache_dir=cache_dir(settings), on=day, sources=sources(settings))

    # A faulty pathway stops the start, not the first answer that leads to it.
    pathways()
    return DailyLibrary(await opened(today(clock)), opens=opened, today=lambda: today(clock))


def _mind(reader: Reader, toolbox: Toolbox) -> Mind:
    return Mind(
        parser=reader,
        tools=toolbox,
        guard=Guard(toolbox.library, _is_attested),
        intents=frozenset(intents()),
    )


def _is_attested(citation: Citation) -> bool:
    return attested().attests(citation.law, citation.article, citation.quote)
