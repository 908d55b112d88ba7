"""The queue as staff see it: masked, cut short, with the command that answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from console.accounts import Account
from conversations.history import Said
from core.masking import mask
from core.messages import Direction
from db.engine import Database
from handoff import desk
from handoff.desk import Waiting
from handoff.errors import NoSuchHandoff
from handoff.queue import Ticket

LOOK_BACK = 20
LONGEST_LINE = 120
MOST_PICTURES = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One citizen: ``agent`` is the colleague who has them, ``command`` empty if that is not you.

    ``said`` is the last thing the citizen wrote, masked; ``pictures`` are ids of those they sent of
    late, for whoever may answer.
    """

    label: str
    urgent: bool
    agent: str
    mine: bool
    minutes: int
    said: str
    command: str
    pictures: tuple[str, ...] = ()


async def lines(db: Database, account: Account, *, now: datetime) -> list[Line]:
    """Who waits or is being served: urgent first, then by number."""
    async with db.read() as session:
        waiting = await desk.listing(session, db.vault, lines=LOOK_BACK)
    return [_line(citizen, account, now) for citizen in waiting]


async def answerable(db: Database, account: Account, label: str) -> str:
    """The conversation of a citizen whom nobody else has; raises ``NoSuchHandoff``."""
    async with db.read() as session:
        waiting = await desk.listing(session, db.vault, lines=1)
    for citizen in waiting:
        if _label(citizen) == label and citizen.agent in {None, account.name}:
            return citizen.conversation_id
    raise NoSuchHandoff


def last_line(said: Sequence[Said]) -> str:
    """The citizen's last message on one line, masked before it is cut."""
    own = [one.text for one in said if one.direction is Direction.INCOMING]
    text = " ".join(mask(own[-1]).split()) if own else ""
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1] + "…"


def _line(citizen: Waiting, account: Account, now: datetime) -> Line:
    label = _label(citizen)
    mine = citizen.agent == account.name
    free = citizen.agent is None
    command = f'.venv/bin/python -m bot handoff reply {label} "…" --as {account.name}'
    return Line(
        label=label,
        urgent=citizen.urgent,
        agent=citizen.agent or "",
        mine=mine,
        minutes=max(0, int((now - citizen.requested_at).total_seconds() // 60)),
        said=last_line(citizen.said),
        command=command if mine or free else "",
        pictures=_pictures(citizen.said) if mine or free else (),
    )


def _label(citizen: Waiting) -> str:
    return Ticket(number=citizen.number, ahead=0).label


def _pictures(said: Sequence[Said]) -> tuple[str, ...]:
    sent = [a.upload for one in said for a in one.attachments if a.upload is not None]
    return tuple(dict.fromkeys(sent))[-MOST_PICTURES:]
