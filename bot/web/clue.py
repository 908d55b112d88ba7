"""``/clue``: a letter box for clues, without names; nothing of who comes is kept, counted or logged.

It stands apart from the inbox and the conversations. The digits that open a box come in the body of
a POST, never in an address.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, TypeVar

from aiohttp import web
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from bot.web.filled_form import PHOTOS, FilledForm, filled_form
from bot.web.keys import CLUE_TRIES, CLUES, PASSERS
from bot.web.middleware import problem
from bot.web.sheets import sheet
from cases.clue_pictures import MOST_PICTURES
from cases.clues import DIGITS, Box, Tip, ways_to_know
from cases.districts import districts
from cases.errors import FileNotKept, FileRefused
from cases.kinds.clue import clue
from cases.references import tidy
from core.clock import SUZHOU

TRIES_A_MINUTE = 20
ONCE_BYTES = 32
LONGEST_TEXT = 5000
LONGEST_PLACE = 200
GROUP = 4
T = TypeVar("T")
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
    sent = await filled_form(request, most=MOST_PICTURES)
    if not _takes(request, sent):
        return sheet(request, "clue.html", {"state": "hurried"}, status=429)
    try:
        tip = Dropped.model_validate(sent.fields).tip
    except ValidationError as error:
        wrong = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
        return _form(request, sent, wrong)
    receipt = await _taking(sent, lambda: request.app[CLUES].drop(tip, sent.pictures))
    if receipt is None:
        return _form(request, sent, {PHOTOS})
    return sheet(request, "clue.html", {"state": "kept", "receipt": _in_groups(receipt)})


async def knock(request: web.Request) -> web.Response:
    """A page that asks for the digits."""
    return sheet(request, "clue_box.html", {"state": "ask"})


async def look(request: web.Request) -> web.Response:
    """The box of the digits, with what was just written added to it."""
    if not _allowed(request):
        return sheet(request, "clue_box.html", {"state": "hurried"}, status=429)
    sent = await filled_form(request, most=MOST_PICTURES)
    if not _takes(request, sent):
        return sheet(request, "clue_box.html", {"state": "hurried"}, status=429)
    try:
        opened = Opened.model_validate(sent.fields)
    except ValidationError:
        return sheet(request, "clue_box.html", {"state": "wrong"}, status=403)
    box = await _taking(sent, lambda: _box(request, opened, sent.pictures))
    if sent.refused:
        # Nothing was added: the words are theirs to send again.
        box = await _box(request, Opened(receipt=opened.receipt))
    if box is None:
        return sheet(request, "clue_box.html", {"state": "wrong"}, status=403)
    context = {
        "state": "open",
        "box": box,
        "steps": [(line.at.astimezone(SUZHOU), line.label, line.text) for line in box.lines],
        "receipt": tidy(opened.receipt),
        "added": bool(opened.text or sent.pictures) and not sent.refused,
        "text": opened.text if sent.refused else "",
        "refused": sent.refused,
        "longest": LONGEST_TEXT,
        "most": MOST_PICTURES,
    }
    return sheet(request, "clue_box.html", context, status=422 if sent.refused else 200)


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


def _takes(request: web.Request, sent: FilledForm) -> bool:
    """Whether the pictures are not too many for this minute: each counts like a try."""
    passer = request.app[PASSERS].name(request)
    return all(request.app[CLUE_TRIES].allows(passer) for _ in sent.pictures)


async def _taking(sent: FilledForm, work: Callable[[], Awaitable[T]]) -> T | None:
    """What was done with the pictures; None where they are not taken, and the form says why."""
    if sent.refused:
        return None
    try:
        return await work()
    except FileRefused as error:
        sent.refused = error.why
    except FileNotKept:
        sent.refused = "not_kept"
    return None


async def _box(request: web.Request, opened: Opened, pictures: Sequence[bytes] = ()) -> Box | None:
    receipt = tidy(opened.receipt)
    if len(receipt) != DIGITS or not receipt.isdecimal():
        return None
    desk = request.app[CLUES]
    if opened.text or pictures:
        return await desk.write(receipt, opened.text, pictures)
    return await desk.open(receipt)


def _form(
    request: web.Request, sent: FilledForm | None = None, wrong: set[str] | None = None
) -> web.Response:
    sent = sent or FilledForm()
    context = {
        "state": "form",
        # Another one each time: what was changed and sent again is another clue.
        "once": secrets.token_urlsafe(ONCE_BYTES),
        "sent": sent.fields,
        "wrong": wrong or set(),
        "refused": sent.refused,
        # They cannot be put back into the form.
        "lost": bool(sent.pictures or sent.refused),
        "most": MOST_PICTURES,
        "kinds": clue().sub_kind_labels,
        "districts": districts(),
        "known": ways_to_know(),
        "longest": LONGEST_TEXT,
        "longest_place": LONGEST_PLACE,
    }
    return sheet(request, "clue.html", context, status=422 if wrong else 200)


def _in_groups(receipt: str) -> str:
    return " ".join(receipt[at : at + GROUP] for at in range(0, DIGITS, GROUP))
