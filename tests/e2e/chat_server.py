"""A small server that keeps the chat page's contract, with scripted answers and faults on demand."""

from __future__ import annotations

import asyncio
import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any  # JSON bodies, as they go over the wire

import jinja2
from aiohttp import web

WEB = Path(__file__).parents[2] / "bot" / "web"
PAGE_SIZE = 20
CSP = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

Json = dict[str, Any]


@dataclass(slots=True)
class Conversation:
    """One citizen's messages and the streams listening to them."""

    messages: list[Json] = field(default_factory=list)
    streams: list[asyncio.Queue[bytes | None]] = field(default_factory=list)

    def add(self, **fields: object) -> Json:
        """Append a message with the next number and give it to every stream."""
        message: Json = {
            "seq": len(self.messages) + 1,
            "id": str(uuid.uuid4()),
            "client_id": None,
            "quick_replies": [],
            "citations": [],
            "timeline": [],
            "at": datetime.now(tz=UTC).isoformat(),
            "safety": False,
            **fields,
        }
        self.messages.append(message)
        return message

    def push(self, frame: bytes | None) -> None:
        """Give a frame to every stream; None hangs up."""
        for stream in self.streams:
            stream.put_nowait(frame)


@dataclass(slots=True)
class ChatServer:
    """The contract's addresses; tests turn its faults on and look at what arrived."""

    url: str = ""
    conversations: dict[str, Conversation] = field(default_factory=dict)
    answers: dict[str, list[Json]] = field(default_factory=dict)
    articles: dict[tuple[str, str], str] = field(default_factory=dict)
    posts: list[Json] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    failures: list[tuple[int, str]] = field(default_factory=list)
    lost_answers: int = 0
    refuse_streams: bool = False
    mute_streams: bool = False
    doubled: bool = False
    article_failures: int = 0
    forget_failures: int = 0
    streams_opened: int = 0
    history_calls: int = 0
    resumed_at: list[int] = field(default_factory=list)

    def app(self) -> web.Application:
        """The routes as one application."""
        app = web.Application(middlewares=[_secure])
        app.router.add_get("/", self.page)
        app.router.add_post("/api/chat/messages", self.post)
        app.router.add_get("/api/chat/events", self.events)
        app.router.add_get("/api/chat/history", self.history)
        app.router.add_post("/api/chat/forget", self.forget)
        app.router.add_get("/api/articles/{law}/{article}", self.article)
        app.router.add_static("/static/", WEB / "static")
        return app

    @property
    def conversation(self) -> Conversation:
        """The newest conversation."""
        return list(self.conversations.values())[-1]

    def say(self, text: str, **fields: object) -> Json:
        """Let the bot say something now."""
        spoken: Json = {"direction": "outgoing", "author": "bot", "text": text, **fields}
        message = self.conversation.add(**spoken)
        self.publish(self.conversation, message)
        return message

    def publish(self, conversation: Conversation, message: Json) -> None:
        """Stream a message, twice where the fault is on, not at all where streams are mute."""
        if self.mute_streams:
            return
        for _ in range(2 if self.doubled else 1):
            conversation.push(_frame("message", message, number=message["seq"]))

    def signal(self, event: str, data: Json) -> None:
        """Send a typing or status event."""
        self.conversation.push(_frame(event, data))

    def hang_up(self) -> None:
        """Drop every open stream without a word."""
        for conversation in self.conversations.values():
            conversation.push(None)

    async def page(self, request: web.Request) -> web.Response:
        loader = jinja2.FileSystemLoader(WEB / "templates")
        environment = jinja2.Environment(loader=loader, autoescape=True)
        html = environment.get_template("chat.html").render()
        response = web.Response(text=html, content_type="text/html")
        self._session(request, response)
        return response

    async def post(self, request: web.Request) -> web.Response:
        body: Json = await request.json()
        self.posts.append(body)
        if self.failures:
            status, reason = self.failures.pop(0)
            error = {"error": {"code": "fault", "message": reason}}
            wait = {"Retry-After": "20"} if reason else {}
            return web.json_response(error, status=status, headers=wait)
        conversation = self._conversation(request)
        known = [m for m in conversation.messages if m["client_id"] == body["client_id"]]
        message = known[0] if known else self._take(conversation, body)
        if self.lost_answers:
            self.lost_answers -= 1
            assert request.transport is not None
            request.transport.close()
        return web.json_response({"id": message["id"], "seq": message["seq"]}, status=202)

    async def history(self, request: web.Request) -> web.Response:
        self.history_calls += 1
        messages = self._conversation(request).messages
        before = int(request.query.get("before", len(messages) + 1))
        older = [message for message in messages if message["seq"] < before]
        page = {"messages": older[-PAGE_SIZE:], "more": len(older) > PAGE_SIZE, "status": "bot"}
        response = web.json_response(page)
        self._session(request, response)
        return response

    async def forget(self, request: web.Request) -> web.Response:
        if self.forget_failures:
            self.forget_failures -= 1
            return web.json_response({"error": {"code": "down", "message": ""}}, status=503)
        self.forgotten.append(request.query_string)
        self.conversations.pop(request.cookies.get("sid", ""), None)
        response = web.Response(status=204)
        if "leaving" not in request.query:
            self._fresh(response)
        return response

    async def article(self, request: web.Request) -> web.Response:
        law, number = request.match_info["law"], request.match_info["article"]
        if self.article_failures:
            self.article_failures -= 1
            return web.json_response({"error": {"code": "down", "message": ""}}, status=503)
        text = self.articles.get((law, number))
        if text is None:
            return web.json_response({"error": {"code": "none", "message": ""}}, status=404)
        label = f"《{law}》{number}"
        found = {"law": law, "article": number, "label": label, "text": text, "in_force": True}
        return web.json_response(found)

    async def events(self, request: web.Request) -> web.StreamResponse:
        if self.refuse_streams:
            return web.Response(status=503)
        self.streams_opened += 1
        conversation = self._conversation(request)
        since = int(request.headers.get("Last-Event-ID", request.query.get("since", "0")))
        self.resumed_at.append(since)
        stream: asyncio.Queue[bytes | None] = asyncio.Queue()
        for message in conversation.messages:
            if message["seq"] > since and not self.mute_streams:
                stream.put_nowait(_frame("message", message, number=message["seq"]))
        conversation.streams.append(stream)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        try:
            while (frame := await stream.get()) is not None:
                await response.write(frame)
        except ConnectionResetError:
            pass
        finally:
            conversation.streams.remove(stream)
        return response

    def _take(self, conversation: Conversation, body: Json) -> Json:
        said = body.get("text") or body.get("title", "")
        own = conversation.add(
            client_id=body["client_id"], direction="incoming", author="citizen", text=said
        )
        self.publish(conversation, own)
        for answer in self.answers.get(body.get("payload") or said, []):
            fields = {"direction": "outgoing", "author": "bot", **answer}
            self.publish(conversation, conversation.add(**fields))
        return own

    def _conversation(self, request: web.Request) -> Conversation:
        return self.conversations.setdefault(request.cookies.get("sid", ""), Conversation())

    def _session(self, request: web.Request, response: web.Response) -> None:
        if request.cookies.get("sid") not in self.conversations:
            self._fresh(response)

    def _fresh(self, response: web.Response) -> None:
        key = uuid.uuid4().hex
        self.conversations[key] = Conversation()
        response.set_cookie("sid", key, httponly=True, samesite="Strict")


@web.middleware
async def _secure(request: web.Request, handler: Any) -> web.StreamResponse:
    # Any: aiohttp's own Handler type is not callable in its stubs.
    response: web.StreamResponse = await handler(request)
    if not response.prepared:
        response.headers["Content-Security-Policy"] = CSP
    return response


def _frame(event: str, data: Json, *, number: int | None = None) -> bytes:
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
