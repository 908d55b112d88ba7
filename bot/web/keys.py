"""What handlers may ask the application for, by type."""

from __future__ import annotations

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
KNOWLEDGE = web.AppKey[Knowledge]("knowledge")
LIMITER = web.AppKey("limiter", Limiter)
DOCUMENTS = web.AppKey("documents", DocumentDesk)
DOWNLOADS = web.AppKey("downloads", Limiter)
SECURE_COOKIES = web.AppKey("secure_cookies", bool)
