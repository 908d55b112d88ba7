"""Files a report of another system as a case; the same report sent again is the same case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Template

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.codes import ALPHABET, LENGTH
from cases.kinds.catalogue import machine_of
from cases.models import Case
from cases.open311.api_keys import Peer
from cases.open311.errors import BadRequest, Fault
from cases.open311.models import OpenFiling
from cases.open311.offers import Answers, Offer
from cases.open311.reports import Report
from cases.opening import LONGEST_TITLE, open_case
from cases.orders import Filing, Place
from cases.persons import Party
from cases.references import Kind
from db.base import new_id
from db.encryption import Vault

TOKEN_LENGTH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What the sender is answered: the reference or the token, or neither; and the code.

    ``notice`` is for people and names them too.
    """

    notice: str
    reference: str = ""
    token: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A report with who sends it and when; ``content`` is all of it in one spelling."""

    peer: Peer
    report: Report
    content: str
    at: datetime


async def file(session: AsyncSession, vault: Vault, offer: Offer, sending: Sending) -> Filed:
    """Open a case in the caller's transaction, or find the one this opened before.

    Raises ``BadRequest`` where the sender's name of it was used for something else.
    """
    known = await _known(session, sending)
    if known is not None:
        return await _again(session, vault, offer, known, sending)
    filing = OpenFiling(id=new_id(), key_id=sending.peer.id, client_id=sending.report.client_id)
    if filing.client_id is not None:
        filing.content_digest = _content_digest(vault, sending)
    if offer.answers is Answers.BATCH:
        filing.token_digest = token_digest(vault, _token(vault, filing))
    opened = await open_case(session, vault, _filing(offer, sending, _code(vault, filing)))
    filing.case_id = opened.case.id
    session.add(filing)
    await session.flush()
    return _told(vault, offer, filing, opened.case)


def token_digest(vault: Vault, token: str) -> str:
    """What is kept of a token."""
    return vault.digest("open311-token-kept", token)


async def _known(session: AsyncSession, sending: Sending) -> OpenFiling | None:
    if sending.report.client_id is None:
        return None
    query = select(OpenFiling).where(
        OpenFiling.key_id == sending.peer.id, OpenFiling.client_id == sending.report.client_id
    )
    return await session.scalar(query)


async def _again(
    session: AsyncSession, vault: Vault, offer: Offer, known: OpenFiling, sending: Sending
) -> Filed:
    if known.content_digest != _content_digest(vault, sending):
        raise BadRequest(Fault(name="id_used", values={"name": "client_id"}))
    return _told(vault, offer, known, await session.get_one(Case, known.case_id))


def _told(vault: Vault, offer: Offer, filing: OpenFiling, case: Case) -> Filed:
    if offer.answers is Answers.BLACKBOX:
        return Filed(notice=offer.notice)
    code = _code(vault, filing)
    notice = Template(offer.notice).substitute(reference=case.reference, code=code)
    if offer.answers is Answers.BATCH:
        return Filed(notice=notice, token=_token(vault, filing), code=code)
    return Filed(notice=notice, reference=case.reference, code=code)


def _filing(offer: Offer, sending: Sending, code: str) -> Filing:
    report, machine = sending.report, machine_of(offer.kind)
    place, details = report.place, dict(report.details)
    if report.description:
        details["story"] = report.description
    if not machine.public:
        # Only what may be published is kept apart from its filer's own key.
        details |= _place_told(place)
        place = Place()
    return Filing(
        kind=Kind(offer.kind),
        sub_kind=report.sub_kind,
        title=_title(report, machine.sub_kind_labels),
        district=report.district,
        at=sending.at,
        words=report.description,
        details=details,
        persons=(Party(block=report.person),),
        place=place,
        author=sending.peer.author,
        code=code,
    )


def _place_told(place: Place) -> dict[str, str]:
    told = {"place": place.words}
    if place.latitude is not None:
        told["point"] = f"{place.latitude}, {place.longitude}"
    return {name: value for name, value in told.items() if value}


def _title(report: Report, labels: Mapping[str, str]) -> str:
    """The first line of what was told, as far as a title goes; what sort it is where nothing was."""
    first = report.description.partition("\n")[0].strip()
    return (first or labels[report.sub_kind])[:LONGEST_TITLE].strip()


def _content_digest(vault: Vault, sending: Sending) -> str:
    return vault.digest("open311-content", sending.content)


# Both follow from the filing's id and the vault's key, so that a repeat can be answered alike though
# neither is kept.
def _token(vault: Vault, filing: OpenFiling) -> str:
    return vault.digest("open311-token", filing.id)[:TOKEN_LENGTH]


def _code(vault: Vault, filing: OpenFiling) -> str:
    drawn, code = int(vault.digest("open311-code", filing.id), 16), ""
    for _ in range(LENGTH):
        drawn, letter = divmod(drawn, len(ALPHABET))
        code += ALPHABET[letter]
    return code
