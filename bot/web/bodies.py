"""Where bodies tell what happens: signed updates, each answered with what became of it."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web
from pydantic import ValidationError

from bodies.connections import connection_of
from bodies.contract import UPDATE, Update
from bodies.desk import BodyDesk
from bodies.errors import BadSignature, BadUpdate, BodyUnknown
from bodies.models import UpdateState
from bodies.signing import verified
from bot.web.keys import CLOCK

BODIES = web.AppKey("bodies", BodyDesk)
# Taken now; taken and kept until those before it are there; understood and not possible.
STATUS = {
    UpdateState.APPLIED: HTTPStatus.OK,
    UpdateState.WAITING: HTTPStatus.ACCEPTED,
    UpdateState.REFUSED: HTTPStatus.CONFLICT,
}


def setup(app: web.Application, desk: BodyDesk) -> None:
    """Let the bodies' systems in."""
    app[BODIES] = desk
    app.router.add_post("/bodies/{body}/updates", updates)


async def updates(request: web.Request) -> web.Response:
    """Take an update of a body; ``{"result", "code"}``, alike for a repeat.

    A body that is not connected is answered like a wrong signature.
    """
    desk, raw = request.app[BODIES], await request.read()
    try:
        connection = connection_of(desk.connections, request.match_info["body"])
    except BodyUnknown:
        raise BadSignature from None
    event_id = verified(connection.keys, request.headers, raw, request.app[CLOCK]())
    answer = await desk.receive(connection.body.id, event_id, _update(raw))
    return web.json_response(
        {"result": answer.state, "code": answer.code}, status=STATUS[answer.state]
    )


def _update(raw: bytes) -> Update:
    try:
        return UPDATE.validate_json(raw)
    except ValidationError:
        raise BadUpdate from None
