"""`python -m bot run`: Rasa, the relay, the channels and the web server, until told to stop."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bodies.network import Network
from bot.background import background
from bot.bootstrap import Service, area_in, attachments, open_service
from bot.channels.base import Channel
from bot.channels.telegram.account import TelegramBot
from bot.channels.telegram.send import TelegramChannel
from bot.channels.web import WebChannel
from bot.door import Door, side_by_side
from bot.preparation import prepare
from bot.settings import Settings
from bot.sweeping import again_and_again
from bot.telegram_door import open_account, open_door
from bot.web.app import Serving, build
from bot.web.bodies import setup as mount_bodies
from bot.web.health import Check, Health
from bot.web.open311 import app as open311
from bot.web.open311.keys import About
from bot.wechat_door import Line, Within, open_line
from bot.wechat_door import open_door as open_wechat
from console.app import setup as mount_console
from console.keys import WAKE
from conversations.bus import Bus
from core.clock import utc_now
from db.engine import Database
from handoff.paging.pager import EVERY_SECONDS
from nlu.server.process import RasaProcess

GRACE_SECONDS = 1.0
PING_SECONDS = 5.0

Say = Callable[[str], None]


async def serve(settings: Settings, say: Say) -> None:
    """Start everything in order, say where it is, and stop it all on SIGINT or SIGTERM."""
    running = asyncio.create_task(run(settings, say))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Also while training or starting: what was begun is ended, not finished.
        loop.add_signal_handler(number, running.cancel)
    with suppress(asyncio.CancelledError):
        await running


async def run(settings: Settings, say: Say) -> None:
    """Serve until cancelled."""
    async with AsyncExitStack() as stack:
        model = await prepare(settings, say)
        urls = settings.rasa_urls
        if model is not None:
            say("rasa")
            urls = [await stack.enter_async_context(rasa(settings, model))]
        say("opening")
        public = settings.public_url.rstrip("/")
        bot = await stack.enter_async_context(open_account(settings))
        line = await stack.enter_async_context(open_line(settings))

        def ways_out(bus: Bus, db: Database) -> Sequence[Channel]:
            return [*channels(bus, bot, public), *wechat(line, db)]

        service = await stack.enter_async_context(
            open_service(settings, rasa_urls=urls, channels=ways_out)
        )
        await stack.enter_async_context(background(service.relay.run()))
        telegram = await stack.enter_async_context(
            open_door(settings, bot, service.inbox, service.uploads.take)
        )
        wechat_door = await stack.enter_async_context(open_wechat(line, _within(service)))
        door = side_by_side(telegram, wechat_door)
        await stack.enter_async_context(website(settings, service, door))
        await service.inbox.replay()
        await stack.enter_async_context(background(service.inbox.keep_up()))
        await stack.enter_async_context(background(service.library.keep_up()))
        for name, work in service.sweeps.items():
            await stack.enter_async_context(background(again_and_again(name, work)))
        calls = again_and_again("staff_called", service.pager.run, every=EVERY_SECONDS)
        await stack.enter_async_context(background(calls))
        await stack.enter_async_context(background(service.bodies.courier.run()))
        await stack.enter_async_context(background(service.bodies.night.run()))
        settle_memory()
        say("ready")
        await asyncio.Event().wait()


def settle_memory() -> None:
    """Leave what was loaded for good out of every later garbage collection.

    Statutes and indexes are a million objects; looking at them again takes a tenth of a second.
    """
    gc.collect()
    gc.freeze()


def channels(bus: Bus, bot: TelegramBot | None, public: str = "") -> Sequence[Channel]:
    """The channels that are switched on; ``public`` is where links into this server begin."""
    web_chat = WebChannel(bus)
    return [web_chat] if bot is None else [web_chat, TelegramChannel(bot, base=public)]


def wechat(line: Line | None, db: Database) -> Sequence[Channel]:
    """WeChat's channel, if there is an account."""
    return [] if line is None else [line.channel(db, clock=utc_now)]


def _within(service: Service) -> Within:
    return Within(
        db=service.db,
        inbox=service.inbox,
        relay=service.relay,
        keep=service.uploads.take,
        clock=service.clock,
    )


@asynccontextmanager
async def rasa(settings: Settings, model: Path) -> AsyncIterator[str]:
    """A Rasa of our own, started again whenever it dies; gives its address."""
    process = RasaProcess(
        model, log=settings.data_dir / "rasa.log", state=settings.data_dir / "rasa.json"
    )
    try:
        await process.start()
        async with background(process.watch()):
            yield process.url
    finally:
        await process.stop()


@asynccontextmanager
async def website(settings: Settings, service: Service, door: Door) -> AsyncIterator[None]:
    """The web server on its port."""
    secure = settings.public_url.startswith("https://")
    app = build(
        Serving(
            db=service.db,
            inbox=service.inbox,
            bus=service.bus,
            clock=service.clock,
            library=service.library.current,
            uploads=service.uploads,
            health=health(service, door.checks),
            secure_cookies=secure,
            behind_proxy=settings.trust_proxy,
            address=settings.public_url.rstrip("/"),
            store=attachments(settings),
            demo=settings.demo,
        ),
        door.routes,
    )
    open311.setup(app, _open311(settings, service))
    mount_bodies(app, service.bodies.desk)
    app[WAKE] = service.relay.wake
    mount_console(app, db=service.db, clock=service.clock, secure_cookies=secure)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        yield
    finally:
        await runner.cleanup()


def _open311(settings: Settings, service: Service) -> open311.Serving:
    about = About(
        url=f"{settings.address}{open311.BASE}",
        site=settings.address,
        contact=settings.open311_contact,
        live=not settings.demo,
    )
    return open311.Serving(db=service.db, clock=service.clock, area_in=area_in, about=about)


def health(service: Service, more: Mapping[str, Check]) -> Health:
    """What `/readyz` looks at; ``more`` are the channels' own checks."""

    async def database() -> bool:
        try:
            # A host that swallows packets must not hold the answer up.
            async with asyncio.timeout(PING_SECONDS):
                await service.db.ping()
        except (SQLAlchemyError, OSError):
            return False
        return True

    async def nlu() -> bool:
        return service.rasa is not None and await service.rasa.alive()

    async def vectors() -> bool:
        return service.library.ready

    async def statute_vectors() -> bool:
        return service.library.current().embedding.progress.finished

    def embedded() -> tuple[int, int]:
        progress = service.library.current().embedding.progress
        return progress.done, progress.total

    own = {"rasa": nlu, "vectors": vectors, "statute_vectors": statute_vectors}
    return Health(
        database=database,
        others={**own, **_reached(service.bodies), **more},
        progress={"statute_vectors": embedded},
    )


def _reached(bodies: Network) -> dict[str, Check]:
    """Whether each connected body takes what it is told."""

    async def reaches(body: str) -> bool:
        return bodies.courier.reaches(body)

    return {f"body:{body}": partial(reaches, body) for body in bodies.adapters}
