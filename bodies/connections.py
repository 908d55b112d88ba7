"""How the bodies of this installation are reached: ``DATA_DIR/bodies.yml``, written by its operator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, ValidationError

from bodies.errors import BodyUnknown, FaultyConnections
from bodies.signing import read_key
from cases.routing import AdapterKind, Body, routing

FILE_NAME = "bodies.yml"
LOOPBACK = ("http://127.0.0.1:", "http://localhost:", "http://[::1]:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A body that is connected: by ``url`` and ``keys`` (the first signs), or by a ``folder``.

    ``name`` is its official one; ``numbers`` matches the numbers it gives, None where unknown.
    """

    body: Body
    name: str
    url: str = ""
    keys: tuple[bytes, ...] = ()
    folder: Path | None = None
    numbers: re.Pattern[str] | None = None


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = ""
    url: str = ""
    secrets: tuple[SecretStr, ...] = ()
    folder: Path | None = None
    numbers: str = Field(default="", max_length=200)


def read_connections(path: Path) -> Mapping[str, Connection]:
    """The connected bodies by id, none where there is no file; raises ``FaultyConnections``."""
    if not path.is_file():
        return {}
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        rows = TypeAdapter(dict[str, _Row]).validate_python(raw)
    except (yaml.YAMLError, UnicodeError, ValidationError) as error:
        # Not the error's own words: they may quote a secret.
        raise FaultyConnections(f"{path.name} cannot be read: {_where(error)}") from None
    return {name: _connection(path, name, row) for name, row in rows.items()}


def connection_of(connections: Mapping[str, Connection], body: str) -> Connection:
    """The connection of a body; raises ``BodyUnknown``."""
    if body not in connections:
        raise BodyUnknown
    return connections[body]


def _connection(path: Path, name: str, row: _Row) -> Connection:
    body = routing().bodies.get(name)
    if body is None:
        raise _faulty(path, name, "there is no such body in cases/routing.yml")
    if body.adapter is AdapterKind.SHEET and (row.url or row.secrets or row.folder is None):
        raise _faulty(path, name, "a sheet body has a folder, and neither url nor secrets")
    if body.adapter is AdapterKind.HTTP:
        if row.folder is not None or not row.url or not row.secrets:
            raise _faulty(path, name, "an http body has url and secrets, and no folder")
        if not row.url.startswith(("https://", *LOOPBACK)):
            raise _faulty(path, name, "url begins with https://")
    try:
        return Connection(
            body=body,
            name=row.name or body.name,
            url=row.url.rstrip("/"),
            keys=tuple(read_key(secret.get_secret_value()) for secret in row.secrets),
            folder=row.folder,
            numbers=re.compile(row.numbers, re.IGNORECASE) if row.numbers else None,
        )
    except re.error:
        raise _faulty(path, name, "numbers is no regular expression") from None
    except FaultyConnections as error:
        raise _faulty(path, name, str(error)) from None


def _faulty(path: Path, body: str, why: str) -> FaultyConnections:
    return FaultyConnections(f"{path.name}: {body}: {why}")


def _where(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return ", ".join(".".join(map(str, fault["loc"])) or "?" for fault in error.errors())
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark else "not UTF-8"
