"""What a citizen typed is kept sealed; each ciphertext carries the id of its key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import AppError, Invalid, Unavailable

KEY_BYTES = 32
NONCE_BYTES = 12
SURROGATES = "surrogatepass"  # half an emoji, as JSON can carry it, is kept like any other text


class UnknownKey(Unavailable):
    """The data was sealed with a key that is not at hand."""


class Tampered(AppError):
    """The sealed text was changed or damaged since it was written."""


class Vault:
    """Seals text with AES-256-GCM as ``keyid:base64(nonce + ciphertext)``; old keys still open."""

    def __init__(self, keys: Mapping[str, bytes], *, current: str) -> None:
        self._boxes = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._current = current
        # Digests must go on matching when a new key is added, so the oldest makes them.
        self._digest_key = next(iter(keys.values()))

    def seal(self, text: str) -> str:
        """Encrypt with the current key."""
        return f"{self._current}:{base64.b64encode(self._encrypt(text.encode(errors=SURROGATES))).decode()}"

    def seal_bytes(self, content: bytes) -> bytes:
        """Encrypt a file's content with the current key: ``keyid:`` and the raw ciphertext."""
        return f"{self._current}:".encode() + self._encrypt(content)

    def open(self, sealed: str) -> str:
        """Decrypt what ``seal`` made; raises ``UnknownKey`` and ``Tampered``."""
        key_id, _, body = sealed.partition(":")
        box = self._box(key_id)
        try:
            raw = base64.b64decode(body, validate=True)
        except ValueError as error:
            raise Tampered from error
        return _decrypt(box, raw).decode(errors=SURROGATES)

    def open_bytes(self, sealed: bytes) -> bytes:
        """Decrypt what ``seal_bytes`` made; raises ``UnknownKey`` and ``Tampered``."""
        key_id, _, raw = sealed.partition(b":")
        return _decrypt(self._box(key_id.decode(errors="replace")), raw)

    def digest(self, purpose: str, value: str) -> str:
        """A keyed hash (HMAC-SHA-256, hex): equal values match, nobody can read them back."""
        return hmac.new(
            self._digest_key, f"{purpose}\0{value}".encode(), hashlib.sha256
        ).hexdigest()

    def _encrypt(self, content: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._boxes[self._current].encrypt(nonce, content, None)

    def _box(self, key_id: str) -> AESGCM:
        box = self._boxes.get(key_id)
        if box is None:
            raise UnknownKey
        return box


def load_vault(path: Path) -> Vault:
    """Read keys from a file of ``id:base64`` lines, the last one current; make it on first use.

    The file is readable by its owner only. Losing it loses every text sealed with it.
    """
    if not path.exists():
        _make_key_file(path)
    keys: dict[str, bytes] = {}
    for line in path.read_text().split():
        key_id, _, encoded = line.partition(":")
        keys[key_id] = _read_key(encoded)
    if not keys or any(len(key) != KEY_BYTES for key in keys.values()):
        raise Invalid(f"{path} holds no usable key; restore it from its backup")
    return Vault(keys, current=list(keys)[-1])


def _decrypt(box: AESGCM, raw: bytes) -> bytes:
    try:
        return box.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None)
    except (InvalidTag, ValueError) as error:
        raise Tampered from error


def _read_key(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError:
        return b""


def _make_key_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    temporary = path.with_suffix(f".{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"k1:{key}\n")
        file.flush()
        os.fsync(descriptor)
    try:
        # link() fails if another process made it first; then theirs is the key.
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
