"""Pictures that come with a clue: cleaned, under no name of their sender's, kept or gone at once."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from cases.attachments import Upload, checked, lay, room_in
from cases.errors import FileNotKept, FileRefused
from cases.models import Case
from cases.orders import KeptFile
from cases.recording import content_digest
from cases.records import attachments_of
from cases.sniffing import PICTURES
from db.encryption import Vault
from db.store import Store

# As many as one form brings: nobody knows who sends them, and all of them pass through memory.
MOST_PICTURES = 3


@dataclass(slots=True)
class Laid:
    """Files in the store; what a case refers to after its commit is to be ``kept``."""

    files: list[KeptFile] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)


@asynccontextmanager
async def laid(store: Store | None, pictures: Sequence[bytes]) -> AsyncIterator[Laid]:
    """Pictures laid into the store; those that nobody kept are taken out again.

    Raises ``FileRefused`` (beside its other reasons “full” for more than ``MOST_PICTURES``) and
    ``FileNotKept``.
    """
    if len(pictures) > MOST_PICTURES:
        raise FileRefused("full")
    if any(checked(content) not in PICTURES for content in pictures):
        # Of other files what their makers wrote into them would stay.
        raise FileRefused("type")
    there = Laid()
    try:
        for content in pictures:
            there.files.append(await _lay(store, content))
        yield there
    finally:
        for file in there.files:
            if store is not None and file.address not in there.kept:
                await asyncio.to_thread(store.delete, file.address)


async def new_to(
    session: AsyncSession, vault: Vault, case: Case, files: Collection[KeptFile]
) -> tuple[KeptFile, ...]:
    """Those that the case has not yet; raises ``FileRefused`` where it has no room for them."""
    known = {file.content_digest for file in await attachments_of(session, case)}
    new = {content_digest(vault, case, file): file for file in files}
    fresh = tuple(file for digest, file in new.items() if digest not in known)
    if len(fresh) > await room_in(session, case):
        raise FileRefused("full")
    return fresh


def digests(pictures: Sequence[bytes]) -> list[str]:
    """What tells one form's pictures from another's."""
    return [hashlib.sha256(content).hexdigest() for content in pictures]


async def _lay(store: Store | None, content: bytes) -> KeptFile:
    if store is None:
        raise FileNotKept
    # What a telephone or a person called it says when it was taken, or by whom.
    return await lay(store, Upload(content=content, name=""))
