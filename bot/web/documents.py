"""``/d/<token>``: a page that says what the link is, and the document itself, once, by POST.

Link previews, virus scanners and prefetching browsers send GET and so use nothing up.
"""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from bot.web.keys import DATABASE, DOCUMENTS, DOWNLOADS
from bot.web.sheets import HEADERS, sheet
from core.clock import SUZHOU
from documents.issuing import Link, State
from documents.rendering import File

TRIES_A_MINUTE = 20
GONE = {None: 404, State.USED: 410, State.EXPIRED: 410}


async def page(request: web.Request) -> web.Response:
    """What the link leads to, with a button; or why there is nothing any more."""
    if not _allowed(request):
        return _told(request, "hurried", 429)
    link = await request.app[DOCUMENTS].look(request.match_info["token"])
    if link is None or link.state is not State.READY:
        return _gone(request, link)
    until = link.expires_at.astimezone(SUZHOU)
    # No name of the document: who finds the link must not learn what it is about.
    return _told(request, "ready", 200, format=link.format, until=until)


async def download(request: web.Request) -> web.Response:
    """The document; whoever comes second gets the page that says so."""
    if not _allowed(request):
        return _told(request, "hurried", 429)
    desk, token = request.app[DOCUMENTS], request.match_info["token"]
    file = await desk.take(token)
    if file is None:
        return _gone(request, await desk.look(token))
    return web.Response(body=file.content, headers={**HEADERS, **_as_file(file)})


def _allowed(request: web.Request) -> bool:
    """Counted by link: those of strangers cannot be guessed, and setting one takes a while."""
    digest = request.app[DATABASE].vault.digest("download", request.match_info["token"])
    return request.app[DOWNLOADS].allows(digest)


def _gone(request: web.Request, link: Link | None) -> web.Response:
    state = link.state if link is not None else None
    if state is State.READY:
        # It was used up by another in this very moment, and that is not seen yet.
        state = State.USED
    return _told(request, state or "unknown", GONE[state])


def _told(request: web.Request, state: str, status: int, **context: object) -> web.Response:
    return sheet(request, "document.html", {"state": state, **context}, status=status)


def _as_file(file: File) -> dict[str, str]:
    """Headers for saving it under its Chinese name (RFC 6266), in old browsers under a plain one."""
    plain = f"document.{file.name.rpartition('.')[2]}"
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name)}"
    return {"Content-Type": file.mime, "Content-Disposition": named}
