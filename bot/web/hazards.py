"""``/hazards``: the hazards that staff have confirmed, for everybody; who reported them stays out."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlencode

from aiohttp import web

from bot.web.keys import PUBLIC
from bot.web.sheets import HEADERS, sheet
from cases.districts import districts
from cases.errors import CaseNotFound, FileGone
from cases.kinds.catalogue import machine_of
from cases.public import LISTED, OPEN, Asked, states
from cases.references import Kind
from core.clock import SUZHOU

KIND = Kind.HAZARD
PATH = "/hazards"
PICTURE = {
    **HEADERS,
    "Cache-Control": "private, max-age=600",
    "Content-Type": "image/jpeg",
    "Content-Disposition": 'inline; filename="photo.jpg"',
    # Whatever a picture may turn out to be, it does nothing.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def picture_path(reference: str, picture: str) -> str:
    """Where a public picture of a hazard is."""
    return f"{PATH}/{reference}/photos/{picture}"


async def listing(request: web.Request) -> web.Response:
    """The list, as far as the address narrows it; words it does not know narrow nothing."""
    choices: dict[str, Collection[str]] = {
        "district": districts(),
        "sort": machine_of(KIND).sub_kind_labels,
        "state": {OPEN, LISTED, *states(KIND)},
    }
    chosen = {
        name: value
        for name, known in choices.items()
        if (value := request.query.get(name, "")) in known
    }
    asked = Asked(
        kind=KIND,
        district=chosen.get("district", ""),
        sub_kind=chosen.get("sort", ""),
        state=chosen.get("state", ""),
        page=_number(request.query.get("page", "")),
    )
    found = await request.app[PUBLIC].cases(asked)
    context = {
        "found": found,
        "chosen": chosen,
        "districts": districts(),
        "sorts": machine_of(KIND).sub_kind_labels,
        "states": states(KIND),
        "address": lambda page: f"{PATH}?{urlencode({**chosen, 'page': page})}",
        "zone": SUZHOU,
    }
    return sheet(request, "hazards.html", context)


async def one(request: web.Request) -> web.Response:
    """One hazard: how it stands, until when, what was done, the pictures before and after."""
    try:
        shown = await request.app[PUBLIC].case(KIND, request.match_info["reference"])
    except CaseNotFound:
        return sheet(request, "hazard.html", {"case": None}, status=404)
    steps = [(s.at.astimezone(SUZHOU), s.label, s.agency) for s in shown.steps]
    return sheet(request, "hazard.html", {"case": shown.case, "steps": steps, "zone": SUZHOU})


async def picture(request: web.Request) -> web.Response:
    """A picture that staff have made public, drawn anew without what the telephone wrote into it."""
    reference, picture_id = request.match_info["reference"], request.match_info["picture"]
    try:
        drawn = await request.app[PUBLIC].picture(KIND, reference, picture_id)
    except (CaseNotFound, FileGone):
        raise web.HTTPNotFound from None
    return web.Response(body=drawn, headers=PICTURE)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 1  # noqa: PLR2004
