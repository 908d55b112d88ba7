"""A Bot API server on loopback that keeps the real one's rules and fails on demand."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from aiohttp import ClientSession, ClientTimeout, web
from aiohttp.test_utils import TestServer

TOKEN = "123456:AAE-not_to_be_seen_anywhere"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """How one call goes wrong: ``drop`` closes the connection, ``swallow`` acts first."""

    status: int = 200
    description: str = "made to fail"
    retry_after: int | None = None
    body: bytes | None = None
    delay: float = 0
    drop: bool = False
    swallow: bool = False


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request to the Bot API, its parameters decoded; Any, for they are JSON."""

    method: str
    params: dict[str, Any]
    at: float


class Refused(Exception):
    """Telegram says no."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.answer = {
            "ok": False,
            "error_code": status,
            "description": description,
            **({"parameters": parameters} if parameters else {}),
        }
        self.status = status


@dataclass
class FakeTelegram:
    """The server's memory; tests push updates in, plan faults, and look at what arrived."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    blocked_by: set[int] = field(default_factory=set)
    webhook: dict[str, Any] = field(default_factory=dict)
    polling: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    _faults: defaultdict[str, deque[Fault | None]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def fail(self, method: str, *faults: Fault | None) -> None:
        """Let the next calls of a method go wrong, in this order; None: that one goes well."""
        self._faults[method].extend(faults)

    def push(self, *updates: dict[str, Any]) -> None:
        """Keep updates for the bot to fetch, in the order given."""
        self.waiting.extend(updates)
        self._news.set()

    def called(self, method: str) -> list[dict[str, Any]]:
        return [call.params for call in self.calls if call.method == method]

    async def deliver(self, update: object, *, secret: str | None = None) -> int:
        """Post one update (or raw bytes) to the webhook; gives the status."""
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        given = self.webhook.get("secret_token") if secret is None else secret
        headers = {SECRET_HEADER: given} if given else {}
        async with (
            ClientSession(timeout=ClientTimeout(total=10)) as session,
            session.post(self.webhook["url"], data=BytesIO(body), headers=headers) as answer,
        ):
            return answer.status

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params = _decoded(dict(await request.post()))
        loop = asyncio.get_running_loop()
        self.calls.append(Call(method=method, params=params, at=loop.time()))
        fault = self._faults[method].popleft() if self._faults[method] else None
        try:
            if fault is not None:
                return await self._fail(request, method, params, fault)
            _check_token(request.match_info["token"])
            return web.json_response({"ok": True, "result": await self._act(method, params)})
        except Refused as refused:
            return web.json_response(refused.answer, status=refused.status)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A file's content; faults of the method “file” cut it off or hold it up."""
        name = request.match_info["name"]
        self.calls.append(
            Call(method="file", params={"name": name}, at=asyncio.get_running_loop().time())
        )
        fault = self._faults["file"].popleft() if self._faults["file"] else None
        if fault is None:
            return web.Response(body=self.files[name])
        await asyncio.sleep(fault.delay)
        if not fault.drop:
            return web.Response(status=fault.status)
        response = web.StreamResponse(headers={"Content-Length": str(len(self.files[name]))})
        await response.prepare(request)
        await response.write(self.files[name][:100])
        assert request.transport is not None
        request.transport.abort()
        return response

    async def _fail(
        self, request: web.Request, method: str, params: dict[str, Any], fault: Fault
    ) -> web.StreamResponse:
        await asyncio.sleep(fault.delay)
        if fault.swallow:
            await self._act(method, params)
        if fault.drop:
            assert request.transport is not None
            request.transport.abort()
        if fault.body is not None:
            return web.Response(body=fault.body, status=fault.status)
        if fault.retry_after is not None:
            raise Refused(429, "Too Many Requests", retry_after=fault.retry_after)
        raise Refused(fault.status, fault.description)

    async def _act(self, method: str, params: dict[str, Any]) -> object:
        match method:
            case "getUpdates":
                return await self._updates(params)
            case "sendMessage" | "sendDocument" | "getFile":
                return self._give(method, params)
            case "setWebhook":
                self.webhook = params
            case "deleteWebhook":
                self.webhook = {}
                if params.get("drop_pending_updates"):
                    self.waiting.clear()
            case "sendChatAction" | "answerCallbackQuery":
                pass
            case _:
                raise Refused(404, "Not Found")
        return True

    def _give(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        if method == "getFile":
            return self._file(str(params["file_id"]))
        return self._send(params) if method == "sendMessage" else self._send_document(params)

    def _file(self, file_id: str) -> dict[str, Any]:
        if file_id not in self.files:
            raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        size = self.sizes.get(file_id, len(self.files[file_id]))
        return {
            "file_id": file_id,
            "file_unique_id": f"u{file_id}",
            "file_size": size,
            "file_path": f"photos/{file_id}",
        }

    async def _updates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        if self.polling:
            raise Refused(409, "Conflict: terminated by other getUpdates request")
        offset = int(params.get("offset", 0))
        self.confirmed += [u["update_id"] for u in self.waiting if u["update_id"] < offset]
        self.waiting = [u for u in self.waiting if u["update_id"] >= offset]
        if not self.waiting:
            await self._wait(float(params.get("timeout", 0)))
        return self.waiting[:100]

    async def _wait(self, seconds: float) -> None:
        self.polling += 1
        self._news.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            pass
        finally:
            self.polling -= 1

    def _send(self, params: dict[str, Any]) -> dict[str, Any]:
        chat = int(params["chat_id"])
        if chat in self.blocked_by:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if not str(params["text"]).strip():
            raise Refused(400, "Bad Request: message text is empty")
        if len(str(params["text"]).encode("utf-16-le")) > 2 * 4096:
            raise Refused(400, "Bad Request: message is too long")
        rows = params.get("reply_markup", {}).get("inline_keyboard", [])
        if any(len(b["callback_data"].encode()) > 64 for row in rows for b in row):
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        self.messages.append(params)
        return {
            "message_id": len(self.messages),
            "date": 1795399200,
            "chat": {"id": chat, "type": "private"},
            "text": params["text"],
        }

    def _send_document(self, params: dict[str, Any]) -> dict[str, Any]:
        chat = int(params["chat_id"])
        if chat in self.blocked_by:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        file = params["document"]
        if not isinstance(file, web.FileField):
            raise Refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
        content = file.file.read()
        if not content:
            raise Refused(400, "Bad Request: file must be non-empty")
        if len(content) > 50 * 1024**2:
            raise Refused(413, "Request Entity Too Large")
        self.messages.append({"chat_id": chat, "document": file.filename, "content": content})
        document = {"file_id": "f", "file_unique_id": "u", "file_name": file.filename}
        return {
            "message_id": len(self.messages),
            "date": 1795399200,
            "chat": {"id": chat, "type": "private"},
            "document": document,
        }


@asynccontextmanager
async def running_telegram() -> AsyncIterator[FakeTelegram]:
    """The fake server on a free port of loopback."""
    fake = FakeTelegram()
    app = web.Application()
    app.router.add_post("/bot{token:[^/]+}/{method}", fake.handle)
    app.router.add_get("/file/bot{token:[^/]+}/photos/{name}", fake.file)
    server = TestServer(app, handler_cancellation=True)
    await server.start_server(shutdown_timeout=0.1, access_log=None)  # it would show the token
    fake.url = str(server.make_url("")).rstrip("/")
    try:
        yield fake
    finally:
        await server.close()


async def eventually(condition: Callable[[], object]) -> None:
    """Wait until something is so, five seconds at most."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - any state at either end, no one event
            await asyncio.sleep(0.005)


def text_update(number: int, text: str = "你好", chat: int = 7001) -> dict[str, Any]:
    """An update with a message in words."""
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1795399200,
            "chat": {"id": chat, "type": "private"},
            "from": {"id": chat, "is_bot": False, "first_name": "某"},
            "text": text,
        },
    }


def photo_update(
    number: int, file_id: str, *, chat: int = 7001, caption: str = "", as_file: str = ""
) -> dict[str, Any]:
    """An update with a photo, or with a picture sent ``as_file`` of that type."""
    update = text_update(number, chat=chat)
    message = update["message"]
    del message["text"]
    sent = {"file_id": file_id, "file_unique_id": f"u{file_id}"}
    if as_file:
        message["document"] = {**sent, "file_name": "a.jpg", "mime_type": as_file}
    else:
        small = {**sent, "file_id": "small", "width": 90, "height": 60}
        message["photo"] = [small, {**sent, "width": 900, "height": 600}]
    return update if not caption else {**update, "message": {**message, "caption": caption}}


def button_update(number: int, data: str = "human_handoff", chat: int = 7001) -> dict[str, Any]:
    """An update with a pressed button."""
    message = text_update(number, chat=chat)["message"]
    return {
        "update_id": number,
        "callback_query": {
            "id": f"query-{number}",
            "from": message["from"],
            "chat_instance": "1",
            "data": data,
            "message": message,
        },
    }


def _check_token(token: str) -> None:
    if token != TOKEN:
        raise Refused(401, "Unauthorized")


def _decoded(form: dict[str, Any]) -> dict[str, Any]:
    def value(raw: Any) -> Any:  # any JSON, or an uploaded file
        if isinstance(raw, web.FileField):
            return raw
        try:
            return json.loads(raw)
        except ValueError:
            return raw

    return {k: v if k == "text" else value(v) for k, v in form.items()}
