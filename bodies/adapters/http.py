"""A body with an interface: signed requests, each with a deadline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus

import aiohttp
from pydantic import ValidationError

from bodies.adapters.base import End
from bodies.connections import Connection
from bodies.contract import PAGE, RECEIPT, Page, Parcel, Question, Receipt, Standing, to_bytes
from bodies.errors import AWAY, PushCode, PushError
from bodies.signing import signed
from core.clock import Clock
from db.base import new_id

DEADLINE_SECONDS = 10.0
# A list may be long there, but not endless.
MOST_PAGES = 500
LONGEST_ANSWER = 1024**2
MOST_PATIENCE = timedelta(hours=1)
KEY_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


class HttpAdapter:
    """Speaks the contract over HTTP, see ``bodies.contract``."""

    nightly = False

    def __init__(
        self,
        connection: Connection,
        http: aiohttp.ClientSession,
        *,
        clock: Clock,
        deadline_seconds: float = DEADLINE_SECONDS,
    ) -> None:
        self._connection = connection
        self._http = http
        self._clock = clock
        self._timeout = aiohttp.ClientTimeout(total=deadline_seconds)

    async def push(self, parcels: Sequence[Parcel]) -> Sequence[End]:
        """Send one after the other; stop where the whole system is away."""
        ends: list[End] = []
        for parcel in parcels:
            try:
                ends.append(await self._push(parcel))
            except PushError as error:
                ends.append(error)
                if error.code in AWAY:
                    break
        return ends

    async def standing(self) -> Sequence[Standing]:
        """All pages of their list; raises ``PushError``."""
        lines: list[Standing] = []
        after = ""
        for _ in range(MOST_PAGES):
            page = await self._page(after)
            lines += page.cases
            if page.next <= after:
                return lines
            after = page.next
        return lines

    async def _push(self, parcel: Parcel) -> Receipt:
        answer = await self._post("/cases", to_bytes(parcel), parcel.key)
        try:
            return RECEIPT.validate_json(answer)
        except ValidationError:
            raise PushError(PushCode.ANSWER_UNREADABLE) from None

    async def _page(self, after: str) -> Page:
        answer = await self._post("/standing", to_bytes(Question(after=after)), new_id())
        try:
            return PAGE.validate_json(answer)
        except ValidationError:
            raise PushError(PushCode.ANSWER_UNREADABLE) from None

    async def _post(self, path: str, body: bytes, key: str) -> bytes:
        headers = signed(self._connection.keys[0], key, body, self._clock())
        headers["Content-Type"] = "application/json"
        try:
            async with self._http.post(
                f"{self._connection.url}{path}",
                data=body,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            ) as answer:
                _check(answer)
                # One byte more shows that there would have been more.
                content = await answer.content.read(LONGEST_ANSWER + 1)
                while not answer.content.at_eof() and len(content) <= LONGEST_ANSWER:
                    content += await answer.content.read(LONGEST_ANSWER + 1)
        except TimeoutError:
            raise PushError(PushCode.TIMEOUT) from None
        except aiohttp.ClientError:
            raise PushError(PushCode.UNREACHABLE) from None
        if len(content) > LONGEST_ANSWER:
            raise PushError(PushCode.ANSWER_UNREADABLE)
        return content


def _check(answer: aiohttp.ClientResponse) -> None:
    """Raise ``PushError`` for anything but a success."""
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise PushError(PushCode.THROTTLED, retry_after=_retry_after(answer))
    if answer.status in KEY_REFUSED:
        raise PushError(PushCode.KEY_REFUSED)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise PushError(PushCode.SERVER_ERROR, retry_after=_retry_after(answer))
    if answer.status >= HTTPStatus.BAD_REQUEST:
        raise PushError(PushCode.REJECTED)
    raise PushError(PushCode.ANSWER_UNREADABLE)


def _retry_after(answer: aiohttp.ClientResponse) -> timedelta | None:
    told = answer.headers.get("Retry-After", "")
    seconds = int(told) if told.isascii() and told.isdigit() and len(told) <= 6 else 0  # noqa: PLR2004
    return min(timedelta(seconds=seconds), MOST_PATIENCE) if seconds else None
