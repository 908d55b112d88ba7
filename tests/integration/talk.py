"""Messages, a bot that reads by rules alone, and a channel that remembers."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from alerts.desk import AlertDesk
from antifraud.checker import Checker
from antifraud.reports import ReportDesk
from bot.alert_names import names
from bot.channels.base import Capabilities, Outgoing, SendError
from bot.duty import DutyDesk
from bot.engine import Engine, Mind
from bot.guard import Guard
from bot.toolbox import Toolbox
from cases.appointments.desk import AppointmentDesk
from cases.grids.desk import GridDesk
from cases.reader import CaseDesk
from conversations.bus import Bus, MemoryBus
from conversations.history import Said, after
from conversations.inbox import Received, receive
from core.clock import Clock, utc_now
from core.knowledge import Article, Clipping, Entry, Found, LawFacts, OldArticle
from core.messages import Direction, Identity, Message
from core.ports import Parser, Vector
from db.base import new_id
from db.engine import Database
from documents.desk import DocumentDesk
from knowledge_base.offices.directory import OfficeDirectory
from nlu.reader import Reader
from nlu.rules import RuleParser
from nlu.training import intents

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
THANKS = "thanks"
NOWHERE = Path("no directory was imported")
INTENTS = frozenset(intents())


class Shelf:
    """A knowledge base with one article and no entry."""

    entries: Sequence[Entry] = ()
    held = Article(
        law="民法典", number="第一千零七十九条", text="夫妻一方要求离婚的，可以由有关组织进行调解"
    )

    async def search(
        self,
        text: str,
        *,
        intent: str | None,
        ranking: Sequence[tuple[str, float]] = (),
        limit: int = 3,
        vector: Vector | None = None,
    ) -> Sequence[Found]:
        return ()

    def entry(self, entry_id: str) -> Entry | None:
        return None

    async def articles(
        self, text: str, *, limit: int = 3, vector: Vector | None = None
    ) -> Sequence[Article]:
        return ()

    def article(self, law: str, number: str) -> Article | None:
        return self.held if (law, number) == (self.held.law, self.held.number) else None

    def find_reference(self, text: str) -> tuple[str, str] | None:
        return None

    def law_facts(self, text: str) -> Sequence[LawFacts]:
        return ()

    def clippings(self, entry_id: str) -> Sequence[Clipping]:
        return ()

    def old_article(self, text: str) -> OldArticle | None:
        return None


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **much: float) -> None:
        self.now += timedelta(**much)


class Mailbox:
    """A channel that keeps what it is given; ``trouble`` is raised first, one an attempt."""

    def __init__(self, name: str = "web", *, repeatable: bool = True) -> None:
        self.name = name
        self.capabilities = Capabilities(max_text=1000, repeatable=repeatable)
        self.sent: list[Outgoing] = []
        self.trouble: dict[str, list[SendError | RuntimeError]] = {}

    @property
    def texts(self) -> list[str]:
        return [o.reply.text for o in self.sent]

    async def send(self, outgoing: Outgoing) -> Sequence[str]:
        waiting = self.trouble.get(outgoing.conversation_id)
        if waiting:
            raise waiting.pop(0)
        self.sent.append(outgoing)
        return (outgoing.delivery_id,)

    async def typing(self, to: Identity) -> None:
        """Nobody looks."""


def message(
    text: str = "",
    *,
    payload: str | None = None,
    user: str = "u-1",
    channel: str = "web",
    external_id: str | None = None,
) -> Message:
    """A citizen's message; without words or button it presses “thanks”."""
    return Message(
        channel=channel,
        external_id=external_id or new_id(),
        sender=Identity(channel=channel, user_id=user),
        text=text,
        payload=payload if text or payload else THANKS,
        sent_at=NOON,
    )


@dataclass(frozen=True)
class Way:
    """A way out with nobody behind it, or whoever is told by ``wake``."""

    history: Container[str]
    wake: Callable[[], None]


def make_engine(
    db: Database,
    *,
    clock: Clock = utc_now,
    parser: Parser | None = None,
    committed: Callable[[], None] = lambda: None,
    bus: Bus | None = None,
    attests: bool = False,
    history: Container[str] = (),
) -> Engine:
    """An engine on this database, as one node of several would have it.

    ``attests`` lets citations pass that the shelf does not hold.
    """
    shelf = Shelf()
    mind = Mind(
        parser=parser or by_rules(),
        tools=Toolbox(
            library=lambda: shelf,
            scams=_checker(),
            watchlist=ReportDesk(db, clock=clock),
            cases=CaseDesk(db, clock=clock),
            documents=DocumentDesk(db, clock=clock),
            offices=OfficeDirectory(NOWHERE, areas={}, area_of=lambda place: None),
            appointments=AppointmentDesk(db, clock=clock),
            grids=GridDesk(db, clock=clock),
            alerts=AlertDesk(db, names(_checker()), clock=clock),
            duty=DutyDesk(db, pages=False),
        ),
        guard=Guard(lambda: shelf, lambda citation: attests),
        intents=INTENTS,
    )
    outlet = Way(history=history, wake=committed)
    return Engine(db, mind, bus or MemoryBus(), clock=clock, outlet=outlet)


async def store(db: Database, *messages: Message, now: datetime = NOON) -> list[Received]:
    """Receive some messages, one after the other."""
    return [await receive(db, m, now=now) for m in messages]


async def told(db: Database, conversation_id: str) -> list[Said]:
    """Everything said so far, both ways."""
    async with db.read() as session:
        return await after(session, db.vault, conversation_id, 0)


async def answers(db: Database, conversation_id: str) -> list[str]:
    """The texts that went out."""
    said = await told(db, conversation_id)
    return [s.text for s in said if s.direction is Direction.OUTGOING]


@cache
def by_rules() -> Reader:
    """What reads where no Rasa is; it keeps nothing of what it reads."""
    return Reader(None, RuleParser.load())


@cache
def _checker() -> Checker:
    return Checker.load()
