"""Files outside the database, each under the SHA-256 of its content; what lies there never changes."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from db.encryption import Tampered

ADDRESS = re.compile(r"[0-9a-f]{64}")
# Files lie in folders of their first two characters, so that none grows too large to list.
FAN = 2


class Store(Protocol):
    """Where files are kept: a folder here, an object store elsewhere. An address is 64 hex digits."""

    def put(self, content: bytes) -> str: ...

    def get(self, address: str) -> bytes | None: ...

    def delete(self, address: str) -> None: ...

    def listing(self) -> Iterator[tuple[str, float]]: ...


class FolderStore:
    """A store in a folder; readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep the content and give its address; the same content is kept once."""
        address = address_of(content)
        path = self._path(address)
        if path.exists():
            # Looked at as new: a sweep that has just listed it must not take it away.
            os.utime(path)
            return address
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = path.with_name(f".{secrets.token_hex(8)}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(descriptor)
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        return address

    def get(self, address: str) -> bytes | None:
        """The content, None where it is not there; raises ``Tampered`` if it is not what it was."""
        try:
            content = self._path(address).read_bytes()
        except FileNotFoundError:
            return None
        if address_of(content) != address:
            raise Tampered
        return content

    def delete(self, address: str) -> None:
        """Remove the content; nothing happens where it is not there."""
        self._path(address).unlink(missing_ok=True)

    def listing(self) -> Iterator[tuple[str, float]]:
        """Every address with its age in seconds."""
        now = time.time()
        for path in self._folder.glob("*/*"):
            address = path.parent.name + path.name
            if ADDRESS.fullmatch(address):
                yield address, now - path.stat().st_mtime

    def _path(self, address: str) -> Path:
        if not ADDRESS.fullmatch(address):
            raise ValueError("an address is 64 hex digits")
        return self._folder / address[:FAN] / address[FAN:]


def address_of(content: bytes) -> str:
    """The SHA-256 of the content, hex."""
    return hashlib.sha256(content).hexdigest()
