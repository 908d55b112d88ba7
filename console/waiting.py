"""The queue as staff see it: masked, cut short, with the way to each chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from console.accounts import Account
from console.chats import may_read, pictures, told_time
from conversations.history import Said
from core.masking import mask
from core.messages import Direction
from db.engine import Database
from handoff import desk
from handoff.desk import Counts, Shown, Waiting
from handoff.queue import label_of

LOOK_BACK = 20
LONGEST_LINE = 120
MOST_PICTURES = 9
# Nobody reads further down, and the page asks every ten seconds.
MOST_LINES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One citizen: ``agent`` is the colleague who has them, ``opens`` whether you may read the chat.

    ``said`` is the last thing the citizen wrote, masked; ``pictures`` are ids of those they sent of
    late, for whoever may read; ``version`` is what a step from here has seen. ``promised`` is when
    a person was promised to answer, ``overdue`` whether that is over.
    """

    label: str
    urgent: bool
    agent: str
    mine: bool
    minutes: int
    said: str
    version: int
    opens: bool
    promised: str = ""
    overdue: bool = False
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The first lines of the queue with one's own, and how many there are in all."""

    lines: Sequence[Line]
    counts: Counts

    @property
    def more(self) -> int:
        """How many stand behind those that are shown."""
        return self.counts.waiting + self.counts.served - len(self.lines)


async def queue(db: Database, account: Account, *, now: datetime) -> Queue:
    """Who waits or is being served: urgent first, then by number."""
    shown = Shown(lines=LOOK_BACK, most=MOST_LINES, agent=account.name, only=Direction.INCOMING)
    async with db.read() as session:
        waiting = await desk.listing(session, db.vault, shown)
        counted = await desk.counts(session)
    return Queue(lines=[_line(citizen, account, now) for citizen in waiting], counts=counted)


def last_line(said: Sequence[Said]) -> str:
    """The citizen's last message on one line, masked before it is cut."""
    own = [one.text for one in said if one.direction is Direction.INCOMING]
    text = " ".join(mask(own[-1]).split()) if own else ""
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1] + "…"


def _line(citizen: Waiting, account: Account, now: datetime) -> Line:
    opens = may_read(account, citizen.agent)
    return Line(
        label=label_of(citizen.number),
        urgent=citizen.urgent,
        agent=citizen.agent or "",
        mine=citizen.agent == account.name,
        minutes=max(0, int((now - citizen.requested_at).total_seconds() // 60)),
        said=last_line(citizen.said),
        version=citizen.version,
        opens=opens,
        promised=told_time(citizen.answer_by) if citizen.answer_by else "",
        overdue=citizen.answer_by is not None and citizen.answer_by <= now,
        pictures=_lately(citizen.said) if opens else (),
    )


def _lately(said: Sequence[Said]) -> tuple[str, ...]:
    sent = [picture for one in said for picture in pictures(one)]
    return tuple(dict.fromkeys(sent))[-MOST_PICTURES:]
