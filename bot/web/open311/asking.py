"""Reads what is asked: parameters, windows of time, pages. An empty parameter counts as none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from aiohttp import web

from cases.open311.errors import BadRequest, Fault, Unknown
from cases.open311.listing import LONGEST_WINDOW, MOST_ROWS, Page, Window
from cases.open311.moments import read_moment

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 200
MOST_PAGES = 1_000_000
# The city's code by GB/T 2260: one jurisdiction is served, and it need not be named.
JURISDICTION = "320500"
STATUSES = {"open": False, "closed": True}
_WHOLE = re.compile(r"\d{1,7}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parameters:
    """What was asked, by name; no value is blank."""

    values: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """The value, the first of several; empty where there is none."""
        return next((value.strip() for value in self.values.get(name, ())), "")

    def listed(self, name: str) -> list[str]:
        """The values between commas, of every time the name is given."""
        parts = ",".join(self.values.get(name, ())).split(",")
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))

    @property
    def extended(self) -> bool:
        """Whether the extensions are wanted."""
        return self.one("extensions").lower() == "true"


def in_query(request: web.Request) -> Parameters:
    """The parameters of an address; raises ``Unknown`` for another jurisdiction."""
    return _checked(request.query.items())


async def in_form(request: web.Request) -> Parameters:
    """The fields of a form, and of the address; raises ``BadRequest`` and ``Unknown``."""
    body = await request.read()
    if body and request.content_type != FORM:
        raise BadRequest(Fault(name="bad_form"))
    try:
        fields = parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError:
        raise BadRequest(Fault(name="bad_form")) from None
    return _checked([*fields, *request.query.items()])


def window(asked: Parameters, now: datetime) -> Window:
    """The span asked for; the last 90 days, or 90 days from or to the one end that is given."""
    since, until = (_moment(asked, name) for name in ("start_date", "end_date"))
    if since is None:
        until = until or now
        return Window(since=until - LONGEST_WINDOW, until=until)
    until = until or since + LONGEST_WINDOW
    if since > until:
        raise BadRequest(Fault(name="window_turned"))
    if until - since > LONGEST_WINDOW:
        raise BadRequest(Fault(name="window_long", values={"days": LONGEST_WINDOW.days}))
    return Window(since=since, until=until)


def page(asked: Parameters) -> Page:
    """The page asked for; the first thousand rows if none is."""
    return Page(
        number=_whole(asked, "page", default=1, most=MOST_PAGES),
        size=_whole(asked, "page_size", default=MOST_ROWS, most=MOST_ROWS),
    )


def closed(asked: Parameters) -> bool | None:
    """Whether closed cases are wanted, or open ones; None for both."""
    wanted = asked.listed("status")
    if not set(wanted) <= STATUSES.keys():
        raise BadRequest(Fault(name="bad_status"))
    return STATUSES[wanted[0]] if len(wanted) == 1 else None


def references(asked: Parameters) -> list[str]:
    """The numbers asked for; raises ``BadRequest`` for more than a list may hold."""
    wanted = asked.listed("service_request_id")
    if len(wanted) > MOST_ROWS:
        raise BadRequest(Fault(name="too_many_ids", values={"most": MOST_ROWS}))
    return wanted


def _checked(pairs: Iterable[tuple[str, str]]) -> Parameters:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        if value.strip():
            values.setdefault(name, []).append(value)
    asked = Parameters(values)
    if asked.one("jurisdiction_id") not in {"", JURISDICTION}:
        raise Unknown("no_jurisdiction", known=JURISDICTION)
    return asked


def _moment(asked: Parameters, name: str) -> datetime | None:
    text = asked.one(name)
    if not text:
        return None
    moment = read_moment(text)
    if moment is None:
        raise BadRequest(Fault(name="not_a_moment", values={"name": name}))
    return moment


def _whole(asked: Parameters, name: str, *, default: int, most: int) -> int:
    text = asked.one(name)
    if not text:
        return default
    if not _WHOLE.fullmatch(text) or not 1 <= int(text) <= most:
        raise BadRequest(Fault(name="bad_page", values={"name": name, "most": most}))
    return int(text)
