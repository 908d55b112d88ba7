"""What the console's handlers may ask its application for, by type."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from cases.uploads import UploadDesk
from console.passwords import Passwords
from core.clock import Clock
from db.engine import Database

DATABASE = web.AppKey("database", Database)
CLOCK = web.AppKey[Clock]("clock")
PASSWORDS = web.AppKey("passwords", Passwords)
# Set by the application around the console.
UPLOADS = web.AppKey("uploads", UploadDesk)
# Likewise: tells the relay that something waits to be sent, which it would see a second later.
WAKE = web.AppKey[Callable[[], None]]("wake")
SECURE_COOKIES = web.AppKey("secure_cookies", bool)
