"""The service as dialogues meet it: with a clock that can be moved and a Rasa that can fail."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from sqlalchemy import delete

from bot.bootstrap import Service, today
from cases.appointments.demo import load_demo_slots
from cases.appointments.models import AppointmentSlot
from cases.districts import districts
from core.clock import utc_now
from db.engine import Database
from handoff.duty import plans
from handoff.duty.plans import Version
from handoff.models import DutyPlan
from knowledge_base.offices.directory import save_offices
from knowledge_base.offices.intake import read_directory
from nlu.rasa import RasaUnavailable

# Monday morning in Suzhou; time runs on from there, so that dates in answers stay the same.
OPENED = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
OFFICES = Path(__file__).with_name("offices_demo.csv")
CHUNK = 65536
BACK_WITHIN = 15.0


@dataclass
class TownClock:
    """Real time, shifted to begin at ``OPENED``, and what a dialogue lets pass on top of it."""

    shift: timedelta = field(default_factory=lambda: OPENED - utc_now())
    passed: timedelta = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.shift + self.passed


async def open_slots(db: Database) -> None:
    """The demo slots as they are on the morning of ``OPENED``, and none of today's."""
    async with db.write() as session:
        await session.execute(delete(AppointmentSlot))
    await load_demo_slots(db, OPENED)


class Door:
    """A loopback port before Rasa: shut, it drops who is connected and takes nobody."""

    def __init__(self, rasa_url: str) -> None:
        self._rasa = urlsplit(rasa_url)
        self._server: asyncio.Server | None = None
        self._port = 0
        self._open: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        """Where Rasa seems to be."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def is_open(self) -> bool:
        """Whether anybody gets through."""
        return self._server is not None

    async def open(self) -> Self:
        """Let everybody through; on the same port as before."""
        if self._server is None:
            self._server = await asyncio.start_server(self._pass, "127.0.0.1", self._port)
            self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def shut(self) -> None:
        """As if Rasa were killed: connections break, new ones are refused."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in tuple(self._open):
            writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, beyond = await asyncio.open_connection(self._rasa.hostname, self._rasa.port)
        both = {writer, beyond}
        self._open |= both
        try:
            await asyncio.gather(_pipe(reader, beyond), _pipe(there, writer))
        finally:
            self._open -= both
            for end in both:
                end.transport.abort()


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The whole service with what dialogues may do to the world around it."""

    service: Service
    clock: TownClock
    door: Door
    offices: Path

    def import_offices(self) -> None:
        """Give the running service the demo directory, as a maintainer would."""
        day = today(self.clock)
        save_offices(self.offices, read_directory(OFFICES, districts(), today=day).offices)

    async def plan_duty(self, hours: str) -> None:
        """Put a plan with one team into force, as a supervisor would."""
        text = f"teams: [{{name: 综合岗, hours: [{hours}]}}]"
        version = Version(number=1, text=text, author="组长", saved_at=self.clock())
        async with self.service.db.write() as session:
            await plans.save(session, self.service.db.vault, version)

    async def rasa_is_back(self) -> None:
        """Open the door and wait until the service has noticed; it tries again after a while."""
        await self.door.open()
        async with asyncio.timeout(BACK_WITHIN):
            while True:
                if await _answers(self.service):
                    return
                await asyncio.sleep(0.2)

    async def as_before(self) -> None:
        """Undo what a dialogue has done to time, duty, Rasa and the directory."""
        self.clock.passed = timedelta()
        async with self.service.db.write() as session:
            await session.execute(delete(DutyPlan))
        self.offices.unlink(missing_ok=True)
        if not self.door.is_open:
            await self.rasa_is_back()


async def _answers(service: Service) -> bool:
    # Asked itself: the reader remembers what it has read.
    assert service.rasa is not None
    try:
        await service.rasa.parse("老板不发工资")
    except RasaUnavailable:
        return False
    return True


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
    writer.transport.abort()
