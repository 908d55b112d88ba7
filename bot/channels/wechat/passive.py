"""Answers on WeChat's own request: what waits for the citizen goes with it, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog

from bot.channels.base import SendCode
from bot.channels.wechat.ledger import granted
from bot.channels.wechat.pieces import (
    MOST_BYTES,
    NOTICE_BYTES,
    Packed,
    Piece,
    pack,
    parts,
    with_notice,
)
from bot.channels.wechat.receive import NAME, Incoming
from conversations import passive
from conversations.allowances import withdraw
from conversations.answering import Composed, Waiting, fill
from conversations.inbox import open_thread
from conversations.passive import Answer, Asked, Window
from conversations.waiting import give_up
from core.clock import Clock
from db.engine import Database

# Longer than any reply may take: if this process dies, the relay goes on then.
HELD = timedelta(seconds=6)

log = structlog.get_logger(__name__)


class PassiveReplies:
    """Opens a window for each request, fills it from the outbox, notes what became of it.

    ``may_push`` is false where nothing can follow by the customer-service API.
    """

    def __init__(
        self,
        db: Database,
        *,
        clock: Clock,
        wake: Callable[[], None],
        may_push: bool = True,
        base: str = "",
    ) -> None:
        self._db = db
        self._clock = clock
        self._wake = wake
        self._may_push = may_push
        self._base = base

    async def open(self, incoming: Incoming, proof: str) -> Window:
        """The window of this request, or of the one it repeats; raises ``Replayed``."""
        now = self._clock()
        thread = await open_thread(self._db, incoming.sender, now=now)
        asked = Asked(
            external_id=incoming.external_id,
            proof=proof,
            conversation_id=thread.conversation_id,
        )
        leaves = incoming.message is None
        given = None if leaves else granted(incoming.cause, min(incoming.at, now))
        return await passive.open_window(self._db, asked, given, now=now, until=now + HELD)

    async def fill(self, window: Window) -> Answer | None:
        """What to answer the request with; None: nothing is there yet, and the relay will send it."""
        given = await fill(self._db, window, NAME, self._compose, now=self._clock())
        if given is None:
            self._wake()
        return given

    async def arrived(self, window: Window, given: Answer) -> None:
        """WeChat took the answer."""
        async with self._db.write() as session:
            await passive.arrived(
                session, self._db.vault, window.external_id, given, now=self._clock()
            )
        self._wake()

    async def lost(self, window: Window, given: Answer) -> None:
        """WeChat had hung up."""
        log.warning("wechat.reply_lost", conversation=window.conversation_id)
        async with self._db.write() as session:
            await passive.lost(session, window.external_id, given, now=self._clock())

    async def leave(self, window: Window) -> None:
        """The citizen follows the account no longer: nothing more can be sent to them."""
        async with self._db.write() as session:
            talk, stopped = window.conversation_id, SendCode.CONTACT_STOPPED
            await withdraw(session, talk)
            await give_up(session, talk, error_code=stopped)
            await passive.answer(
                session, self._db.vault, window.external_id, None, now=self._clock()
            )

    def _compose(self, waiting: Sequence[Waiting], left: int) -> Composed:
        pieces = [self._piece(one) for one in waiting]
        speaking = [piece for piece in pieces if piece.texts]
        unfit = tuple(piece.delivery_id for piece in pieces if not piece.texts)
        if not speaking:
            return Composed(answer=None, unfit=unfit)
        packed = pack(speaking, most=MOST_BYTES)
        if len(packed.whole) < len(speaking) and not (left and self._may_push):
            packed = pack(speaking, most=MOST_BYTES - NOTICE_BYTES)
            language = waiting[-1].delivery.reply.language
            return Composed(
                answer=_answer(packed, with_notice(packed.text, language)), unfit=unfit
            )
        return Composed(answer=_answer(packed, packed.text), unfit=unfit)

    def _piece(self, one: Waiting) -> Piece:
        texts = parts(one.delivery.reply, before=one.options, base=self._base)
        start = one.delivery.parts_sent
        return Piece(
            delivery_id=one.delivery.id,
            texts=texts[start:],
            start=start,
            urgent=one.delivery.reply.safety,
        )


def _answer(packed: Packed, text: str) -> Answer:
    cut = packed.cut
    return Answer(
        text=text,
        whole=packed.whole,
        cut=cut.delivery_id if cut else None,
        cut_from=cut.start if cut else 0,
        cut_to=cut.start + packed.carried if cut else 0,
    )
