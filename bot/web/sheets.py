"""Pages beside the chat: each one whole without a script, kept by no browser, listed by no robot."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp_jinja2
from aiohttp import web

HEADERS = {
    "Cache-Control": "no-store",
    # That other sites do not learn the address as a referrer is said for every page; no-referrer
    # would take the Origin from our own form, too.
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
}


def sheet(
    request: web.Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> web.Response:
    """A page from its template, with the headers that all of them have."""
    response = aiohttp_jinja2.render_template(template, request, context, status=status)
    response.headers.update(HEADERS)
    return response


async def fields(request: web.Request) -> dict[str, str]:
    """What a form sent, by field; nothing where it cannot be read. Files are not looked at."""
    try:
        sent = await request.post()
    except (LookupError, ValueError):  # an unknown charset, bytes that are no text
        return {}
    return {name: value for name, value in sent.items() if isinstance(value, str)}
