"""What holds for every console page: errors are pages, nothing of it is kept by the browser."""

from __future__ import annotations

import aiohttp_jinja2
import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from console.wording import error_message
from core.errors import AppError, http_status

log = structlog.get_logger(__name__)


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Show what went wrong in words, with the way back."""
    try:
        return await handler(request)
    except AppError as error:
        return _page(request, http_status(error), type(error).__name__)
    except web.HTTPException as error:
        if error.status < 400:  # noqa: PLR2004  # a redirect
            raise
        return _page(request, error.status, error.reason.replace(" ", ""))
    except Exception:  # the edge: nothing of it may reach the page
        log.exception("console_failed", path=request.path)
        return _page(request, 500, "Unexpected")


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Keep pages out of every cache, and let a form say which site it comes from.

    Under the service's ``no-referrer`` a browser posts a form with ``Origin: null``, which on
    plain HTTP, where ``Sec-Fetch-Site`` is missing, looks like another site's.
    """
    static = request.path.startswith("/console/static/")
    response.headers["Cache-Control"] = "no-cache" if static else "no-store"
    response.headers["Referrer-Policy"] = "same-origin"


def _page(request: web.Request, status: int, code: str) -> web.Response:
    context = {"message": error_message(code)}
    return aiohttp_jinja2.render_template("error.html", request, context, status=status)
