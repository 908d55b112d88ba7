"""A small shelf of knowledge, one petition, the real scam checker, and turns to act on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from antifraud.checker import Checker
from antifraud.reports import reader
from bot.bootstrap import area_of
from cases.districts import districts
from core.alerts import Subscription
from core.appointments import Appointment, TimeSlot
from core.case_views import CaseLookup, CaseStep, CaseView, Deadline, LookupState, Nearby
from core.duty import Outlook, Presence
from core.grids import CodeState, DayReport, Grid
from core.knowledge import (
    Article,
    Clipping,
    Entry,
    Found,
    Hotline,
    LawFacts,
    ListedThing,
    OldArticle,
    Written,
)
from core.messages import Attachment, Citation, Entity, Identity, Message, Parse
from core.ports import (
    Alerts,
    AppointmentBook,
    CaseReader,
    DocumentShelf,
    Duty,
    Grids,
    Knowledge,
    Offices,
    ScamChecker,
    Vector,
    Watchlist,
)
from core.turns import ConversationStatus, Session, Turn
from knowledge_base.offices.directory import OfficeDirectory

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
WAGES = Citation(law="劳动法", article="第五十条", quote="不得克扣", in_force=True)
REFERENCE, CODE = "XF3205082610120001236", "7QK2M9XD"


def entry(entry_id: str, intent: str, **changes: object) -> Entry:
    """An entry with every field filled; its words are its title."""
    fields: dict[str, object] = {
        "id": entry_id,
        "intent": intent,
        "title": "被拖欠工资",
        "question": "老板不发工资怎么办",
        "answer": "先投诉（《劳动法》第五十条）。",
        "detail": "带上考勤。",
        "next_step": "打 12333",
        "time_limit": "一年内",
        "hotlines": (Hotline(number="12333", name="人社服务热线"),),
        "citations": (WAGES,),
        "related": (),
        "revision": "3",
        "checked_on": date(2026, 11, 1),
    }
    return Entry(**{**fields, **changes})  # type: ignore[arg-type]


@dataclass
class Shelf:
    """Finds the entries whose title stands in the text; ``score`` is what each fits with."""

    entries: Sequence[Entry] = (
        entry("unpaid", "legal_labour", related=(("sue", "去起诉"),)),
        entry("sue", "legal_labour", title="起诉", time_limit=None, hotlines=()),
        entry("office", "find_office", title="法援中心在哪"),
    )
    laws: Sequence[Article] = (
        Article(law="劳动法", number="第五十条", text="工资应当按月支付。不得克扣。" + "长" * 100),
    )
    old_laws: Mapping[str, OldArticle] = field(default_factory=dict)
    score: float = 0.8

    facts: Sequence[LawFacts] = ()
    cuttings: Sequence[Clipping] = ()

    async def search(
        self,
        text: str,
        *,
        intent: str | None,
        ranking: Sequence[tuple[str, float]] = (),
        limit: int = 3,
        vector: Vector | None = None,
    ) -> Sequence[Found]:
        return [Found(entry=e, score=self.score) for e in self.entries if e.title in text][:limit]

    def entry(self, entry_id: str) -> Entry | None:
        return next((e for e in self.entries if e.id == entry_id), None)

    async def articles(
        self, text: str, *, limit: int = 3, vector: Vector | None = None
    ) -> Sequence[Article]:
        return self.laws[:limit]

    def article(self, law: str, number: str) -> Article | None:
        return next((a for a in self.laws if (a.law, a.number) == (law, number)), None)

    def find_reference(self, text: str) -> tuple[str, str] | None:
        law, _, number = text.partition("第")
        return (law, f"第{number}") if number else None

    def law_facts(self, text: str) -> Sequence[LawFacts]:
        return [f for f in self.facts if f.law in text]

    def clippings(self, entry_id: str) -> Sequence[Clipping]:
        return [c for c in self.cuttings if entry_id in c.entries]

    def old_article(self, text: str) -> OldArticle | None:
        return self.old_laws.get(text)


@dataclass
class Desk:
    """Holds one petition; ``locked`` shuts it; ``asked`` notes who looked for what."""

    locked: bool = False
    own: Sequence[CaseView] = ()
    alike: Sequence[Nearby] = ()
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    async def look_up(
        self, reference: str, code: str, *, contact_id: str, language: str = "zh"
    ) -> CaseLookup:
        self.asked.append((reference, code, contact_id))
        if self.locked:
            return CaseLookup(state=LookupState.LOCKED, until=NOW.replace(hour=3, minute=5))
        if (reference, code) == (REFERENCE, CODE):
            return CaseLookup(state=LookupState.FOUND, case=petition())
        return CaseLookup(state=LookupState.WRONG)

    async def mine(self, contact_id: str, *, language: str = "zh") -> Sequence[CaseView]:
        return self.own

    async def nearby(self, kind: str, sub_kind: str, area: str, place: str) -> Sequence[Nearby]:
        return self.alike


@dataclass
class Drawer:
    """Keeps the document a conversation had written last."""

    kept: Written | None = None

    async def last(self, kind: str | None, *, conversation_id: str) -> Written | None:
        fits = self.kept is not None and kind in (None, self.kept.kind)
        return self.kept if fits and conversation_id == "conversation" else None


@dataclass
class Book:
    """Times that are free, and what this contact has booked."""

    slots: Sequence[TimeSlot] = ()
    own: Sequence[Appointment] = ()
    until: date | None = None

    async def free(
        self, services: Sequence[str], *, holder: str = "", language: str = "zh"
    ) -> Sequence[TimeSlot]:
        return [s for s in self.slots if s.service in services and s.left]

    async def full(self, services: Sequence[str], *, language: str = "zh") -> Sequence[TimeSlot]:
        gone = [s for s in self.slots if s.service in services and not s.left]
        return [s for s in gone if s.place not in {o.place for o in self.slots if o.left}]

    async def slot(
        self, slot_id: str, *, holder: str = "", language: str = "zh"
    ) -> TimeSlot | None:
        return next((s for s in self.slots if s.id == slot_id), None)

    async def mine(self, contact_id: str, *, language: str = "zh") -> Sequence[Appointment]:
        return [one for one in self.own if one.live]

    async def by_asking_until(self, contact_id: str, services: Sequence[str]) -> date | None:
        return self.until

    async def of(self, reference: str, *, language: str = "zh") -> Appointment | None:
        return next((one for one in self.own if one.reference == reference), None)


@dataclass
class Roll:
    """Grids that this contact may report for, and what was reported."""

    grids: Sequence[Grid] = ()
    state: CodeState = CodeState.FITS
    before: DayReport | None = None

    async def of(self, contact_id: str) -> Sequence[Grid]:
        return self.grids

    async def code(self, code: str, *, contact_id: str) -> CodeState:
        return self.state

    async def reported(self, grid_id: str, day: date) -> DayReport | None:
        return self.before


@dataclass
class Subscribers:
    """What this conversation is warned of."""

    own: Sequence[Subscription] = ()

    async def of(self, conversation_id: str) -> Sequence[Subscription]:
        return self.own


@dataclass
class Watch:
    """Who is there, and whether this conversation has a place in the queue."""

    expected: Outlook = field(default_factory=lambda: Outlook(presence=Presence.UNKNOWN))
    place: bool = False

    async def outlook(self, reason: str, *, urgent: bool, now: datetime) -> Outlook:
        return self.expected

    async def has_place(self, conversation_id: str) -> bool:
        return self.place


@cache
def scam_checker() -> Checker:
    """Read once: it keeps nothing of what it looks at."""
    return Checker.load()


@dataclass
class Confirmed:
    """Things that staff have confirmed; names what the real reader finds."""

    things: Sequence[ListedThing] = ()

    def named(self, text: str) -> Sequence[str]:
        return tuple(thing.key for thing in reader().find(text))

    async def listed(self, text: str) -> Sequence[ListedThing]:
        return [thing for thing in self.things if thing.quote in text]


@dataclass
class Toolset:
    """Fills ``core.ports.Tools``."""

    shelf: Shelf = field(default_factory=Shelf)
    desk: Desk = field(default_factory=Desk)
    drawer: Drawer = field(default_factory=Drawer)
    checker: Checker = field(default_factory=scam_checker)
    confirmed: Confirmed = field(default_factory=Confirmed)
    book: Book = field(default_factory=Book)
    roll: Roll = field(default_factory=Roll)
    subscribers: Subscribers = field(default_factory=Subscribers)
    watch: Watch = field(default_factory=Watch)
    directory: OfficeDirectory = field(
        default_factory=lambda: directory_of(Path("no directory was imported"))
    )

    @property
    def knowledge(self) -> Knowledge:
        return self.shelf

    @property
    def scams(self) -> ScamChecker:
        return self.checker

    @property
    def watchlist(self) -> Watchlist:
        return self.confirmed

    @property
    def cases(self) -> CaseReader:
        return self.desk

    @property
    def documents(self) -> DocumentShelf:
        return self.drawer

    @property
    def offices(self) -> Offices:
        return self.directory

    @property
    def appointments(self) -> AppointmentBook:
        return self.book

    @property
    def grids(self) -> Grids:
        return self.roll

    @property
    def alerts(self) -> Alerts:
        return self.subscribers

    @property
    def duty(self) -> Duty:
        return self.watch


def directory_of(file: Path) -> OfficeDirectory:
    """The directory that a file holds, with Suzhou's areas."""
    return OfficeDirectory(file, areas=districts(), area_of=area_of)


