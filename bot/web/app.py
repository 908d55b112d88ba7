"""The web application: the citizen's page, its JSON, health, and whatever channels add."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.inbox import Inbox
from bot.web import attachments, chat, clue, documents, hazards, stream, tracking
from bot.web.health import Health, livez, readyz
from bot.web.keys import (
    ADDRESS,
    BUS,
    CLOCK,
    CLUE_TRIES,
    CLUES,
    DATABASE,
    DOCUMENTS,
    DOWNLOADS,
    INBOX,
    LIBRARY,
    LIMITER,
    PASSERS,
    PUBLIC,
    SECURE_COOKIES,
    TRACKING,
    TRIES,
    UPLOADING,
)
from bot.web.limits import MESSAGES_A_MINUTE, Limiter
from bot.web.metrics import metrics
from bot.web.middleware import add_headers, errors, same_origin
from bot.web.passers import Passers
from bot.web.visitors import remember, visitor
from cases.clues import ClueDesk
from cases.publishing import PublicDesk
from cases.tracking import TrackingDesk
from cases.uploads import UploadDesk
from console.keys import UPLOADS
from conversations.bus import Bus
from core.clock import Clock
from core.ports import Knowledge
from db.engine import Database
from db.store import Store
from documents.desk import DocumentDesk

HERE = Path(__file__).parent
MAX_BODY = 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What the web application needs of the rest.

    ``address`` is where links to it begin; empty means: wherever the request came to.
    ``store`` has the files of cases, ``demo`` shows demo cases too. ``ticks`` are the seconds that the limits of a minute count.
    """

    db: Database
    inbox: Inbox
    bus: Bus
    clock: Clock
    library: Callable[[], Knowledge]
    uploads: UploadDesk
    health: Health
    secure_cookies: bool = False
    behind_proxy: bool = False
    address: str = ""
    store: Store | None = None
    demo: bool = False
    messages_a_minute: int = MESSAGES_A_MINUTE
    ticks: Callable[[], float] = time.monotonic


def build(serving: Serving, more: Sequence[web.AbstractRouteDef] = ()) -> web.Application:
    """The application with all its routes; ``more`` are the channels' webhooks."""
    app = web.Application(middlewares=[errors, same_origin], client_max_size=MAX_BODY)
    app[DATABASE] = serving.db
    app[INBOX] = serving.inbox
    app[BUS] = serving.bus
    app[CLOCK] = serving.clock
    app[LIBRARY] = serving.library
    app[LIMITER] = Limiter(now=serving.ticks, most=serving.messages_a_minute)
    app[DOCUMENTS] = DocumentDesk(serving.db, clock=serving.clock)
    app[DOWNLOADS] = Limiter(now=serving.ticks, most=documents.TRIES_A_MINUTE)
    app[PASSERS] = Passers(serving.clock, behind_proxy=serving.behind_proxy)
    app[TRACKING] = TrackingDesk(serving.db, serving.clock)
    app[TRIES] = Limiter(now=serving.ticks, most=tracking.TRIES_A_MINUTE)
    app[CLUES] = ClueDesk(serving.db, serving.clock, serving.store)
    app[CLUE_TRIES] = Limiter(now=serving.ticks, most=clue.TRIES_A_MINUTE)
    app[PUBLIC] = PublicDesk(serving.db, serving.store, serving.clock, demo=serving.demo)
    app[ADDRESS] = serving.address
    app[UPLOADS] = serving.uploads
    app[UPLOADING] = Limiter(now=serving.ticks, most=attachments.UPLOADS_A_MINUTE)
    app[SECURE_COOKIES] = serving.secure_cookies
    app[stream.STREAMS] = stream.Streams()
    aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True)
    app.router.add_routes([*_routes(serving.health), *more])
    app.router.add_static("/static", HERE / "static")
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(stream.close_streams)
    return app


async def page(request: web.Request) -> web.StreamResponse:
    """The chat page; a first visit sets the cookie."""
    visitor(request)
    response = aiohttp_jinja2.render_template("chat.html", request, {})
    response.headers["Cache-Control"] = "no-cache"
    remember(request, response)
    return response


def _routes(health: Health) -> list[web.RouteDef]:
    return [
        web.get("/", page),
        web.post("/api/chat/messages", chat.post_message),
        web.post("/api/chat/attachments", attachments.upload),
        web.get("/api/chat/attachments/{id}", attachments.show, allow_head=False),
        web.get("/api/chat/history", chat.history),
        web.get("/api/chat/events", stream.events, allow_head=False),
        web.post("/api/chat/forget", chat.forget),
        web.get("/api/articles/{law}/{article}", chat.article),
        web.get("/d/{token}", documents.page),
        web.post("/d/{token}", documents.download),
        web.get("/t/{reference}", tracking.ask),
        web.post("/t/{reference}", tracking.show),
        web.get("/t/{reference}/qr.svg", tracking.code),
        web.get("/hazards", hazards.listing),
        web.get("/hazards/{reference}", hazards.one),
        web.get("/hazards/{reference}/photos/{picture}", hazards.picture),
        web.get("/clue", clue.form),
        web.post("/clue", clue.drop),
        web.get("/clue/box", clue.knock),
        web.post("/clue/box", clue.look),
        web.post("/api/clue", clue.drop_json),
        web.post("/api/clue/box", clue.look_json),
        web.get("/livez", livez),
        web.get("/readyz", readyz(health)),
        web.get("/metrics", metrics),
    ]
