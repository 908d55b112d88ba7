"""Signatures of what goes between us and a body, by the Standard Webhooks specification.

``webhook-id`` names the message and is its idempotency key, ``webhook-timestamp`` is when it was
signed, in seconds; ``webhook-signature`` is HMAC-SHA-256 over ``id.timestamp.body``, base64, as
``v1,…``; several may stand there, with blanks between, while a key is changed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bodies.errors import BadSignature, FaultyConnections

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
PREFIX = "whsec_"
VERSION = "v1"
TOLERANCE = timedelta(minutes=5)
LONGEST_ID = 64
# Bytes of a key, by the specification.
SHORTEST, LONGEST = 24, 64


def read_key(secret: str) -> bytes:
    """The key in ``whsec_<base64>``; raises ``FaultyConnections``, without a word of it."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(PREFIX) or not SHORTEST <= len(key) <= LONGEST:
        raise FaultyConnections(
            f"a secret is {PREFIX} and {SHORTEST} to {LONGEST} bytes in base64"
        )
    return key


def signed(key: bytes, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """The three headers of a message."""
    stamp = str(int(now.timestamp()))
    return {ID: message_id, TIMESTAMP: stamp, SIGNATURE: _signature(key, message_id, stamp, body)}


def verified(keys: Sequence[bytes], headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """The id of a message signed with one of these keys, just now; raises ``BadSignature``."""
    message_id, stamp = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    if not 1 <= len(message_id) <= LONGEST_ID or not _is_recent(stamp, now):
        raise BadSignature
    expected = [_signature(key, message_id, stamp, body) for key in keys]
    given = headers.get(SIGNATURE, "").split()
    # Each is compared with each: the time taken does not tell which one was near.
    matches = [hmac.compare_digest(e.encode(), g.encode()) for e in expected for g in given]
    if not any(matches):
        raise BadSignature
    return message_id


def _signature(key: bytes, message_id: str, stamp: str, body: bytes) -> str:
    content = b".".join([message_id.encode(), stamp.encode(), body])
    digest = hmac.new(key, content, hashlib.sha256).digest()
    return f"{VERSION},{base64.b64encode(digest).decode()}"


def _is_recent(stamp: str, now: datetime) -> bool:
    # As many digits as a second of this age has; int() would take blanks and other scripts' too.
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= len("9999999999")):
        return False
    return abs(now - datetime.fromtimestamp(int(stamp), UTC)) <= TOLERANCE
