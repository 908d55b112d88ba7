"""Whose platform is tested: the one at BODY_URL, else the reference platform on loopback."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest_asyncio
from aiohttp.test_utils import TestServer

from bodies.contract import PAGE, RECEIPT, Page, Parcel, Question, Receipt, to_bytes
from bodies.reference import Platform
from bodies.signing import read_key, signed
from core.clock import utc_now
from db.base import new_id

URL, SECRET = os.environ.get("BODY_URL", ""), os.environ.get("BODY_SECRET", "")
OURS = b"0" * 32


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A platform, as we speak to it."""

    url: str
    key: bytes
    http: aiohttp.ClientSession

    async def post(
        self, path: str, body: bytes, key: str = "", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        proof = signed(self.key, key or new_id(), body, utc_now()) if headers is None else headers
        sent = {"Content-Type": "application/json", **proof}
        async with self.http.post(f"{self.url}{path}", data=body, headers=sent) as answer:
            return answer.status, await answer.read()

    async def push(self, parcel: Parcel) -> Receipt:
        status, answer = await self.post("/cases", to_bytes(parcel), parcel.key)
        assert 200 <= status < 300
        return RECEIPT.validate_json(answer)

    async def page(self, after: str = "") -> Page:
        status, answer = await self.post("/standing", to_bytes(Question(after=after)))
        assert status == 200
        return PAGE.validate_json(answer)

    async def listed(self, reference: str) -> list[tuple[str, int | None]]:
        """Every line about a case: its number and revision."""
        found, after = [], ""
        while True:
            page = await self.page(after)
            found += [(c.number, c.revision) for c in page.cases if c.reference == reference]
            if page.next <= after:
                return found
            after = page.next


@pytest_asyncio.fixture
async def peer() -> AsyncIterator[Peer]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http:
        if URL:
            yield Peer(url=URL.rstrip("/"), key=read_key(SECRET), http=http)
            return
        platform = Platform(key=OURS, numbering="REF-{:05d}", clock=utc_now)
        async with TestServer(platform.application()) as server:
            yield Peer(url=str(server.make_url("")).rstrip("/"), key=OURS, http=http)


def parcel(revision: int = 1, **more: object) -> Parcel:
    """A made-up case under a reference of its own, marked as a test."""
    values = {
        "reference": f"TEST{secrets.token_hex(8).upper()}",
        "revision": revision,
        "kind": "XF",
        "title": "演示数据·合同测试",
        "area": "320508",
        "words": "演示数据：合同测试，请不要办理。",
    }
    return Parcel.model_validate({**values, **more})
