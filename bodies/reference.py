"""A platform that keeps the contract, small enough to read: what a district may start from.

Everything is in memory; what a real one must add is a database, and that what is said here to be
one step is one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus

import aiohttp
from aiohttp import web
from pydantic import ValidationError

from bodies.contract import (
    MOST_LISTED,
    PARCEL,
    Page,
    Parcel,
    Question,
    Receipt,
    Standing,
    Status,
    Update,
    Wire,
    to_bytes,
)
from bodies.errors import BadSignature
from bodies.signing import signed, verified
from core.clock import Clock

# An answer of ours that says: understood, and again would end alike.
SETTLED = frozenset({HTTPStatus.OK, HTTPStatus.ACCEPTED, HTTPStatus.CONFLICT})


@dataclass(slots=True)
class Held:
    """A case as the platform has it: its own number, what it was sent last, what it told last."""

    number: str
    parcel: Parcel
    seq: int = 0
    status: Status = Status.RECEIVED


@dataclass(slots=True)
class Letter:
    """An update that is to be delivered, with the id it keeps however often it is sent."""

    event_id: str
    update: Update


@dataclass(slots=True)
class Platform:
    """The platform of one body. ``numbering`` makes its numbers of 1, 2, 3 …: ``GS-{:05d}``.

    ``updates_url`` is where its updates go, ``key`` signs them and proves what comes in.
    """

    key: bytes
    numbering: str
    clock: Clock
    updates_url: str = ""
    held: dict[str, Held] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)

    def application(self) -> web.Application:
        """Its two addresses."""
        app = web.Application()
        app.router.add_post("/cases", self.take_case)
        app.router.add_post("/standing", self.list_cases)
        return app

    async def take_case(self, request: web.Request) -> web.Response:
        """A case: new, known, or older than what is known; the number is the same for all three."""
        raw = await self._proved(request)
        try:
            parcel = PARCEL.validate_json(raw)
        except ValidationError:
            raise web.HTTPUnprocessableEntity from None
        held = self.held.get(parcel.reference)
        if held is None:
            number = self.numbering.format(len(self.held) + 1)
            held = self.held[parcel.reference] = Held(number=number, parcel=parcel)
        elif parcel.replaces(held.parcel):
            held.parcel = parcel
        return _json(Receipt(number=held.number))

    async def list_cases(self, request: web.Request) -> web.Response:
        """Everything it has of ours, a page at a time."""
        question = Question.model_validate_json(await self._proved(request))
        later = sorted(reference for reference in self.held if reference > question.after)
        page = later[:MOST_LISTED]
        lines = tuple(self._line(reference, self.held[reference]) for reference in page)
        return _json(Page(cases=lines, next=page[-1] if len(later) > len(page) else ""))

    def note(self, reference: str, status: Status, text: str = "", **more: object) -> Letter:
        """Something happened: it is numbered and put among what is to be told, in one step."""
        held = self.held[reference]
        held.seq, held.status = held.seq + 1, status
        update = Update.model_validate(
            {
                "reference": reference,
                "number": held.number,
                "seq": held.seq,
                "at": self.clock(),
                "status": status,
                "text": text,
                **more,
            }
        )
        letter = Letter(event_id=f"{held.number}.{held.seq}", update=update)
        self.letters.append(letter)
        return letter

    async def tell(self, http: aiohttp.ClientSession) -> None:
        """Send what is to be told, in order; what does not arrive stays for the next time."""
        while self.letters:
            if await self.send(http, self.letters[0]) not in SETTLED:
                return
            self.letters.pop(0)

    async def send(self, http: aiohttp.ClientSession, letter: Letter) -> int:
        """Send one letter; gives the status of the answer."""
        body = to_bytes(letter.update)
        headers = signed(self.key, letter.event_id, body, self.clock())
        async with http.post(self.updates_url, data=body, headers=headers) as answer:
            return answer.status

    async def _proved(self, request: web.Request) -> bytes:
        raw = await request.read()
        try:
            verified([self.key], request.headers, raw, self.clock())
        except BadSignature:
            raise web.HTTPUnauthorized from None
        return raw

    def _line(self, reference: str, held: Held) -> Standing:
        return Standing(
            reference=reference,
            number=held.number,
            revision=held.parcel.revision,
            seq=held.seq,
            status=held.status,
        )


def _json(value: Wire) -> web.Response:
    return web.Response(body=to_bytes(value), content_type="application/json")
