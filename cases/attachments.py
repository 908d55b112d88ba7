"""Files that belong to a case: looked at, sealed, laid into the store, and swept away again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.errors import FileGone, FileRefused
from cases.models import Case, CaseAttachment
from cases.orders import KeptFile
from cases.persons import seals_of
from cases.sniffing import safe_name, sniff
from db.encryption import Vault
from db.engine import Database
from db.store import Store

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 20
# A file is laid into the store before its event is committed; younger ones may still wait for theirs.
GRACE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came in; ``stage`` is before, after or empty."""

    content: bytes
    name: str
    stage: str = ""
    from_citizen: bool = True


async def keep(
    session: AsyncSession, vault: Vault, store: Store, case: Case, upload: Upload
) -> KeptFile:
    """Seal a file and lay it into the store, to be handed to the step it belongs to.

    What a citizen sent is sealed under the filer's own key, so that it goes with that person.
    Raises ``FileRefused`` with the reason: empty, too_big, type, full.
    """
    kind = sniff(upload.content)
    if not upload.content:
        raise FileRefused("empty")
    if len(upload.content) > MOST_BYTES:
        raise FileRefused("too_big")
    if kind is None:
        raise FileRefused("type")
    if await _count(session, case) >= MOST_FILES:
        raise FileRefused("full")
    seals = await seals_of(session, vault, [case])
    person_id = seals.filers.get(case.id) if upload.from_citizen else None
    box = seals.of_filer(case.id) if upload.from_citizen else vault
    if seals.persons.get(person_id or "") is None:
        person_id = None
    content = await asyncio.to_thread(box.seal_bytes, upload.content)
    return KeptFile(
        address=await asyncio.to_thread(store.put, content),
        content_digest=vault.digest("case-file", f"{case.id}\0{upload.content.hex()}"),
        mime=kind.mime,
        size=len(upload.content),
        name_sealed=box.seal(safe_name(upload.name, kind)),
        person_id=person_id,
        stage=upload.stage,
    )


async def read(
    session: AsyncSession, vault: Vault, store: Store, case: Case, file: CaseAttachment
) -> tuple[str, bytes]:
    """A file's name and content; raises ``FileGone`` where it was erased or is lost."""
    seals = await seals_of(session, vault, [case])
    sealed = await asyncio.to_thread(store.get, file.address)
    content = None if sealed is None or file.erased_at else seals.open_bytes(sealed)
    name = seals.open_or_none(file.name_sealed)
    if content is None or name is None:
        raise FileGone
    return name, content


async def sweep(db: Database, store: Store) -> int:
    """Remove from the store what no case refers to any more; gives how many files went."""
    async with db.read() as session:
        live = select(CaseAttachment.address).where(CaseAttachment.erased_at.is_(None))
        wanted = set(await session.scalars(live))
    old = GRACE.total_seconds()
    gone = [a for a, age in store.listing() if a not in wanted and age > old]
    for address in gone:
        await asyncio.to_thread(store.delete, address)
    return len(gone)


async def _count(session: AsyncSession, case: Case) -> int:
    query = select(func.count()).where(
        CaseAttachment.case_id == case.id, CaseAttachment.erased_at.is_(None)
    )
    return await session.scalar(query) or 0
