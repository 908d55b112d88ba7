"""Files that wait for their case: taken in, shown to their sender, handed over, forgotten, purged."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from cases.attachments import Upload, checked, lay, opened
from cases.errors import FileGone, FileRefused
from cases.models import UploadRecord
from cases.orders import KeptFile
from cases.sniffing import PICTURES
from conversations.inbox import find_thread, open_thread
from core.clock import Clock
from core.messages import Attachment, Identity
from db.base import new_id
from db.encryption import Vault
from db.engine import Database
from db.store import Store

KEPT_FOR = timedelta(days=7)
# Ten messages full of pictures; whoever wants to fill the disk needs a new name for more.
MOST_WAITING = 90
PURPOSE = "upload"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a picture is and what it shows, for whoever may see it."""

    mime: str
    content: bytes


class UploadDesk:
    """Takes pictures from citizens and shows them again to those who may see them."""

    def __init__(self, db: Database, store: Store, *, clock: Clock) -> None:
        self._db = db
        self._store = store
        self._clock = clock

    async def take(self, who: Identity, content: bytes, name: str) -> Attachment:
        """Keep a picture for a conversation, opened if need be; the same one twice is one.

        Raises ``FileRefused`` (beside its other reasons “full” when too many wait already) and
        ``FileNotKept``.
        """
        if checked(content) not in PICTURES:
            raise FileRefused("type")
        thread = await open_thread(self._db, who, now=self._clock())
        async with self._db.read() as session:
            if await _waiting(session, thread.conversation_id, self._clock()) >= MOST_WAITING:
                raise FileRefused("full")
        file = await lay(self._store, Upload(content=content, name=name))
        async with self._db.write() as session:
            kept = await _keep(
                session, self._db.vault, thread.conversation_id, file, now=self._clock()
            )
        if kept.address != file.address:
            await asyncio.to_thread(self._store.delete, file.address)
        return as_attachment(kept)

    async def find(self, who: Identity, ids: Sequence[str]) -> list[Attachment]:
        """Those of these pictures that somebody sent and that are kept, in the order asked for."""
        async with self._db.read() as session:
            found = await self._of(session, who, ids)
        return [as_attachment(found[one]) for one in ids if one in found]

    async def show(self, who: Identity, upload_id: str) -> Picture:
        """A picture to whoever sent it; raises ``FileGone`` for everybody else."""
        async with self._db.read() as session:
            found = await self._of(session, who, [upload_id])
        return await self._opened(found.get(upload_id))

    async def show_staff(self, conversation_id: str, upload_id: str) -> Picture:
        """A picture of a conversation to whoever holds it; raises ``FileGone``."""
        async with self._db.read() as session:
            found = await _living(session, conversation_id, [upload_id], self._clock())
        return await self._opened(found.get(upload_id))

    async def purge(self) -> int:
        """Delete what waited its week or was forgotten; gives how many files that were.

        What a case has taken over stays in the store.
        """
        async with self._db.write() as session:
            rows = await session.execute(
                delete(UploadRecord)
                .where(UploadRecord.expires_at <= self._clock())
                .returning(UploadRecord.address, UploadRecord.used_at)
            )
            gone = [address for address, used_at in rows if used_at is None]
        for address in gone:
            await asyncio.to_thread(self._store.delete, address)
        return len(gone)

    async def _of(
        self, session: AsyncSession, who: Identity, ids: Sequence[str]
    ) -> dict[str, UploadRecord]:
        thread = await find_thread(session, self._db.vault, who)
        return (
            {}
            if thread is None
            else await _living(session, thread.conversation_id, ids, self._clock())
        )

    async def _opened(self, record: UploadRecord | None) -> Picture:
        if record is None or record.key_sealed is None:
            raise FileGone
        sealed = await asyncio.to_thread(self._store.get, record.address)
        if sealed is None:
            raise FileGone
        key = self._db.vault.open(record.key_sealed)
        return Picture(mime=record.mime, content=await asyncio.to_thread(opened, key, sealed))


async def claim(
    session: AsyncSession, vault: Vault, conversation_id: str, ids: Sequence[str], *, now: datetime
) -> tuple[KeptFile, ...]:
    """Hand files over to a case, in the caller's transaction; what is gone already is left out."""
    if not ids:
        return ()
    taken = (
        update(UploadRecord)
        .where(*_is_living(conversation_id, ids, now))
        .values(used_at=now)
        .returning(UploadRecord)
        .execution_options(synchronize_session=False)
    )
    # One statement: a purge at the same time has either taken the file before, or leaves it.
    found = {record.id: record for record in await session.scalars(taken)}
    return tuple(_as_kept(vault, found[one]) for one in dict.fromkeys(ids) if one in found)


async def forget(session: AsyncSession, conversation_id: str, *, now: datetime) -> None:
    """Destroy the keys of all files of a conversation; the next purge takes the files.

    What a case has taken over has a key there, which goes with the person who filed it.
    """
    await session.execute(
        update(UploadRecord)
        .where(UploadRecord.conversation_id == conversation_id)
        .values(key_sealed=None, name_sealed=None, expires_at=now)
        .execution_options(synchronize_session=False)
    )


def as_attachment(record: UploadRecord) -> Attachment:
    """A file as messages carry it."""
    return Attachment(kind="image", upload=record.id, mime=record.mime, size=record.size)


async def _keep(
    session: AsyncSession, vault: Vault, conversation_id: str, file: KeptFile, *, now: datetime
) -> UploadRecord:
    """The record of a file: a new one, or that of the same file sent before."""
    digest = vault.digest(PURPOSE, f"{conversation_id}\0{file.digest}")
    same = select(UploadRecord).where(
        *_is_waiting(conversation_id, now), UploadRecord.digest == digest
    )
    known = await session.scalar(same.limit(1))
    if known is not None:
        # Who sends it again wants it again: its week begins anew.
        known.expires_at = now + KEPT_FOR
        return known
    record = UploadRecord(
        id=new_id(),
        conversation_id=conversation_id,
        address=file.address,
        digest=digest,
        mime=file.mime,
        size=file.size,
        key_sealed=vault.seal(file.key),
        name_sealed=vault.seal(file.name),
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    session.add(record)
    return record


async def _waiting(session: AsyncSession, conversation_id: str, now: datetime) -> int:
    query = select(func.count(UploadRecord.id)).where(*_is_waiting(conversation_id, now))
    return await session.scalar(query) or 0


async def _living(
    session: AsyncSession, conversation_id: str, ids: Sequence[str], now: datetime
) -> dict[str, UploadRecord]:
    query = select(UploadRecord).where(*_is_living(conversation_id, ids, now))
    return {record.id: record for record in await session.scalars(query)}


def _is_waiting(conversation_id: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    here = UploadRecord.conversation_id == conversation_id
    return here, UploadRecord.used_at.is_(None), UploadRecord.expires_at > now


def _is_living(
    conversation_id: str, ids: Sequence[str], now: datetime
) -> tuple[ColumnElement[bool], ...]:
    here = UploadRecord.conversation_id == conversation_id
    return here, UploadRecord.id.in_(list(ids)), UploadRecord.expires_at > now


def _as_kept(vault: Vault, record: UploadRecord) -> KeptFile:
    # What lives has both: forgetting ends its time with them.
    key, name = record.key_sealed or "", record.name_sealed or ""
    return KeptFile(
        address=record.address,
        key=vault.open(key),
        digest=record.digest,
        mime=record.mime,
        size=record.size,
        name=vault.open(name),
    )
