"""WeChat on loopback: its API with its rules and faults, and its own way of calling us.

Requests are signed, encrypted and read by wechatpy, which shares no line with our adapter.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from aiohttp import ClientSession, ClientTimeout, web
from aiohttp.test_utils import TestServer
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

APP_ID = "wx0123456789abcdef"
SECRET = "app-secret-not-to-be-seen"
TOKEN = "webhookToken1"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OLD_AES_KEY = "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba"
ACCOUNT = "gh_sufatong"
OPEN_ID = "oCitizen_of-Suzhou_0001"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """How one call goes wrong: ``swallow`` acts first, ``drop`` closes the connection."""

    status: int = 200
    errcode: int | None = None
    body: bytes | None = None
    delay: float = 0
    drop: bool = False
    swallow: bool = False


@dataclass
class FakeWeChat:
    """The server's memory; tests plan faults and look at what arrived."""

    url: str = ""
    sent: list[tuple[str, str]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)
    token: str = "token-1"
    lives: int = 7200
    issued: int = 1
    forced: int = 0
    allowed: int | None = None
    _faults: defaultdict[str, deque[Fault | None]] = field(
        default_factory=lambda: defaultdict(deque)
    )

    def fail(self, call: str, *faults: Fault | None) -> None:
        """Let the next calls of a path's end go wrong, in this order; None: that one goes well."""
        self._faults[call].extend(faults)

    def expire(self) -> None:
        """The token is good no longer."""
        self.issued += 1
        self.token = f"token-{self.issued}"

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.sent]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        call = request.path.rpartition("/")[2]
        body = await request.read()
        self.calls.append(call)
        self.raw.append(body)
        fault = self._faults[call].popleft() if self._faults[call] else None
        if fault is None:
            return self._act(call, request, body)
        if fault.swallow:
            self._act(call, request, body)
        await asyncio.sleep(fault.delay)
        if fault.drop:
            assert request.transport is not None
            request.transport.abort()
        if fault.errcode is not None:
            return _errcode(fault.errcode)
        if fault.body is not None:
            return web.Response(body=fault.body)
        return web.Response(status=fault.status)

    def _act(self, call: str, request: web.Request, body: bytes) -> web.Response:
        if call == "stable_token":
            return self._give_token(json.loads(body))
        if request.query.get("access_token") != self.token:
            return _errcode(40001)
        if call == "get":
            found = self.media.get(request.query["media_id"])
            return _errcode(40007) if found is None else web.Response(body=found)
        return self._send(json.loads(body)) if call == "send" else _errcode(0)

    def _give_token(self, asked: dict[str, Any]) -> web.Response:
        if (asked["appid"], asked["secret"]) != (APP_ID, SECRET):
            return _errcode(40125)
        if asked["force_refresh"]:
            self.forced += 1
            self.expire()
        return web.json_response({"access_token": self.token, "expires_in": self.lives})

    def _send(self, message: dict[str, Any]) -> web.Response:
        text = message["text"]["content"]
        if message["touser"] in self.stopped:
            return _errcode(43004)
        if len(text.encode()) > 2048:
            return _errcode(45002)
        if self.allowed == 0:
            return _errcode(45047)
        if self.allowed is not None:
            self.allowed -= 1
        self.sent.append((message["touser"], text))
        return _errcode(0)


