"""``/clue``: a letter box for clues, without names; nothing of who comes is kept, counted or logged.

It stands apart from the inbox and the conversations. The digits that open a box come in the body of
a POST, never in an address.
"""

from __future__ import annotations

import secrets
from typing import Annotated

from aiohttp import web
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from bot.web.keys import CLUE_TRIES, CLUES, PASSERS
from bot.web.middleware import problem
from bot.web.sheets import fields, sheet
from cases.clues import DIGITS, Box, Tip, ways_to_know
from cases.districts import districts
from cases.kinds.clue import clue
from cases.references import tidy
from core.clock import SUZHOU

TRIES_A_MINUTE = 20
ONCE_BYTES = 32
LONGEST_TEXT = 5000
LONGEST_PLACE = 200
GROUP = 4
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)
]


def _is_kind(value: str) -> str:
    if value not in clue().sub_kind_labels:
        raise ValueError("there is no such kind")
    return value


def _is_district(value: str) -> str:
    if value not in districts():
        raise ValueError("there is no such district")
    return value


def _is_way_to_know(value: str) -> str:
    if value not in ways_to_know():
        raise ValueError("there is no such way to know")
    return value


class Dropped(BaseModel):
    """A clue as the form or a program sends it; ``once`` is random and makes sending again safe."""

    model_config = ConfigDict(extra="ignore")

    once: str = Field(pattern=r"^[A-Za-z0-9_-]{43}$")
    kind: Annotated[str, AfterValidator(_is_kind)]
    district: Annotated[str, AfterValidator(_is_district)]
    text: Text
    place: str = Field(default="", max_length=LONGEST_PLACE)
    known: Annotated[str, AfterValidator(_is_way_to_know)] = ""

    @property
    def tip(self) -> Tip:
        """What is kept of it."""
        return Tip(
            once=self.once,
            sub_kind=self.kind,
            district=self.district,
            text=self.text,
            place=self.place.strip(),
            known=self.known,
        )


class Opened(BaseModel):
    """The digits of a box, and what is to be added to it, if anything."""

    model_config = ConfigDict(extra="ignore")

    receipt: str = Field(max_length=64)
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TEXT)] = ""


async def form(request: web.Request) -> web.Response:
    """What this is, what is kept and what is not, and the form."""
    return _form(request)


async def drop(request: web.Request) -> web.Response:
    """Take the clue down and show the digits, this once; what cannot be taken stands in the form."""
    if not _allowed(request):
        return sheet(request, "clue.html", {"state": "hurried"}, status=429)
    sent = await fields(request)
    try:
        tip = Dropped.model_validate(sent).tip
    except ValidationError as error:
        wrong = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
        return _form(request, sent, wrong)
    receipt = await request.app[CLUES].drop(tip)
    return sheet(request, "clue.html", {"state": "kept", "receipt": _in_groups(receipt)})


async def knock(request: web.Request) -> web.Response:
    """A page that asks for the digits."""
    return sheet(request, "clue_box.html", {"state": "ask"})


async def look(request: web.Request) -> web.Response:
    """The box of the digits, with what was just written added to it."""
    if not _allowed(request):
        return sheet(request, "clue_box.html", {"state": "hurried"}, status=429)
    try:
        opened = Opened.model_validate(await fields(request))
    except ValidationError:
        return sheet(request, "clue_box.html", {"state": "wrong"}, status=403)
    box = await _box(request, opened)
    if box is None:
        return sheet(request, "clue_box.html", {"state": "wrong"}, status=403)
    context = {
        "state": "open",
        "box": box,
        "steps": [(line.at.astimezone(SUZHOU), line.label, line.text) for line in box.lines],
        "receipt": tidy(opened.receipt),
        "added": bool(opened.text),
    }
    return sheet(request, "clue_box.html", context)


async def drop_json(request: web.Request) -> web.Response:
    """The same for programs: 201 with the digits."""
    if not _allowed(request):
        return problem(429, "TooMany")
    try:
        tip = Dropped.model_validate_json(await request.read()).tip
    except ValidationError:
        return problem(422, "Invalid")
    return web.json_response({"receipt": await request.app[CLUES].drop(tip)}, status=201)


async def look_json(request: web.Request) -> web.Response:
    """The same for programs: the state and what stands in the box; 403 for any wrong digits."""
    if not _allowed(request):
        return problem(429, "TooMany")
    try:
        opened = Opened.model_validate_json(await request.read())
    except ValidationError:
        return problem(422, "Invalid")
    box = await _box(request, opened)
    if box is None:
        return problem(403, "WrongReceipt")
    lines = [
        {"at": line.at.isoformat(), "label": line.label, "text": line.text, "mine": line.mine}
        for line in box.lines
    ]
    return web.json_response({"state": box.state, "label": box.label, "lines": lines})


def _allowed(request: web.Request) -> bool:
    return request.app[CLUE_TRIES].allows(request.app[PASSERS].name(request))


async def _box(request: web.Request, opened: Opened) -> Box | None:
    receipt = tidy(opened.receipt)
    if len(receipt) != DIGITS or not receipt.isdecimal():
        return None
    desk = request.app[CLUES]
    return await (desk.write(receipt, opened.text) if opened.text else desk.open(receipt))


def _form(
    request: web.Request, sent: dict[str, str] | None = None, wrong: set[str] | None = None
) -> web.Response:
    context = {
        "state": "form",
        # Another one each time: what was changed and sent again is another clue.
        "once": secrets.token_urlsafe(ONCE_BYTES),
        "sent": sent or {},
        "wrong": wrong or set(),
        "kinds": clue().sub_kind_labels,
        "districts": districts(),
        "known": ways_to_know(),
        "longest": LONGEST_TEXT,
        "longest_place": LONGEST_PLACE,
    }
    return sheet(request, "clue.html", context, status=422 if wrong else 200)


def _in_groups(receipt: str) -> str:
    return " ".join(receipt[at : at + GROUP] for at in range(0, DIGITS, GROUP))
