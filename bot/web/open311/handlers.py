"""The addresses of the Open311 endpoint; each gives the body of its answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.web.open311 import asking, bodies
from bot.web.open311.asking import Parameters, in_form, in_query
from bot.web.open311.errors import Hurried
from bot.web.open311.formats import Body
from bot.web.open311.keys import ABOUT, AREA_IN, CLOCK, DESK, LIMITER
from bot.web.open311.reading import read_update
from cases.open311.api_keys import Peer
from cases.open311.desk import Asked
from cases.open311.intake import Sending
from cases.open311.listing import Wanted
from cases.open311.reports import read_report
from cases.open311.updates import UpdatesWanted

# What changes nothing about a report that is sent again.
NOT_CONTENT = frozenset({"api_key", "extensions", "jurisdiction_id"})


async def discovery(request: web.Request) -> Body:
    """Where this endpoint is and what it speaks."""
    about = request.app[ABOUT]
    return bodies.discovery(
        request.app[DESK].on_offer, url=about.url, contact=about.contact, live=about.live
    )


async def services(request: web.Request) -> Body:
    """What may be filed."""
    in_query(request)
    return bodies.services(request.app[DESK].on_offer.offers)


async def service(request: web.Request) -> Body:
    """The questions of one service."""
    in_query(request)
    return bodies.definition(request.app[DESK].offer(request.match_info["code"]))


async def post_request(request: web.Request) -> Body:
    """File a report; the same ``client_id`` with the same content is the same request."""
    asked = await in_form(request)
    peer = await _peer(request, asked)
    desk = request.app[DESK]
    offer = desk.offer(asked.one("service_code"))
    sending = Sending(
        peer=peer,
        report=read_report(offer, asked.values, request.app[AREA_IN]),
        content=_content(asked.values),
        at=request.app[CLOCK](),
    )
    filed = await desk.file(offer, sending)
    return bodies.filed(filed, account_id=asked.one("account_id"), extended=asked.extended)


async def requests(request: web.Request) -> Body:
    """Cases that everybody may see, the newest first."""
    asked, desk = in_query(request), request.app[DESK]
    codes = asked.listed("service_code")
    wanted = Wanted(
        references=(references := asking.references(asked)),
        # With numbers given, nothing else counts, be it right or wrong.
        offers=desk.on_offer.offers if references or not codes else [desk.offer(c) for c in codes],
        window=asking.window(Parameters({}) if references else asked, request.app[CLOCK]()),
        closed=None if references else asking.closed(asked),
        noted=asked.extended,
        page=asking.page(asked),
    )
    return bodies.requests(
        await desk.requests(wanted), site=request.app[ABOUT].site, extended=asked.extended
    )


async def one_request(request: web.Request) -> Body:
    """One case, as a list; all of it for whoever has its query code."""
    asked = in_query(request)
    wanted = Asked(
        reference=request.match_info["id"], code=asked.one("code"), noted=asked.extended
    )
    found = await request.app[DESK].request(wanted)
    return bodies.requests([found], site=request.app[ABOUT].site, extended=asked.extended)


async def token(request: web.Request) -> Body:
    """The number that a token stands for."""
    in_query(request)
    given = request.match_info["token"]
    return bodies.resolved(given, await request.app[DESK].resolve(given))


async def updates(request: web.Request) -> Body:
    """What happened, the oldest first; with an api_key also to what that system filed."""
    asked = in_query(request)
    peer = await _peer(request, asked) if asked.one("api_key") else None
    wanted = UpdatesWanted(
        window=asking.window(asked, request.app[CLOCK]()),
        reference=asked.one("service_request_id"),
        page=asking.page(asked),
    )
    return bodies.updates(await request.app[DESK].updates(wanted, peer))


async def post_update(request: web.Request) -> Body:
    """Add something to a request that the same system filed."""
    asked = await in_form(request)
    peer = await _peer(request, asked)
    sent = read_update(asked, request.app[CLOCK]())
    await request.app[DESK].take(peer, sent)
    return bodies.taken(sent.update_id)


async def _peer(request: web.Request, asked: Parameters) -> Peer:
    peer = await request.app[DESK].peer(asked.one("api_key"))
    if not request.app[LIMITER].allows(peer.id):
        raise Hurried
    return peer


def _content(values: Mapping[str, Sequence[str]]) -> str:
    """All of a report in one spelling."""
    kept = sorted((name, list(given)) for name, given in values.items() if name not in NOT_CONTENT)
    return json.dumps(kept)
