"""JSON and XML of one body: the JSON is the XML without its root and its singular layer.

That is GeoReport's “Spark” rule: a list is always a list, even of one or of none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import escape

from cases.open311.plain import plain

Value = str | int | float | bool | None | Sequence["Value"] | Mapping[str, "Value"]

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
# What the members of a list are called, by the list's name.
MEMBERS = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "notes": "note",
    "media_urls": "media_url",
    "endpoints": "endpoint",
    "formats": "format",
    "errors": "error",
}
# Parsers would make a bare line end of it.
KEPT = {"\r": "&#13;"}


class Format(StrEnum):
    """The two formats, by the ending of an address."""

    JSON = "json"
    XML = "xml"


MIMES = {Format.JSON: "application/json", Format.XML: "text/xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What is answered, by the name of its XML root."""

    root: str
    value: Value


def render(body: Body, as_format: Format) -> bytes:
    """The body in a format, UTF-8; characters that XML cannot carry are left out of both."""
    return WRITERS[as_format](body).encode()


def as_json(body: Body) -> str:
    """The value alone; Chinese stays readable."""
    return json.dumps(_plain(body.value), ensure_ascii=False, separators=(",", ":"))


def as_xml(body: Body) -> str:
    """A document without namespaces, with its declaration."""
    return DECLARATION + _element(body.root, _plain(body.value))


WRITERS: Mapping[Format, Callable[[Body], str]] = {Format.JSON: as_json, Format.XML: as_xml}


def _plain(value: Value) -> Value:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, Sequence):
        return [_plain(inner) for inner in value]
    return value


def _element(name: str, value: Value) -> str:
    return f"<{name}>{_content(name, value)}</{name}>"


def _content(name: str, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return escape(value, KEPT)
    if isinstance(value, Mapping):
        return "".join(_element(inner, of_it) for inner, of_it in value.items())
    if isinstance(value, Sequence):
        return "".join(_element(MEMBERS[name], member) for member in value)
    # Numbers, true and false are written alike in both.
    return json.dumps(value)
