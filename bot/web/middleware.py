"""What holds for every request: errors become JSON, other sites cannot post, headers are safe."""

from __future__ import annotations

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.web.wording import error_message
from core.errors import AppError, http_status

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HOOKS = "/webhooks/"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'none'; "
        "form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(self)",
}

# Codes stay; reason phrases change with the version of the standard library.
CODES = {404: "NotFound", 405: "MethodNotAllowed", 413: "TooLarge"}

log = structlog.get_logger(__name__)


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Map what went wrong to a status and ``{"error": {"code", "message"}}``."""
    try:
        return await handler(request)
    except AppError as error:
        return problem(http_status(error), type(error).__name__)
    except web.HTTPException as error:
        if error.status < 400:  # noqa: PLR2004  # a redirect
            raise
        code = CODES.get(error.status) or error.reason.replace(" ", "")
        response = problem(error.status, code)
        if "Allow" in error.headers:
            response.headers["Allow"] = error.headers["Allow"]
        return response
    except Exception:  # the edge: nothing of it may reach the visitor
        log.exception("request_failed", path=request.path)
        return problem(500, "Unexpected")


@web.middleware
async def same_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse writes that another site caused; platforms' webhooks prove themselves otherwise."""
    if request.method not in SAFE_METHODS and not request.path.startswith(HOOKS):
        site = request.headers.get("Sec-Fetch-Site")
        if site not in {None, "same-origin", "none"}:
            return problem(403, "CrossSite")
        origin = request.headers.get("Origin")
        # Old in-app browsers send no Sec-Fetch-Site; then Origin must name this host.
        if site is None and origin and origin.partition("://")[2] != request.host:
            return problem(403, "CrossSite")
    return await handler(request)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Set the security headers on every response."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "no-store")


def problem(status: int, code: str, message: str = "") -> web.Response:
    """An error as JSON with a sentence that the page may show."""
    body = {"code": code, "message": message or error_message(code)}
    return web.json_response({"error": body}, status=status)
