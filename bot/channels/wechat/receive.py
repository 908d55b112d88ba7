"""Reads one message of WeChat's as ours; pure, so every kind is a row in a table of tests."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.channels.wechat.envelope import Fields, UnreadableBody
from conversations.allowances import Cause
from core.messages import Attachment, Identity, Message

NAME = "wechat"
OPEN_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
NUMBER = re.compile(r"[0-9]{1,19}")
PAYLOAD = re.compile(r"[a-z_0-9]+(?:/\S*)?")
PAYLOAD_BYTES = 64
GREET = "greet"
# Following and scanning say hello; so does pressing Start elsewhere.
GREETING = frozenset({"subscribe", "scan"})
LEAVING = "unsubscribe"
MENU = "click"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What a citizen did: their message, or None when they left; and what it lets us send.

    ``account`` is the name under which the account itself was addressed.
    """

    external_id: str
    sender: Identity
    account: str
    message: Message | None
    cause: Cause
    at: datetime


def read_incoming(fields: Fields) -> Incoming | None:
    """What the fields say; None for kinds that we do not serve.

    Raises ``UnreadableBody``. ``CreateTime`` counts seconds.
    """
    kind = fields.get("MsgType", "").lower()
    event = fields.get("Event", "").lower() if kind == "event" else ""
    sender, external_id, at = _sender(fields), _external_id(fields, kind), _moment(fields)
    message = Message(channel=NAME, external_id=external_id, sender=sender, text="", sent_at=at)
    read = _happened(message, event, fields) if event else _said(message, kind, fields)
    if read is None and event != LEAVING:
        return None
    return Incoming(
        external_id=external_id,
        sender=sender,
        account=fields.get("ToUserName", ""),
        message=read,
        cause=Cause.EVENT if event else Cause.MESSAGE,
        at=at,
    )


def _said(message: Message, kind: str, fields: Fields) -> Message | None:
    match kind:
        case "text":
            return _with(message, text=fields.get("Content", ""))
        case "voice" if fields.get("Recognition", "").strip():
            return _with(message, text=fields["Recognition"])
        case "image" | "voice" | "video" | "shortvideo":
            return _with(message, file=_file(kind, fields))
        case "location":
            return _with(message, text=fields.get("Label", ""), file=_place(fields))
        case "link":
            # Forwarded pages are often the scam itself; the words are read, the page never fetched.
            lines = (fields.get(name, "").strip() for name in ("Title", "Description", "Url"))
            return _with(message, text="\n".join(line for line in lines if line))
    return None


def _happened(message: Message, event: str, fields: Fields) -> Message | None:
    if event in GREETING:
        return _with(message, payload=GREET)
    key = fields.get("EventKey", "")
    if event == MENU and PAYLOAD.fullmatch(key) and len(key.encode()) <= PAYLOAD_BYTES:
        return _with(message, payload=key)
    return None


def _with(
    bare: Message, *, text: str = "", payload: str | None = None, file: Attachment | None = None
) -> Message:
    return Message(
        channel=bare.channel,
        external_id=bare.external_id,
        sender=bare.sender,
        text=text.strip(),
        payload=payload,
        attachments=() if file is None else (file,),
        sent_at=bare.sent_at,
    )


def _file(kind: str, fields: Fields) -> Attachment:
    media = fields.get("MediaId", "")
    match kind:
        case "image":
            return Attachment(kind="image", file_id=media, mime="image/jpeg")
        case "voice":
            return Attachment(
                kind="voice", file_id=media, mime=f"audio/{fields.get('Format', '')}"
            )
    return Attachment(kind="video", file_id=media, mime="video/mp4")


def _place(fields: Fields) -> Attachment:
    """WeChat's map is shifted (GCJ-02), some 500 m at Suzhou; the address says which one it is."""
    try:
        north, east = (float(fields[name]) for name in ("Location_X", "Location_Y"))
    except (KeyError, ValueError):
        raise UnreadableBody from None
    if not (math.isfinite(north) and math.isfinite(east)):
        raise UnreadableBody
    label = fields.get("Label", "").strip() or None
    return Attachment(kind="location", url=f"geo:{north},{east};crs=gcj02", caption=label)


def _sender(fields: Fields) -> Identity:
    who = fields.get("FromUserName", "")
    if OPEN_ID.fullmatch(who) is None:
        raise UnreadableBody
    return Identity(channel=NAME, user_id=who)


def _external_id(fields: Fields, kind: str) -> str:
    """WeChat's number of a message; an event has none and is known by who, when and what."""
    number = fields.get("MsgId", "")
    if kind != "event":
        if NUMBER.fullmatch(number) is None:
            raise UnreadableBody
        return f"message:{number}"
    names = ("FromUserName", "CreateTime", "Event", "EventKey")
    said = "\0".join(fields.get(name, "") for name in names)
    return f"event:{hashlib.sha256(said.encode()).hexdigest()}"


def _moment(fields: Fields) -> datetime:
    given = fields.get("CreateTime", "")
    if NUMBER.fullmatch(given) is None:
        raise UnreadableBody
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (OverflowError, OSError, ValueError):
        raise UnreadableBody from None
