"""The few seams between rooms; ``bot/bootstrap.py`` puts the real things behind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from core.alerts import Subscription
from core.appointments import Appointment, TimeSlot
from core.case_views import CaseLookup, CaseView, Nearby
from core.duty import Outlook
from core.grids import CodeState, DayReport, Grid
from core.knowledge import (
    Article,
    Clipping,
    Entry,
    Found,
    FraudType,
    LawFacts,
    ListedThing,
    Office,
    OfficeKind,
    OldArticle,
    ScamCheck,
    Written,
)
from core.messages import CHINESE, Parse

Vector = Sequence[float]


class Parser(Protocol):
    """Reads a message's intent and entities; raises ``Unavailable`` when it cannot."""

    async def parse(self, text: str) -> Parse: ...


class Knowledge(Protocol):
    """Legal-aid answers and the statutes behind them.

    ``vector`` is the text's sentence vector where somebody has computed it already; ``ranking`` are
    the intents a model read in it, each with its share, which then count instead of ``intent``.
    """

    async def search(
        self,
        text: str,
        *,
        intent: str | None,
        ranking: Sequence[tuple[str, float]] = (),
        limit: int = 3,
        vector: Vector | None = None,
    ) -> Sequence[Found]: ...

    def entry(self, entry_id: str) -> Entry | None: ...

    async def articles(
        self, text: str, *, limit: int = 3, vector: Vector | None = None
    ) -> Sequence[Article]: ...

    def article(self, law: str, number: str) -> Article | None: ...

    def find_reference(self, text: str) -> tuple[str, str] | None: ...

    def law_facts(self, text: str) -> Sequence[LawFacts]: ...

    def clippings(self, entry_id: str) -> Sequence[Clipping]: ...

    def old_article(self, text: str) -> OldArticle | None: ...

    @property
    def entries(self) -> Sequence[Entry]: ...


class ScamChecker(Protocol):
    """Looks at a text for the marks of fraud; ``into`` gives one that tells it in a language."""

    def into(self, language: str) -> ScamChecker: ...

    def check(self, text: str) -> ScamCheck: ...

    def types(self) -> Sequence[FraudType]: ...

    def type(self, key: str) -> FraudType | None: ...

    def family(self, key: str) -> str: ...


class Watchlist(Protocol):
    """Numbers, addresses, accounts and programs that people reported.

    ``named`` are those that a text names, as it names them; ``listed`` those of them whose report
    staff have confirmed, and which has not run out.
    """

    def named(self, text: str) -> Sequence[str]: ...

    async def listed(self, text: str) -> Sequence[ListedThing]: ...


class CaseReader(Protocol):
    """Finds a case by what stands on its receipt, or by who filed it here."""

    async def look_up(
        self, reference: str, code: str, *, contact_id: str, language: str = CHINESE
    ) -> CaseLookup: ...

    async def mine(self, contact_id: str, *, language: str = CHINESE) -> Sequence[CaseView]: ...

    async def nearby(
        self, kind: str, sub_kind: str, area: str, place: str
    ) -> Sequence[Nearby]: ...


class DocumentShelf(Protocol):
    """Documents written in a conversation, as long as they are kept."""

    async def last(self, kind: str | None, *, conversation_id: str) -> Written | None: ...


class Offices(Protocol):
    """The directory of places to go to, as far as one was imported.

    Areas are the keys that cases have; places are full names of districts and towns.
    """

    def kind_in(self, text: str) -> OfficeKind | None: ...

    def kind(self, key: str) -> OfficeKind | None: ...

    def of_kind(self, kind: str) -> Sequence[Office]: ...

    def area_of(self, place: str) -> str | None: ...

    def area_name(self, key: str) -> str: ...


class AppointmentBook(Protocol):
    """Times that can be booked, and who has booked which."""

    async def free(
        self, services: Sequence[str], *, holder: str = "", language: str = CHINESE
    ) -> Sequence[TimeSlot]: ...

    async def full(
        self, services: Sequence[str], *, language: str = CHINESE
    ) -> Sequence[TimeSlot]: ...

    async def slot(
        self, slot_id: str, *, holder: str = "", language: str = CHINESE
    ) -> TimeSlot | None: ...

    async def mine(self, contact_id: str, *, language: str = CHINESE) -> Sequence[Appointment]: ...

    async def by_asking_until(self, contact_id: str, services: Sequence[str]) -> date | None: ...

    async def of(self, reference: str, *, language: str = CHINESE) -> Appointment | None: ...


class Grids(Protocol):
    """Grids, who reports for them, and what was reported of a day."""

    async def of(self, contact_id: str) -> Sequence[Grid]: ...

    async def code(self, code: str, *, contact_id: str) -> CodeState: ...

    async def reported(self, grid_id: str, day: date) -> DayReport | None: ...


class Alerts(Protocol):
    """Who wants to be warned of surges of fraud."""

    async def of(self, conversation_id: str) -> Sequence[Subscription]: ...


class Duty(Protocol):
    """Whether somebody is there to answer citizens, and who may be called instead."""

    async def outlook(self, reason: str, *, urgent: bool, now: datetime) -> Outlook: ...

    async def has_place(self, conversation_id: str) -> bool: ...


class Tools(Protocol):
    """All that an action may ask; reading only."""

    @property
    def knowledge(self) -> Knowledge: ...

    @property
    def scams(self) -> ScamChecker: ...

    @property
    def watchlist(self) -> Watchlist: ...

    @property
    def cases(self) -> CaseReader: ...

    @property
    def documents(self) -> DocumentShelf: ...

    @property
    def offices(self) -> Offices: ...

    @property
    def appointments(self) -> AppointmentBook: ...

    @property
    def grids(self) -> Grids: ...

    @property
    def alerts(self) -> Alerts: ...

    @property
    def duty(self) -> Duty: ...


class Embedder(Protocol):
    """Turns texts into unit vectors, one row a text."""

    def query(self, text: str) -> Sequence[float]: ...

    def passages(self, texts: Sequence[str]) -> Sequence[Sequence[float]]: ...