@asynccontextmanager
async def running_wechat() -> AsyncIterator[FakeWeChat]:
    """The API on a free port of loopback."""
    fake = FakeWeChat()
    app = web.Application()
    app.router.add_route("*", "/cgi-bin/{tail:.*}", fake.handle)
    server = TestServer(app, handler_cancellation=True)
    await server.start_server(shutdown_timeout=0.1, access_log=None)
    fake.url = str(server.make_url("")).rstrip("/")
    try:
        yield fake
    finally:
        await server.close()


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What our webhook said: the status, the body, and what wechatpy reads in it."""

    status: int
    body: str
    reply: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.reply.get("Content", "")


@dataclass(frozen=True, kw_only=True)
class Caller:
    """WeChat's servers as they call a webhook; without ``aes_key`` in the clear."""

    url: str
    aes_key: str | None = None
    token: str = TOKEN
    app_id: str = APP_ID

    async def ask(
        self, xml: str, *, changed: dict[str, str] | None = None, patience: float = 10
    ) -> Answered:
        """Post a message, its query ``changed``; patience of five seconds is WeChat's own."""
        query, body = self.prepared(xml)
        return await self.post({**query, **(changed or {})}, body, patience=patience)

    def prepared(self, xml: str) -> tuple[dict[str, str], bytes]:
        nonce, timestamp = str(secrets.randbelow(10**10)), str(int(time.time()))
        query = {
            "timestamp": timestamp,
            "nonce": nonce,
            "signature": signature(self.token, timestamp, nonce),
        }
        if self.aes_key is None:
            return query, xml.encode()
        sealed = WeChatCrypto(self.token, self.aes_key, self.app_id).encrypt_message(
            xml, nonce, timestamp
        )
        encrypted = parse(sealed)["Encrypt"]
        query |= {
            "encrypt_type": "aes",
            "msg_signature": signature(self.token, timestamp, nonce, encrypted),
        }
        body = f"<xml><ToUserName>{ACCOUNT}</ToUserName><Encrypt>{encrypted}</Encrypt></xml>"
        return query, body.encode()

    async def post(self, query: dict[str, str], body: bytes, *, patience: float = 10) -> Answered:
        async with (
            ClientSession(timeout=ClientTimeout(total=patience)) as session,
            session.post(self.url, params=query, data=BytesIO(body)) as answer,
        ):
            text = await answer.text()
        return Answered(status=answer.status, body=text, reply=self._read(text))

    def _read(self, text: str) -> dict[str, str]:
        if not text.startswith("<xml>"):
            return {}
        if self.aes_key is None:
            return parse(text)
        outer = parse(text)
        crypto = WeChatCrypto(self.token, self.aes_key, self.app_id)
        opened = crypto.decrypt_message(
            text, outer["MsgSignature"], outer["TimeStamp"], outer["Nonce"]
        )
        return parse(opened)


def parse(xml: str) -> dict[str, str]:
    """The fields of a document, by wechatpy's own reader; its classes keep them as they came."""
    typed = xml if "<MsgType>" in xml else xml.replace("<xml>", "<xml><MsgType>x</MsgType>", 1)
    fields: dict[str, str] = parse_message(typed)._data
    return fields


def signature(*parts: str) -> str:
    signer = WeChatSigner()
    signer.add_data(*parts)
    found: str = signer.signature
    return found


def text_xml(text: str, *, number: int | None = None, who: str = OPEN_ID) -> str:
    """A message in words, as WeChat sends it."""
    return message_xml("text", number=number, who=who, Content=f"<![CDATA[{text}]]>")


def message_xml(kind: str, *, number: int | None = None, who: str = OPEN_ID, **fields: str) -> str:
    told = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    number = secrets.randbelow(10**18) if number is None else number
    head = _head(kind, who)
    return f"<xml>{head}{told}<MsgId>{number}</MsgId></xml>"


def event_xml(event: str, *, key: str = "", who: str = OPEN_ID, at: int | None = None) -> str:
    head = _head("event", who, at)
    return f"<xml>{head}<Event>{event}</Event><EventKey><![CDATA[{key}]]></EventKey></xml>"


def _head(kind: str, who: str, at: int | None = None) -> str:
    return (
        f"<ToUserName>{ACCOUNT}</ToUserName><FromUserName>{who}</FromUserName>"
        f"<CreateTime>{int(time.time()) if at is None else at}</CreateTime>"
        f"<MsgType>{kind}</MsgType>"
    )


def _errcode(code: int) -> web.Response:
    # WeChat says 200 to everything, and calls its JSON plain text.
    body = json.dumps({"errcode": code, "errmsg": hashlib.sha1(str(code).encode()).hexdigest()})
    return web.Response(text=body, content_type="text/plain")
