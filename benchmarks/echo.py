"""A server that answers at once on both sides' addresses: what is left is the client's own cost.

Run as ``python -m benchmarks.echo PORT``.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import uuid
from collections.abc import Iterator

from aiohttp import web

from benchmarks.talk import HOST

COOKIE = "echo"
# This text is answered and then handed to a person.
HAND_OVER = "hand over"
Streams = dict[str, asyncio.Queue[str]]
STREAMS = web.AppKey("streams", Streams)
NUMBERS = web.AppKey("numbers", Iterator[int])


def application() -> web.Application:
    """The web chat's contract and Rasa's REST channel, both without a thought behind them."""
    app = web.Application()
    app[STREAMS] = {}
    app[NUMBERS] = itertools.count(1)
    app.router.add_get("/", page)
    app.router.add_get("/readyz", ready)
    app.router.add_get("/api/chat/events", stream)
    app.router.add_post("/api/chat/messages", receive)
    app.router.add_post("/webhooks/rest/webhook", rest)
    return app


async def page(request: web.Request) -> web.Response:
    del request
    answer = web.Response(text="echo")
    answer.set_cookie(COOKIE, uuid.uuid4().hex, samesite="Strict")
    return answer


async def ready(request: web.Request) -> web.Response:
    del request
    return web.json_response({})


async def stream(request: web.Request) -> web.StreamResponse:
    queue = request.app[STREAMS].setdefault(request.cookies[COOKIE], asyncio.Queue())
    answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await answer.prepare(request)
    while True:
        data = await queue.get()
        kind = "message"
        if data == HAND_OVER:
            kind, data = "status", json.dumps({"status": "queued"})
        await answer.write(f"event: {kind}\ndata: {data}\n\n".encode())


async def receive(request: web.Request) -> web.Response:
    message = await request.json()
    queue = request.app[STREAMS].setdefault(request.cookies[COOKIE], asyncio.Queue())
    numbers = request.app[NUMBERS]
    seq = next(numbers)
    queue.put_nowait(json.dumps({"seq": seq, "direction": "incoming", "text": message["text"]}))
    reply = {"seq": next(numbers), "direction": "outgoing", "text": message["text"]}
    queue.put_nowait(json.dumps(reply))
    if message["text"] == HAND_OVER:
        await request.app[STREAMS][request.cookies[COOKIE]].put(HAND_OVER)
    return web.json_response({"seq": seq}, status=202)


async def rest(request: web.Request) -> web.Response:
    message = await request.json()
    return web.json_response([{"recipient_id": message["sender"], "text": message["message"]}])


if __name__ == "__main__":
    web.run_app(application(), host=HOST, port=int(sys.argv[1]), print=None, shutdown_timeout=1)
