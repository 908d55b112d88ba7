"""WeChat's message encryption: AES-256-CBC over random bytes, length, message and account."""

from __future__ import annotations

import base64
import binascii
import os

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from core.errors import Invalid

BLOCK = 32
RANDOM = 16
LENGTH = 4


class Undecipherable(Invalid):
    """It was not encrypted for this account with this key."""


def encrypt(key: bytes, message: bytes, app_id: str) -> str:
    """A message sealed for the account, base64."""
    body = os.urandom(RANDOM) + len(message).to_bytes(LENGTH, "big") + message + app_id.encode()
    count = BLOCK - len(body) % BLOCK
    encryptor = _cipher(key).encryptor()
    return base64.b64encode(
        encryptor.update(body + bytes([count]) * count) + encryptor.finalize()
    ).decode()


def decrypt(key: bytes, sealed: str, app_id: str) -> bytes:
    """The message in what ``encrypt`` or WeChat made; raises ``Undecipherable``."""
    try:
        raw = base64.b64decode(sealed, validate=True)
    except (binascii.Error, ValueError):
        raise Undecipherable from None
    if not raw or len(raw) % (algorithms.AES.block_size // 8):
        raise Undecipherable
    decryptor = _cipher(key).decryptor()
    body = _unpadded(decryptor.update(raw) + decryptor.finalize())
    end = RANDOM + LENGTH + int.from_bytes(body[RANDOM : RANDOM + LENGTH], "big")
    if len(body) < RANDOM + LENGTH or body[end:] != app_id.encode():
        raise Undecipherable
    return body[RANDOM + LENGTH : end]


def _cipher(key: bytes) -> Cipher[modes.CBC]:
    # WeChat takes the first half of the key for the vector; the random bytes stand in for one.
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def _unpadded(body: bytes) -> bytes:
    count = body[-1]
    if not 1 <= count <= BLOCK or body[-count:] != bytes([count]) * count:
        raise Undecipherable
    return body[:-count]
