"""The access token: one for all nodes, fetched by one of them, renewed when it is refused."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.channels.base import SendCode, SendError
from bot.channels.wechat.account import Account
from bot.channels.wechat.calls import Calls, int_of
from bot.channels.wechat.failures import OK, send_error
from conversations.tokens import Token, end_lease, find_token, keep_token, lease
from core.clock import Clock
from db.engine import Database

PATH = "/cgi-bin/stable_token"
# In a token's last five minutes WeChat gives out the next one and takes both.
EARLY = timedelta(minutes=4)
LEASE = timedelta(seconds=15)
# Forcing is for a token that leaked or broke: 20 times a day, half a minute apart.
FORCE_APART = timedelta(minutes=2)
LOOK_SECONDS = 0.1
LOOKS = 60


class Tokens:
    """Gives the token that is good now."""

    def __init__(self, account: Account, calls: Calls, db: Database, *, clock: Clock) -> None:
        self._account = account
        self._calls = calls
        self._db = db
        self._clock = clock
        self._key = f"wechat:{account.app_id}"[:64]

    async def current(self) -> str:
        """The token to call with; raises ``SendError`` if none can be had."""
        held = await find_token(self._db, self._key)
        if held is not None and held.expires_at - EARLY > self._clock():
            return held.value
        return await self._renewed(held, refused=None)

    async def instead_of(self, refused: str) -> str:
        """Another token than one that WeChat has refused; raises ``SendError``."""
        held = await find_token(self._db, self._key)
        if held is not None and held.value != refused:
            return held.value
        return await self._renewed(held, refused=refused)

    async def _renewed(self, old: Token | None, *, refused: str | None) -> str:
        for _ in range(LOOKS):
            now = self._clock()
            if await lease(self._db, self._key, now=now, until=now + LEASE):
                return await self._fetched(old, refused)
            if old is not None and refused is None and old.expires_at > now:
                return old.value
            await asyncio.sleep(LOOK_SECONDS)
            held = await find_token(self._db, self._key)
            if held is not None and (old is None or held.value != old.value):
                return held.value
        raise SendError(SendCode.CONNECTION_FAILED)

    async def _fetched(self, old: Token | None, refused: str | None) -> str:
        """The next token, as the one who has the lease."""
        try:
            held = await find_token(self._db, self._key)
            if held is not None and (old is None or held.value != old.value):
                # Somebody was quicker, before we had the lease.
                await end_lease(self._db, self._key)
                return held.value
            token = await self._ask(held, force=False)
            if token.value == refused:
                token = await self._forced(held)
            await keep_token(self._db, self._key, token)
        except BaseException:
            await end_lease(self._db, self._key)
            raise
        return token.value

    async def _forced(self, held: Token | None) -> Token:
        last = held.forced_at if held is not None else None
        if last is not None and self._clock() - last < FORCE_APART:
            raise SendError(SendCode.CONNECTION_FAILED, retry_after=FORCE_APART)
        return await self._ask(held, force=True)

    async def _ask(self, held: Token | None, *, force: bool) -> Token:
        body = {
            "grant_type": "client_credential",
            "appid": self._account.app_id,
            "secret": self._account.secret,
            "force_refresh": force,
        }
        answer = await self._calls.post(PATH, body)
        told = answer.fields()
        value, seconds = told.get("access_token"), told.get("expires_in")
        if not isinstance(value, str) or not value or not isinstance(seconds, int):
            code = int_of(told.get("errcode", -1))
            raise send_error(code) if code != OK else SendError(SendCode.CONNECTION_FAILED)
        now = self._clock()
        last = held.forced_at if held is not None else None
        expires_at = now + timedelta(seconds=min(max(seconds, 0), 7200))
        return Token(value=value, expires_at=expires_at, forced_at=now if force else last)
