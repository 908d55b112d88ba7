"""Who asks for a page that knows no cookie: a name that leads back to nobody."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from datetime import date
from hashlib import sha256

from aiohttp import web

from core.clock import SUZHOU, Clock

KEY_BYTES = 32
# What one household or telephone is given of IPv6; the half behind it changes by itself.
HOME = 64
IPV6 = 6


class Passers:
    """Names for those who come by, to count their tries with; good for a day in Suzhou.

    A name is a keyed hash of the network address. The key is drawn anew each day and stands in
    memory only: what was counted leads back to nobody, not even with the database and the vault.
    """

    def __init__(self, clock: Clock, *, behind_proxy: bool = False) -> None:
        self._clock = clock
        self._behind_proxy = behind_proxy
        self._day: date | None = None
        self._key = b""

    def name(self, request: web.Request) -> str:
        """The name of whoever sent this request, 64 hex digits."""
        today = self._clock().astimezone(SUZHOU).date()
        if today != self._day:
            self._day, self._key = today, secrets.token_bytes(KEY_BYTES)
        return hmac.new(self._key, self._address(request).encode(), sha256).hexdigest()

    def _address(self, request: web.Request) -> str:
        address = request.remote or ""
        if self._behind_proxy:
            # The proxy appends whom it saw; what stands before that anybody could have written.
            told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
            address = told or address
        return _home(address)


def _home(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version != IPV6:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, HOME), strict=False))
