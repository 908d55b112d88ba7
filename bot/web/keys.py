"""What handlers may ask the application for, by type."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from bot.inbox import Inbox
from bot.web.limits import Limiter
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
