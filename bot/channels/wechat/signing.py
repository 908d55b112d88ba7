"""WeChat's signatures: who sent a request, and that it is of now."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.errors import Forbidden

WINDOW = timedelta(minutes=5)
SECONDS = re.compile(r"[0-9]{1,12}")
LONGEST = 128


class Unsigned(Forbidden):
    """The request is not WeChat's, or not of now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """The signed part of an address: ``sealed`` says whether the body comes encrypted."""

    timestamp: str
    nonce: str
    signature: str
    msg_signature: str
    sealed: bool

    @property
    def proof(self) -> str:
        """A digest under which this signature is known as used."""
        said = "\0".join((self.timestamp, self.nonce, self.signature))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def sign(token: str, *parts: str) -> str:
    """SHA-1 over the token and the parts in the order of their characters, as WeChat has it."""
    joined = "".join(sorted((token, *parts)))
    return hashlib.sha1(joined.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def read_signed(query: Mapping[str, str], token: str, *, now: datetime) -> Signed:
    """The signed part of a query, if the account's token signed it within five minutes of now.

    Raises ``Unsigned``.
    """
    signed = Signed(
        timestamp=query.get("timestamp", ""),
        nonce=query.get("nonce", ""),
        signature=query.get("signature", ""),
        msg_signature=query.get("msg_signature", ""),
        sealed=query.get("encrypt_type", "raw") == "aes",
    )
    if not _is_recent(signed.timestamp, now) or not 0 < len(signed.nonce) <= LONGEST:
        raise Unsigned
    check(signed.signature, sign(token, signed.timestamp, signed.nonce))
    return signed


def check(given: str, expected: str) -> None:
    """Compare in constant time; raises ``Unsigned``."""
    if not hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode()):
        raise Unsigned


def _is_recent(timestamp: str, now: datetime) -> bool:
    if SECONDS.fullmatch(timestamp) is None:
        return False
    return abs(now.astimezone(UTC).timestamp() - int(timestamp)) <= WINDOW.total_seconds()
