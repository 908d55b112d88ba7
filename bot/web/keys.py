"""What handlers may ask the application for, by type."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from bot.inbox import Inbox
from bot.web.limits import Limiter
from bot.web.passers import Passers
from cases.clues import ClueDesk
from cases.publishing import PublicDesk
from cases.tracking import TrackingDesk
from conversations.bus import Bus
from core.clock import Clock
from core.ports import Knowledge
from db.engine import Database
from documents.desk import DocumentDesk

DATABASE = web.AppKey("database", Database)
INBOX = web.AppKey("inbox", Inbox)
BUS = web.AppKey[Bus]("bus")
CLOCK = web.AppKey[Clock]("clock")
LIBRARY = web.AppKey[Callable[[], Knowledge]]("library")
LIMITER = web.AppKey("limiter", Limiter)
DOCUMENTS = web.AppKey("documents", DocumentDesk)
DOWNLOADS = web.AppKey("downloads", Limiter)
UPLOADING = web.AppKey("uploading", Limiter)
SECURE_COOKIES = web.AppKey("secure_cookies", bool)
PASSERS = web.AppKey("passers", Passers)
TRACKING = web.AppKey("tracking", TrackingDesk)
TRIES = web.AppKey("tries", Limiter)
ADDRESS = web.AppKey("address", str)
PUBLIC = web.AppKey("public", PublicDesk)
CLUES = web.AppKey("clues", ClueDesk)
CLUE_TRIES = web.AppKey("clue_tries", Limiter)
