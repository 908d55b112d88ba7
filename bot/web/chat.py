"""The web chat's JSON: post a message, read the history, be forgotten, open an article."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.channels.web import NAME
from bot.web.keys import CLOCK, DATABASE, INBOX, LIBRARY, LIMITER
from bot.web.middleware import problem
from bot.web.visitors import digest, remember, renew, visitor
from bot.web.wording import error_message
from cases import uploads
from cases.appointments.holding import leave
from console.keys import UPLOADS
from conversations.history import PAGE, Said, before
from conversations.inbox import find_thread
from conversations.models import Conversation
from conversations.privacy import erase_person
from core.appointments import INTENT_OF
from core.messages import CHINESE, Attachment, Direction, Message, Reply
from documents import issuing
from handoff import queue

MAX_TEXT = 100_000


class Attached(BaseModel):
    """A picture sent before by ``POST /api/chat/attachments``."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1, max_length=36)


class Posted(BaseModel):
    """The body of a post; ``client_id`` makes it safe to send again."""

    model_config = ConfigDict(extra="ignore")

    client_id: str = Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")
    text: str | None = Field(default=None, max_length=MAX_TEXT)
    payload: str | None = Field(default=None, min_length=1, max_length=64)
    title: str = Field(default="", max_length=60)
    attachments: list[Attached] = Field(default=[], max_length=9)

    @model_validator(mode="after")
    def says_something(self) -> Posted:
        """Text, a button or a picture there must be; the text may turn out to be blank."""
        if self.text is None and self.payload is None and not self.attachments:
            raise ValueError("text, payload or attachments are needed")
        return self


async def post_message(request: web.Request) -> web.Response:
    """Store one message and answer 202; the reply comes by the event stream."""
    who = visitor(request)
    name = digest(request, who)
    if not request.app[LIMITER].allows(name):
        return problem(429, "TooMany")
    try:
        posted = Posted.model_validate_json(await request.read())
    except ValidationError:
        return problem(422, "Invalid")
    wanted = list(dict.fromkeys(attached.id for attached in posted.attachments))
    files = await request.app[UPLOADS].find(who, wanted) if wanted else []
    if len(files) != len(wanted):
        return problem(422, "FileGone")
    message = Message(
        channel=NAME,
        # Two visitors may choose the same client_id; one visitor's repeats are one message.
        external_id=f"{name[:32]}:{posted.client_id}",
        sender=who,
        text=posted.title if posted.payload else posted.text or "",
        payload=posted.payload,
        attachments=tuple(files),
        sent_at=request.app[CLOCK](),
    )
    received = await request.app[INBOX].receive(message)
    response = web.json_response({"id": received.message_id, "seq": received.seq}, status=202)
    remember(request, response)
    return response


async def history(request: web.Request) -> web.Response:
    """The last messages, or those before number ``before``."""
    who = visitor(request)
    seq = _number(request.query.get("before"))
    db = request.app[DATABASE]
    messages: list[Said] = []
    more = False
    status = "bot"
    async with db.read() as session:
        thread = await find_thread(session, db.vault, who)
        if thread is not None:
            messages = await before(session, db.vault, thread.conversation_id, seq)
            if len(messages) == PAGE:
                oldest = messages[0].seq
                more = bool(await before(session, db.vault, thread.conversation_id, oldest))
            found = await session.get(Conversation, thread.conversation_id)
            status = found.status if found else status
    body = {
        "messages": [as_json(said) for said in messages],
        "more": more,
        "status": status,
    }
    response = web.json_response(body)
    remember(request, response)
    return response


async def forget(request: web.Request) -> web.Response:
    """Erase the visitor's conversation and give them a new name.

    A page that is being left says ``?leaving=1`` and gets no cookie: its late answer could
    otherwise replace the name of the visit that has begun meanwhile.
    """
    who = visitor(request)
    db = request.app[DATABASE]
    now = request.app[CLOCK]()
    async with db.write() as session:
        thread = await find_thread(session, db.vault, who)
        if thread is not None:
            await queue.leave(session, thread.conversation_id, now=now)
            await issuing.forget(session, thread.conversation_id)
            await uploads.forget(session, thread.conversation_id, now=now)
            await leave(session, thread.contact_id, tuple(INTENT_OF))
            await erase_person(session, thread.conversation_id, now=now)
    response = web.json_response({})
    if "leaving" not in request.query:
        renew(request)
        remember(request, response)
    return response


async def article(request: web.Request) -> web.Response:
    """The text of an article in force."""
    law, number = request.match_info["law"], request.match_info["article"]
    found = request.app[LIBRARY]().article(law, number)
    if found is None:
        return problem(404, "NotFound", error_message("NoArticle"))
    body = {
        "law": found.law,
        "article": found.number,
        "label": found.citation.label,
        "text": found.text,
        "in_force": True,
    }
    return web.json_response(body)


def as_json(said: Said) -> dict[str, Any]:  # Any: JSON
    """A message as pages and the event stream get it."""
    reply = said.reply
    incoming = said.direction is Direction.INCOMING
    author = "citizen" if incoming else said.author.partition(":")[0]
    body: dict[str, Any] = {  # Any: JSON
        "seq": said.seq,
        "id": said.id,
        "client_id": said.external_id.partition(":")[2] or None if incoming else None,
        "direction": said.direction.value,
        "author": author,
        "text": said.text,
        "at": said.at.isoformat(),
        "quick_replies": [],
        "citations": [],
        "timeline": [],
        "attachments": [_picture(a) for a in said.attachments if a.upload is not None],
        "safety": False,
    }
    if reply is not None:
        body |= _with(reply)
    return body


def _picture(sent: Attachment) -> dict[str, Any]:  # Any: JSON
    """A picture of the citizen's own, at an address that opens for them alone."""
    return {
        "kind": sent.kind,
        "id": sent.upload,
        "url": f"/api/chat/attachments/{sent.upload}",
        "mime": sent.mime,
    }


def _with(reply: Reply) -> dict[str, Any]:  # Any: JSON
    """What comes with a reply beside its text."""
    lang = {} if reply.language == CHINESE else {"lang": reply.language}
    return {
        "quick_replies": [{"title": q.title, "payload": q.payload} for q in reply.quick_replies],
        "citations": [
            {
                "law": c.law,
                "article": c.article,
                "quote": c.quote,
                "in_force": c.in_force,
                "label": c.label,
            }
            for c in reply.citations
        ],
        "timeline": [
            {"at": s.at, "label": s.label, "text": s.text, "done": s.done} for s in reply.timeline
        ],
        "attachments": [
            {"kind": a.kind, "url": a.url, "mime": a.mime, "name": a.caption}
            for a in reply.attachments
            if a.url is not None
        ],
        "safety": reply.safety,
        **lang,
    }


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004
