"""Shows public cases to whoever comes: the list, one of them, its pictures."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace

from cases.attachments import read
from cases.errors import FileGone
from cases.public import (
    Asked,
    PublicCase,
    PublicPage,
    PublicStep,
    find_public,
    public_cases,
    public_pictures,
    public_steps,
    public_view,
)
from cases.public_copies import bare_copy
from core.clock import Clock
from db.engine import Database
from db.store import Store

# Pictures kept drawn, some 300 kB each.
KEPT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSheet:
    """One public case with what happened."""

    case: PublicCase
    steps: tuple[PublicStep, ...]


class PublicDesk:
    """The desk that everybody may come to.

    ``store`` holds the pictures; without it there are none. Demo cases are shown only with ``demo``.
    """

    def __init__(
        self, db: Database, store: Store | None, clock: Clock, *, demo: bool = False
    ) -> None:
        self._db = db
        self._store = store
        self._clock = clock
        self._demo = demo
        self._drawn: OrderedDict[str, bytes] = OrderedDict()
        # One at a time: a large picture takes a hundred megabytes while it is drawn.
        self._drawing = asyncio.Lock()

    async def cases(self, asked: Asked) -> PublicPage:
        """A page of the list."""
        asked = replace(asked, demo=self._demo)
        async with self._db.read() as session:
            return await public_cases(session, self._db.vault, asked, self._clock())

    async def case(self, kind: str, reference: str) -> PublicSheet:
        """One case; raises ``CaseNotFound`` for those that not everybody may see."""
        async with self._db.read() as session:
            case = await find_public(session, kind, reference, demo=self._demo)
            return PublicSheet(
                case=await public_view(session, self._db.vault, case, self._clock()),
                steps=await public_steps(session, case),
            )

    async def picture(self, kind: str, reference: str, picture_id: str) -> bytes:
        """A picture as JPEG without metadata; whether it may be shown is looked up each time.

        Raises ``CaseNotFound`` and ``FileGone``.
        """
        async with self._db.read() as session:
            case = await find_public(session, kind, reference, demo=self._demo)
            shown = await public_pictures(session, [case])
            file = next((p for p in shown if p.id == picture_id), None)
            if file is None or self._store is None:
                raise FileGone
            if file.id in self._drawn:
                return self._remember(file.id, self._drawn[file.id])
            _, content = await read(session, self._db.vault, self._store, case, file)
        async with self._drawing:
            return self._remember(file.id, await asyncio.to_thread(bare_copy, content))

    def _remember(self, picture_id: str, drawn: bytes) -> bytes:
        self._drawn[picture_id] = drawn
        self._drawn.move_to_end(picture_id)
        if len(self._drawn) > KEPT:
            self._drawn.popitem(last=False)
        return drawn
