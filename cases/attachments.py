"""Files that belong to a case: looked at, cleaned, sealed, laid into the store, and swept away again."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.errors import FileGone, FileNotKept, FileRefused
from cases.models import Case, CaseAttachment, UploadRecord
from cases.orders import KeptFile
from cases.persons import seals_of
from cases.pictures import cleaned
from cases.sniffing import PICTURES, FileType, safe_name, sniff
from db.encryption import KEY_BYTES, Vault
from db.engine import Database
from db.store import Store

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 20
# A file is laid into the store before its event is committed; younger ones may still wait for theirs.
GRACE = timedelta(days=1)
# What a file's own key is called in front of the ciphertext.
OWN_KEY = "file"
# One picture after the other: a large one takes a second of a core and 300 MB of memory.
_CLEANING = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came in; ``stage`` is before, after or empty."""

    content: bytes
    name: str
    stage: str = ""
    from_citizen: bool = True


async def lay(store: Store, upload: Upload) -> KeptFile:
    """Look at a file, take out of a picture what is not of it, seal it and lay it into the store.

    It gets a key of its own, which goes with whoever refers to the file: handing it from a
    conversation to a case means sealing that key anew, not the file. Raises ``FileRefused`` with the
    reason and ``FileNotKept``.
    """
    kind = checked(upload.content)
    content = upload.content
    if kind in PICTURES:
        loop = asyncio.get_running_loop()
        content = await loop.run_in_executor(_CLEANING, cleaned, content, kind)
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    return KeptFile(
        address=await asyncio.to_thread(_put, store, key, content),
        key=key,
        digest=hashlib.sha256(content).hexdigest(),
        mime=kind.mime,
        size=len(content),
        name=safe_name(upload.name, kind),
        stage=upload.stage,
        from_citizen=upload.from_citizen,
    )


def checked(content: bytes) -> FileType:
    """What a file is; raises ``FileRefused``: empty, too_big, type."""
    if not content:
        raise FileRefused("empty")
    if len(content) > MOST_BYTES:
        raise FileRefused("too_big")
    kind = sniff(content)
    if kind is None:
        raise FileRefused("type")
    return kind


async def room_in(session: AsyncSession, case: Case) -> int:
    """How many files more a case takes."""
    query = select(func.count()).where(
        CaseAttachment.case_id == case.id, CaseAttachment.erased_at.is_(None)
    )
    return max(0, MOST_FILES - (await session.scalar(query) or 0))


async def read(
    session: AsyncSession, vault: Vault, store: Store, case: Case, file: CaseAttachment
) -> tuple[str, bytes]:
    """A file's name and content; raises ``FileGone`` where it was erased or is lost."""
    seals = await seals_of(session, vault, [case])
    sealed = await asyncio.to_thread(store.get, file.address)
    name = seals.open_or_none(file.name_sealed)
    if sealed is None or name is None or file.erased_at:
        raise FileGone
    if file.key_sealed is None:
        content = seals.open_bytes(sealed)
    else:
        key = seals.open_or_none(file.key_sealed)
        content = None if key is None else opened(key, sealed)
    if content is None:
        raise FileGone
    return name, content


def opened(key: str, sealed: bytes) -> bytes:
    """The content of a file that ``lay`` sealed; raises ``Tampered``."""
    return _box(key).open_bytes(sealed)


async def sweep(db: Database, store: Store) -> int:
    """Remove from the store what nobody refers to any more; gives how many files went."""
    async with db.read() as session:
        live = select(CaseAttachment.address).where(CaseAttachment.erased_at.is_(None))
        wanted = {
            *await session.scalars(live),
            *await session.scalars(select(UploadRecord.address)),
        }
    old = GRACE.total_seconds()
    gone = [a for a, age in store.listing() if a not in wanted and age > old]
    for address in gone:
        await asyncio.to_thread(store.delete, address)
    return len(gone)


def _put(store: Store, key: str, content: bytes) -> str:
    try:
        return store.put(_box(key).seal_bytes(content))
    except OSError as error:
        raise FileNotKept from error


def _box(key: str) -> Vault:
    return Vault({OWN_KEY: base64.b64decode(key)}, current=OWN_KEY)
