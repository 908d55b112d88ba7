"""What other systems do here, each in a transaction of its own: file, look, hear, add."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from cases.attempts import count_failure, locked_until
from cases.codes import code_digest, reference_digest
from cases.errors import CaseChanged
from cases.models import Case
from cases.open311 import intake, listing, updates
from cases.open311.api_keys import PURPOSE, Peer, peer_of
from cases.open311.errors import Locked, Unknown, WrongKey
from cases.open311.intake import Filed, Sending, token_digest
from cases.open311.listing import Wanted
from cases.open311.models import OpenFiling
from cases.open311.offers import Answers, Catalogue, Offer
from cases.open311.updates import Sent, Update, UpdatesWanted
from cases.open311.views import Shown, Sight, beside, shown, sight_of
from cases.persons import seals_of
from cases.references import tidy
from core.clock import Clock
from db.engine import Database

# Before that a petition has a number, but nobody has taken it into the books.
UNREGISTERED = "submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A single case asked for: by reference, by its owner if ``code`` is right."""

    reference: str
    code: str = ""
    noted: bool = False


class Open311Desk:
    """The desk of other systems; ``catalogue`` gives what is on offer."""

    def __init__(self, db: Database, clock: Clock, catalogue: Callable[[], Catalogue]) -> None:
        self._db = db
        self._clock = clock
        self._catalogue = catalogue

    @property
    def on_offer(self) -> Catalogue:
        """The services there are."""
        return self._catalogue()

    def offer(self, code: str) -> Offer:
        """The service of a code; raises ``Unknown``, saying more where it is refused for a reason."""
        offer = self.on_offer.by_code(code)
        if offer is None:
            why = self.on_offer.refused.get(code)
            raise Unknown("refused", why=why) if why else Unknown("no_service", code=code)
        return offer

    async def peer(self, api_key: str) -> Peer:
        """Whose key it is; raises ``WrongKey``."""
        if not api_key:
            raise WrongKey
        async with self._db.read() as session:
            return await peer_of(session, self._db.vault.digest(PURPOSE, api_key))

    async def file(self, offer: Offer, sending: Sending) -> Filed:
        """Open a case, once however often the same is sent; raises ``BadRequest``."""
        try:
            return await self._file(offer, sending)
        except IntegrityError:
            # The same, sent twice at once: now the other one is there to be found.
            return await self._file(offer, sending)

    async def resolve(self, token: str) -> str:
        """The reference a token stands for, empty while it is not registered; raises ``Unknown``."""
        query = (
            select(Case.reference, Case.state)
            .join(OpenFiling, OpenFiling.case_id == Case.id)
            .where(OpenFiling.token_digest == token_digest(self._db.vault, token))
        )
        async with self._db.read() as session:
            found = (await session.execute(query)).one_or_none()
        if found is None:
            raise Unknown("no_token")
        reference, state = found
        return "" if state == UNREGISTERED else str(reference)

    async def requests(self, wanted: Wanted) -> list[Shown]:
        """Cases that everybody may see."""
        async with self._db.read() as session:
            return await listing.requests(session, self._db.vault, wanted)

    async def request(self, asked: Asked) -> Shown:
        """One case; raises ``Unknown`` where there is none or it is not for this viewer.

        Whoever gives a wrong code is told that, too; too many of them lock it: ``Locked``.
        """
        if asked.code:
            await self._check_lock(asked)
        async with self._db.read() as session:
            found = await self._seen(session, asked)
        if found is None:
            if asked.code:
                await self._count_failure(asked)
            raise Unknown("no_request", reference=asked.reference)
        return found

    async def updates(self, wanted: UpdatesWanted, peer: Peer | None) -> list[Update]:
        """What happened to the cases everybody may see, or this system has filed."""
        async with self._db.read() as session:
            return await updates.updates(session, self._db.vault, wanted, self.on_offer, peer)

    async def take(self, peer: Peer, sent: Sent) -> None:
        """Add an update; raises ``Unknown`` and ``BadRequest``."""
        try:
            await self._take(peer, sent)
        except (CaseChanged, IntegrityError):
            # Somebody was quicker, by a step or by this very update.
            await self._take(peer, sent)

    async def _file(self, offer: Offer, sending: Sending) -> Filed:
        async with self._db.write() as session:
            return await intake.file(session, self._db.vault, offer, sending)

    async def _take(self, peer: Peer, sent: Sent) -> None:
        async with self._db.write() as session:
            await updates.take(session, self._db.vault, sent, self.on_offer, peer)

    async def _seen(self, session: AsyncSession, asked: Asked) -> Shown | None:
        vault = self._db.vault
        case = await session.scalar(select(Case).where(Case.reference == tidy(asked.reference)))
        given = code_digest(vault, asked.reference, asked.code)
        offer = self.on_offer.by_kind(case.kind) if case else None
        if case is None or offer is None or offer.answers is Answers.BLACKBOX:
            return None
        own = hmac.compare_digest(case.code_digest, given)
        if not own and (asked.code or not offer.public):
            return None
        near = await beside(
            session, await seals_of(session, vault, [case]), [case], noted=asked.noted
        )
        return shown(case, offer, Sight.OWN if own else sight_of(case), near)

    async def _check_lock(self, asked: Asked) -> None:
        # Counted by reference alone: behind a proxy all other systems have one address.
        subject = reference_digest(self._db.vault, asked.reference)
        async with self._db.read() as session:
            until = await locked_until(
                session, subject_digest=subject, contact_id=subject, now=self._clock()
            )
        if until is not None:
            raise Locked(until)

    async def _count_failure(self, asked: Asked) -> None:
        subject = reference_digest(self._db.vault, asked.reference)
        async with self._db.write() as session:
            await count_failure(
                session, self._db.vault, asked.reference, subject, now=self._clock()
            )
