"""``/t/<reference>``: how a case stands, for whoever has its query code; no cookie, no script.

The code goes in the body of a POST, never in an address: those are kept by browsers and proxies.
"""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.qr import as_svg
from bot.web.keys import ADDRESS, CLOCK, PASSERS, TRACKING, TRIES
from bot.web.sheets import HEADERS, fields, sheet
from cases.errors import BadReference
from cases.references import Reference, page_of
from core.case_views import CaseView, LookupState
from core.clock import SUZHOU
from core.masking import mask

TRIES_A_MINUTE = 20
LONGEST_CODE = 64
DAY_SECONDS = 24 * 3600
TEMPLATE = "tracking.html"
STATUS = {LookupState.WRONG: 403, LookupState.LOCKED: 429}


async def ask(request: web.Request) -> web.Response:
    """A page that asks for the code. It knows nothing of the case, not even if there is one."""
    reference = _reference(request)
    return _told(request, "ask", reference) if reference else _told(request, "malformed", "", 404)


async def show(request: web.Request) -> web.Response:
    """The case, if the code is its own; whoever is wrong learns nothing but that."""
    reference = _reference(request)
    if not reference:
        return _told(request, "malformed", "", 404)
    passer = request.app[PASSERS].name(request)
    if not request.app[TRIES].allows(passer):
        return _told(request, "hurried", reference, 429)
    code = (await fields(request)).get("code", "")[:LONGEST_CODE]
    found = await request.app[TRACKING].open(reference, code, passer=passer)
    if found.case is None:
        until = found.until.astimezone(SUZHOU) if found.until else None
        return _told(request, found.state, reference, STATUS[found.state], {"until": until})
    return _told(request, "found", reference, more=_shown(request, found.case))


async def code(request: web.Request) -> web.Response:
    """A QR code of this page's address, which holds no query code; for any reference whatever."""
    reference = _reference(request)
    if not reference:
        raise web.HTTPNotFound
    base = request.app[ADDRESS] or str(request.url.origin())
    headers = {**HEADERS, "Cache-Control": f"private, max-age={DAY_SECONDS}"}
    drawn = as_svg(base + page_of(reference))
    return web.Response(body=drawn, headers={**headers, "Content-Type": "image/svg+xml"})


def _reference(request: web.Request) -> str:
    """The reference in its one spelling, empty where it cannot be one."""
    try:
        return str(Reference.parse(request.match_info["reference"]))
    except BadReference:
        return ""


def _shown(request: web.Request, case: CaseView) -> dict[str, object]:
    """What the page tells: no title, for those are the citizen's own words; numbers are masked."""
    return {
        "case": case,
        "steps": [(s.at.astimezone(SUZHOU), s.label, mask(s.text)) for s in case.steps],
        "now": request.app[CLOCK]().astimezone(SUZHOU),
    }


def _told(
    request: web.Request,
    state: str,
    reference: str,
    status: int = 200,
    more: Mapping[str, object] | None = None,
) -> web.Response:
    context = {"state": str(state), "reference": reference, **(more or {})}
    return sheet(request, TEMPLATE, context, status=status)
