"""The webhook: WeChat's request is checked, its message stored, and answered on the spot if it can be."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Protocol

import structlog
from aiohttp import web

from bot.channels.wechat.account import Account
from bot.channels.wechat.crypto import Undecipherable
from bot.channels.wechat.envelope import Envelope, UnreadableBody, open_envelope, seal_reply
from bot.channels.wechat.passive import PassiveReplies
from bot.channels.wechat.pieces import CAPABILITIES
from bot.channels.wechat.receive import Incoming, read_incoming
from bot.channels.wechat.reply import SUCCESS, reply_xml
from bot.channels.wechat.signing import LONGEST, Signed, Unsigned, read_signed
from conversations.passive import Answer, Replayed, Window
from core.clock import Clock
from core.messages import Message

PATH = "/webhooks/wechat"
MAX_BODY = 64 * 1024
CLOSE_SECONDS = 1.0
REPLY_WITHIN = CAPABILITIES.reply_within or timedelta()

log = structlog.get_logger(__name__)


class Receiver(Protocol):
    """The inbox."""

    async def store(self, message: Message) -> str:
        """Return the conversation when the message is stored for good; raise when it could not be."""
        ...

    async def answered(self, conversation_id: str, *, within: float) -> bool:
        """Wait until nothing there is unanswered, so many seconds at most."""
        ...


class Webhook:
    """Answers `/webhooks/wechat`.

    WeChat asks up to three times for what is not answered in five seconds. Strangers get 403, and
    503 stands for a message that cannot be stored; what no repetition would mend is done with.
    """

    def __init__(
        self, account: Account, replies: PassiveReplies, inbox: Receiver, *, clock: Clock
    ) -> None:
        self._account = account
        self._replies = replies
        self._inbox = inbox
        self._clock = clock
        self._serving: set[asyncio.Task[web.Response]] = set()

    async def verify(self, request: web.Request) -> web.Response:
        """Say the given words back, which is how WeChat learns that this address is ours."""
        echo = request.query.get("echostr", "")
        try:
            read_signed(request.query, self._account.token, now=self._clock())
        except Unsigned:
            return self._refused()
        return web.Response(text=echo) if len(echo) <= LONGEST else self._refused()

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """Take one message in and answer it.

        When WeChat hangs up the request is cancelled, often while its end is being noted; that goes on.
        """
        body = await _body(request)
        task = asyncio.create_task(self._serve(request, body))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Let what is being answered end; what does not in time is repeated or left to the relay."""
        if self._serving:
            _, late = await asyncio.wait(self._serving, timeout=CLOSE_SECONDS)
            for task in late:
                task.cancel()

    async def _serve(self, request: web.Request, body: bytes) -> web.Response:
        try:
            signed = read_signed(request.query, self._account.token, now=self._clock())
            envelope, incoming = self._read(signed, body)
            if incoming is None or envelope is None:
                return _success()
            window, given = await self._take(incoming, signed)
        except (Unsigned, Replayed):
            return self._refused()
        except Exception as error:  # noqa: BLE001 - whatever the inbox met, WeChat asks again
            log.error("wechat.store_failed", error=type(error).__name__)  # noqa: TRY400
            return web.Response(status=503)
        if given is None:
            return _success()
        now = self._clock()
        text = seal_reply(
            self._account, envelope, reply_xml(incoming, given.text, now=now), now=now
        )
        return await self._hand_over(
            request, web.Response(text=text, content_type="text/xml"), window, given
        )

    def _read(self, signed: Signed, body: bytes) -> tuple[Envelope | None, Incoming | None]:
        """What the body says; nothing for kinds we do not serve and what cannot be read."""
        try:
            envelope = open_envelope(self._account, signed, body)
            return envelope, read_incoming(envelope.fields)
        except (Undecipherable, UnreadableBody) as error:
            log.error("wechat.webhook_unreadable", error=type(error).__name__)  # noqa: TRY400
            return None, None

    async def _take(self, incoming: Incoming, signed: Signed) -> tuple[Window, Answer | None]:
        """Store the message and wait for its answer, until it must be pushed instead."""
        window = await self._replies.open(incoming, signed.proof)
        if window.ended or window.answer is not None:
            return window, window.answer
        if incoming.message is None:
            await self._replies.leave(window)
            return window, None
        conversation_id = await self._inbox.store(incoming.message)
        left = window.opened_at + REPLY_WITHIN - self._clock()
        await self._inbox.answered(conversation_id, within=left.total_seconds())
        return window, await self._replies.fill(window)

    async def _hand_over(
        self, request: web.Request, response: web.Response, window: Window, given: Answer
    ) -> web.Response:
        """Write the reply to the end, so that it is known whether WeChat was still there."""
        try:
            if request.transport is None or request.transport.is_closing():
                raise ConnectionResetError  # noqa: TRY301 - the library may not notice
            await response.prepare(request)
            await response.write_eof()
        except Exception:  # noqa: BLE001 - however it failed, it was not taken
            note = self._replies.lost
        else:
            note = self._replies.arrived
        try:
            await note(window, given)
        except Exception as error:  # noqa: BLE001 - a repetition, or the end of the lease, settles it
            log.error("wechat.reply_not_noted", error=type(error).__name__)  # noqa: TRY400
        return response

    def _refused(self) -> web.Response:
        log.warning("wechat.webhook_refused")
        return web.Response(status=403)


def _success() -> web.Response:
    return web.Response(text=SUCCESS)


async def _body(request: web.Request) -> bytes:
    """The body, empty beyond ``MAX_BODY``; read here, since the app's own limit answers 413."""
    body = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > MAX_BODY:
            return b""
    return bytes(body)