def petition(*, demo: bool = True, overdue: bool = False) -> CaseView:
    """A petition in hand with two steps and a period that runs."""
    rule = Citation(law="信访工作条例", article="第三十四条", quote="六十日", in_force="attested")
    return CaseView(
        reference=REFERENCE,
        title="电梯",
        state="办理中",
        agency="住建部门",
        district="姑苏区",
        demo=demo,
        steps=(
            CaseStep(at=datetime(2026, 10, 11, 20, 0, tzinfo=UTC), label="收到", text=""),
            CaseStep(at=datetime(2026, 10, 20, 3, 0, tzinfo=UTC), label="受理", text="已受理。"),
        ),
        deadline=Deadline(
            what="办结",
            due=date(2026, 12, 19),
            computed="从受理次日起算",
            citation=rule,
            overdue=overdue,
        ),
    )


MakeTurn = Callable[..., Turn]


@pytest.fixture
def tools() -> Toolset:
    return Toolset()


@pytest.fixture
def make_turn() -> MakeTurn:
    return turn


def turn(
    intent: str = "out_of_scope",
    text: str = "",
    *,
    press: str | None = None,
    confidence: float = 0.8,
    second: tuple[str, float] = ("goodbye", 0.01),
    **more: object,
) -> Turn:
    """A turn as the engine makes one: read by Rasa, or a button pressed (``press``)."""
    entities: tuple[Entity, ...] = more.pop("entities", ())  # type: ignore[assignment]
    attachments: tuple[Attachment, ...] = more.pop("attachments", ())  # type: ignore[assignment]
    if press is not None:
        name, _, argument = press.partition("/")
        chosen = Entity(name="choice", value=argument, start=0, end=0)
        entities = (chosen,) if argument else ()
        parse = Parse(text="", intent=name, confidence=1, parser="payload", entities=entities)
    else:
        ranking = ((intent, confidence), second)
        parse = Parse(
            text=text,
            intent=intent,
            confidence=confidence,
            parser="rasa",
            ranking=ranking,
            entities=entities,
        )
    message = Message(
        channel="terminal",
        external_id="1",
        sender=Identity(channel="terminal", user_id="a"),
        text=text,
        payload=press,
        sent_at=NOW,
        attachments=attachments,
    )
    fields: dict[str, object] = {
        "session": Session(),
        "contact_id": "contact",
        "conversation_id": "conversation",
        "status": ConversationStatus.BOT,
        "now": NOW,
    }
    return Turn(message=message, parse=parse, **{**fields, **more})  # type: ignore[arg-type]
