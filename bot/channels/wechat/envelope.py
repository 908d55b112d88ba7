"""What a request's body holds, whichever way it comes, and the reply put the same way."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.channels.wechat.account import Account
from bot.channels.wechat.crypto import Undecipherable, decrypt, encrypt
from bot.channels.wechat.signing import Signed, Unsigned, check, sign
from core.errors import Invalid

Fields = Mapping[str, str]


class UnreadableBody(Invalid):
    """The body is not the XML that WeChat sends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A message's fields, and the key it came under; None: in the clear."""

    fields: Fields
    key: bytes | None = field(default=None, repr=False)


def open_envelope(account: Account, signed: Signed, body: bytes) -> Envelope:
    """The fields of a message; raises ``Unsigned``, ``Undecipherable`` and ``UnreadableBody``.

    Where the body is encrypted, only what was encrypted counts, whatever stands beside it.
    """
    if not signed.sealed:
        if not account.takes_plain:
            raise Unsigned
        return Envelope(fields=read_fields(body))
    if not account.takes_sealed:
        raise Unsigned
    sealed = read_fields(body).get("Encrypt", "")
    check(signed.msg_signature, sign(account.token, signed.timestamp, signed.nonce, sealed))
    key, opened = _opened(account, sealed)
    return Envelope(fields=read_fields(opened), key=key)


def seal_reply(account: Account, envelope: Envelope, reply: str, *, now: datetime) -> str:
    """The reply as it goes on the wire: under the key the message came with, or as it is."""
    if envelope.key is None:
        return reply
    sealed = encrypt(envelope.key, reply.encode(), account.app_id)
    timestamp, nonce = str(int(now.timestamp())), secrets.token_hex(8)
    signature = sign(account.token, timestamp, nonce, sealed)
    return (
        f"<xml><Encrypt>{sealed}</Encrypt><MsgSignature>{signature}</MsgSignature>"
        f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{nonce}</Nonce></xml>"
    )


def read_fields(body: bytes) -> Fields:
    """The text of each element below the root; raises ``UnreadableBody``.

    Documents that declare entities or types are refused unread.
    """
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise UnreadableBody from None
    return {child.tag: child.text or "" for child in root if isinstance(child.tag, str)}


def _opened(account: Account, sealed: str) -> tuple[bytes, bytes]:
    """The key that opens it and what is inside; after a change of keys the old one still does."""
    for key in account.aes_keys:
        try:
            return key, decrypt(key, sealed, account.app_id)
        except Undecipherable:
            continue
    raise Undecipherable
