"""Clues of people nobody knows, and the box in which they are answered.

A clue is a case without a contact, a conversation or anything about its sender. What opens its box
are 16 digits that were shown to the sender; they are kept as a keyed digest only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from cases.clocks import all_clocks, shown_deadline
from cases.clue_pictures import digests, laid, new_to
from cases.kinds.clue import clue
from cases.kinds.machine import Actor
from cases.models import Case, CaseEvent, ClueBox
from cases.opening import open_case
from cases.orders import Filing, KeptFile, Order
from cases.persons import Party, seals_of
from cases.records import events
from cases.references import Kind, tidy
from cases.service import apply
from cases.wording import wording
from core.case_views import Deadline
from core.clock import Clock
from db.encryption import Vault
from db.engine import Database
from db.store import Store

DIGITS = 16
WRITES = "supplement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """What somebody wrote: what it is about, where in the city, the words, the place.

    ``known`` is how they know, a key of ``ways_to_know``. ``once`` is a random name of this one
    form, so that a form sent twice is one clue.
    """

    once: str
    sub_kind: str
    district: str
    text: str
    place: str = ""
    known: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that happened in a box. What the sender wrote is not shown again: ``text`` is empty.

    Whoever finds the digits must not read from them what was told.
    """

    at: datetime
    label: str
    text: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A clue as its sender may see it; ``explained`` is what its end means."""

    kind: str
    state: str
    label: str
    explained: str
    deadline: Deadline | None
    lines: tuple[Line, ...]


class ClueDesk:
    """Takes clues down and opens their boxes; ``store`` has their pictures, without it none come."""

    def __init__(self, db: Database, clock: Clock, store: Store | None = None) -> None:
        self._db = db
        self._clock = clock
        self._store = store

    async def drop(self, tip: Tip, pictures: Sequence[bytes] = ()) -> str:
        """Keep a clue and give the digits that open its box; the same form gives the same ones.

        They follow from what was sent and a key of ours: an answer lost on its way can be asked for
        again, though nobody has kept it. Raises ``FileRefused`` and ``FileNotKept``.
        """
        receipt = _receipt(self._db.vault, tip, pictures)
        if await self._is_there(receipt):
            return receipt
        try:
            async with laid(self._store, pictures) as there:
                async with self._db.write() as session:
                    if is_new := await _case(session, self._db.vault, receipt) is None:
                        await self._keep(session, tip, receipt, there.files)
                if is_new:
                    there.kept |= {file.address for file in there.files}
        except IntegrityError:
            # Sent twice at once, and the other was faster; or something else, which then shows.
            if not await self._is_there(receipt):
                raise
        return receipt

    async def open(self, receipt: str) -> Box | None:
        """What is in the box of these digits, None where there is none."""
        async with self._db.read() as session:
            case = await _case(session, self._db.vault, receipt)
            return await self._box(session, case) if case else None

    async def write(self, receipt: str, text: str, pictures: Sequence[bytes] = ()) -> Box | None:
        """Add what the sender writes; the very same words are taken for a form sent twice.

        So are the very same pictures. Raises ``FileRefused`` and ``FileNotKept``.
        """
        if not await self._is_there(receipt):
            return None
        async with laid(self._store, pictures) as there:
            async with self._db.write() as session:
                case = await _case(session, self._db.vault, receipt)
                if case is None:
                    return None
                new = await new_to(session, self._db.vault, case, there.files)
                await self._add(session, case, text, new)
                box = await self._box(session, case)
            there.kept |= {file.address for file in new}
            return box

    async def _is_there(self, receipt: str) -> bool:
        async with self._db.read() as session:
            return await _case(session, self._db.vault, receipt) is not None

    async def _add(
        self, session: AsyncSession, case: Case, text: str, files: tuple[KeptFile, ...]
    ) -> None:
        words = "" if text in await _written(session, self._db.vault, case) else text
        if words or files:
            at = max(self._clock(), case.updated_at)
            order = Order(command=WRITES, actor=Actor.CITIZEN, at=at, words=words, files=files)
            await apply(session, self._db.vault, case, order)

    async def _keep(
        self, session: AsyncSession, tip: Tip, receipt: str, files: Sequence[KeptFile]
    ) -> None:
        vault = self._db.vault
        filing = Filing(
            kind=Kind.CLUE,
            sub_kind=tip.sub_kind,
            # A title of its sender's words would stand in lists.
            title=clue().sub_kind_labels[tip.sub_kind],
            district=tip.district,
            at=self._clock(),
            words=_words(tip),
            # Nobody; but what they wrote has a key of its own, which can be destroyed.
            persons=(Party(),),
            files=tuple(files),
        )
        opened = await open_case(session, vault, filing)
        session.add(ClueBox(case_id=opened.case.id, receipt_digest=_digest(vault, receipt)))
        await session.flush()

    async def _box(self, session: AsyncSession, case: Case) -> Box:
        machine, vault = clue(), self._db.vault
        seals = await seals_of(session, vault, [case])
        running = [c for c in await all_clocks(session, case) if c.stopped_at is None]
        return Box(
            kind=machine.sub_kind_labels[case.filed_as],
            state=case.state,
            label=machine.state_labels[case.state],
            explained=machine.explained.get(case.state, ""),
            deadline=shown_deadline(running, machine, self._clock()),
            lines=tuple(
                Line(
                    at=event.at,
                    label=machine.command_labels[event.command],
                    text="" if _is_mine(event) else seals.open(event.text_sealed),
                    mine=_is_mine(event),
                )
                for event in await events(session, case)
                if event.public
            ),
        )


def ways_to_know() -> Mapping[str, str]:
    """How somebody may know what they tell, with the words for it; empty is not to say."""
    return wording().clue.known


def _words(tip: Tip) -> str:
    """All that was written, as staff read it."""
    words = wording().clue
    lines = [tip.text]
    if tip.place:
        lines.append(words.place.format(place=tip.place))
    if tip.known:
        lines.append(words.how.format(known=words.known[tip.known]))
    return "\n".join(lines)


def _is_mine(event: CaseEvent) -> bool:
    return event.actor == Actor.CITIZEN and event.command == WRITES


def _receipt(vault: Vault, tip: Tip, pictures: Sequence[bytes]) -> str:
    more = {"pictures": digests(pictures)} if pictures else {}
    told = json.dumps(asdict(tip) | more, sort_keys=True)
    return f"{int(vault.digest('clue-receipt', told), 16) % 10**DIGITS:0{DIGITS}}"


def _digest(vault: Vault, receipt: str) -> str:
    return vault.digest("clue-box", tidy(receipt))


async def _case(session: AsyncSession, vault: Vault, receipt: str) -> Case | None:
    query = (
        select(Case)
        .join(ClueBox, ClueBox.case_id == Case.id)
        .where(ClueBox.receipt_digest == _digest(vault, receipt))
    )
    found: Case | None = await session.scalar(query)
    return found


async def _written(session: AsyncSession, vault: Vault, case: Case) -> set[str]:
    seals = await seals_of(session, vault, [case])
    return {
        words
        for event in await events(session, case)
        if event.words_sealed and (words := seals.open_or_none(event.words_sealed)) is not None
    }
