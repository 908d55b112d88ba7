"""Calls to WeChat's API: bounded in time and size, never led elsewhere, errors as ``SendError``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.channels.base import SendCode, SendError
from bot.channels.wechat.account import Account
from bot.channels.wechat.failures import OK

MOST_BYTES = 64 * 1024
JSON = {"Content-Type": "application/json; charset=utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A body as it came, at most so long as was asked for."""

    content: bytes

    def errcode(self) -> int:
        """The code in it; 0 where there is none. Raises ``SendError`` if it is no JSON object."""
        return int_of(self.fields().get("errcode", OK))

    def fields(self) -> Mapping[str, Any]:  # Any: JSON
        """The JSON object it is; raises ``SendError``."""
        try:
            body = json.loads(self.content)
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            raise SendError(SendCode.CONNECTION_FAILED)
        return body


class Calls:
    """The API of one account."""

    def __init__(self, account: Account, http: aiohttp.ClientSession) -> None:
        self._account = account
        self._http = http
        self._timeout = aiohttp.ClientTimeout(total=account.patience.total_seconds())

    async def post(self, path: str, body: Mapping[str, object], *, token: str = "") -> Answer:
        """Send JSON in raw UTF-8, for WeChat shows escapes to people; raises ``SendError``."""
        data = json.dumps(body, ensure_ascii=False).encode()
        query = {"access_token": token} if token else {}
        return await self._call("POST", path, query, data=data)

    async def get(self, path: str, query: Mapping[str, str], *, most: int) -> Answer:
        """Fetch up to ``most`` bytes; raises ``SendError``, also for more."""
        return await self._call("GET", path, query, most=most)

    async def _call(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        *,
        data: bytes | None = None,
        most: int = MOST_BYTES,
    ) -> Answer:
        failed = False
        content = b""
        try:
            async with self._http.request(
                method,
                self._account.base_url + path,
                params=query,
                data=data,
                headers=JSON if data is not None else None,
                timeout=self._timeout,
                allow_redirects=False,
            ) as answer:
                failed = answer.status != 200  # noqa: PLR2004
                if not failed:
                    content = await _read(answer, most)
        except (aiohttp.ClientError, TimeoutError, OSError):
            failed = True
        # Outside the except block: the library's message quotes the address with its token.
        if failed or len(content) > most:
            raise SendError(SendCode.CONNECTION_FAILED)
        return Answer(content=content)


def int_of(value: object) -> int:
    """A code as a number; what is none is -1, as WeChat calls trouble of its own."""
    return value if isinstance(value, int) else -1


async def _read(answer: aiohttp.ClientResponse, most: int) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_chunked(64 * 1024):
        content += chunk
        if len(content) > most:
            break
    return bytes(content)
