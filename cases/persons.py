"""Who is in a case, kept apart from it: each person's words under a key of that person's own.

Erasing a person destroys the key. What was sealed under it can be read no more, in the database,
in backups and in the store of attachments; the chain of events, which covers the sealed form, stays whole.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from cases.counsel.models import CaseSide
from cases.models import Case, CaseAttachment, CasePerson
from cases.wording import wording
from db.base import new_id
from db.encryption import KEY_BYTES, Vault

_PERSONS = (
    select(CasePerson)
    .where(CasePerson.case_id.in_(bindparam("cases", expanding=True)))
    .order_by(CasePerson.id)
)


class Role(StrEnum):
    """What somebody is in a case."""

    FILER = "filer"
    REPRESENTATIVE = "representative"
    VICTIM = "victim"
    OTHER_PARTY = "other_party"
    MEDIATOR = "mediator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody to be put into a case; ``block`` holds name, address, telephone … by field."""

    role: Role = Role.FILER
    block: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seals:
    """What opens and seals the texts of some cases: the vault, and their persons' own keys.

    ``persons`` maps a person's id to the key, None once destroyed; ``filers`` a case to the person
    who filed it.
    """

    vault: Vault
    persons: Mapping[str, Vault | None]
    filers: Mapping[str, str]

    def open(self, sealed: str) -> str:
        """The text; what stands in its place where its person was erased."""
        box = self._box(sealed.partition(":")[0])
        return wording().erased if box is None else box.open(sealed)

    def open_or_none(self, sealed: str | None) -> str | None:
        """The text, or None where there is none or its person was erased."""
        if sealed is None:
            return None
        box = self._box(sealed.partition(":")[0])
        return None if box is None else box.open(sealed)

    def open_bytes(self, sealed: bytes) -> bytes | None:
        """A file's content, or None where its person was erased."""
        box = self._box(sealed.partition(b":")[0].decode(errors="replace"))
        return None if box is None else box.open_bytes(sealed)

    def of_filer(self, case_id: str) -> Vault:
        """What seals the words of whoever filed the case; the vault where that is nobody."""
        return self.persons.get(self.filers.get(case_id, "")) or self.vault

    def is_erased(self, case_id: str) -> bool:
        """Whether whoever filed the case was erased from it."""
        filer = self.filers.get(case_id)
        return filer is not None and self.persons[filer] is None

    def _box(self, key_id: str) -> Vault | None:
        return self.persons.get(key_id, self.vault)


def new_person(
    vault: Vault, case_id: str, party: Party, *, contact_id: str | None, at: datetime
) -> tuple[CasePerson, Vault]:
    """A person's record with a fresh key, and what seals under it."""
    person_id, key = new_id(), secrets.token_bytes(KEY_BYTES)
    box = Vault({person_id: key}, current=person_id)
    block = json.dumps(dict(party.block), ensure_ascii=False)
    person = CasePerson(
        id=person_id,
        case_id=case_id,
        contact_id=contact_id,
        role=party.role,
        key_sealed=vault.seal(base64.b64encode(key).decode()),
        block_sealed=box.seal(block),
        created_at=at,
    )
    return person, box


async def seals_of(session: AsyncSession, vault: Vault, cases: Iterable[Case]) -> Seals:
    """What opens the texts of these cases."""
    asked = {"cases": [case.id for case in cases]}
    return seals_with(vault, (await session.scalars(_PERSONS, asked)).all())


def seals_with(vault: Vault, persons: Collection[CasePerson]) -> Seals:
    """What opens the texts of the cases that these persons are all of."""
    return Seals(
        vault=vault,
        persons={p.id: _box_of(vault, p) for p in persons},
        filers={p.case_id: p.id for p in persons if p.role == Role.FILER},
    )


async def blocks_of(
    session: AsyncSession, vault: Vault, case: Case
) -> tuple[tuple[Role, Mapping[str, str]], ...]:
    """Everybody in a case who is not erased, with what is known of them; for staff."""
    query = select(CasePerson).where(CasePerson.case_id == case.id).order_by(CasePerson.id)
    found = []
    for person in await session.scalars(query):
        box = _box_of(vault, person)
        if box is not None and person.block_sealed is not None:
            found.append((Role(person.role), json.loads(box.open(person.block_sealed))))
    return tuple(found)


async def erase_persons(
    session: AsyncSession, case_ids: Collection[str], *, now: datetime
) -> tuple[str, ...]:
    """Destroy the keys and blocks of everybody in these cases; gives the persons erased.

    Nobody is told again by their names; their attachments are gone with the keys, and the store's
    files at the next sweep.
    """
    query = (
        update(CasePerson)
        .where(CasePerson.case_id.in_(list(case_ids)), CasePerson.key_sealed.is_not(None))
        .values(key_sealed=None, block_sealed=None, erased_at=now)
        .returning(CasePerson.id)
        .execution_options(synchronize_session=False)
    )
    erased = tuple((await session.scalars(query)).all())
    await session.execute(
        delete(CaseSide)
        .where(CaseSide.case_id.in_(list(case_ids)))
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        update(CaseAttachment)
        .where(CaseAttachment.person_id.in_(erased), CaseAttachment.erased_at.is_(None))
        .values(erased_at=now)
        .execution_options(synchronize_session=False)
    )
    return erased


def _box_of(vault: Vault, person: CasePerson) -> Vault | None:
    if person.key_sealed is None:
        return None
    key = base64.b64decode(vault.open(person.key_sealed))
    return Vault({person.id: key}, current=person.id)
