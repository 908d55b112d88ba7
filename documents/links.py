"""Where a document is fetched: its token behind ``/d/``, within whatever address the server has."""

from __future__ import annotations

PREFIX = "/d/"


def link_to(token: str) -> str:
    """The path of a document's page."""
    return PREFIX + token


def token_of(url: str | None) -> str | None:
    """The token in a link to a document of ours, None for any other address."""
    return url.removeprefix(PREFIX) if url is not None and url.startswith(PREFIX) else None
