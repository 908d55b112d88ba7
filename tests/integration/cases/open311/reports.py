"""Reports of another system, and the steps that follow."""

from __future__ import annotations

from cases.kinds.machine import Actor
from cases.models import Case
from cases.open311.api_keys import PURPOSE, Peer, peer_of
from cases.open311.intake import Sending
from cases.open311.offers import Offer, catalogue
from cases.open311.reports import Report
from cases.orders import Order, Place
from cases.records import find
from cases.service import apply
from db.engine import Database
from tests.integration.cases.filings import RECEIVED

HAZARD = Report(
    district="320508",
    sub_kind="fire",
    description="楼道里堆了纸箱。\r\n王某家的。",
    place=Place(words="某某新村 12 幢", latitude=31.3, longitude=120.6),
    person={"who": "李某", "phone": "13900000000"},
    details={"district": "320508", "sort": "fire", "people": "12"},
)
PETITION = Report(
    district="320508",
    sub_kind="claim",
    description="电梯停用三周。",
    place=Place(words="某某新村", latitude=31.3, longitude=120.6),
    details={"district": "320508"},
)


def offer(code: str) -> Offer:
    found = catalogue().by_code(code)
    assert found is not None
    return found


async def peer(db: Database, key: str) -> Peer:
    async with db.read() as session:
        return await peer_of(session, db.vault.digest(PURPOSE, key))


def sending(by: Peer, report: Report = HAZARD, content: str = "") -> Sending:
    return Sending(peer=by, report=report, content=content or repr(report), at=RECEIVED)


async def case_of(db: Database, reference: str) -> Case:
    async with db.read() as session:
        return await find(session, reference)


async def take(db: Database, reference: str, *commands: str, text: str = "已看过。") -> None:
    async with db.write() as session:
        for command in commands:
            case = await find(session, reference)
            order = Order(command=command, actor=Actor.OFFICER, at=case.updated_at, text=text)
            await apply(session, db.vault, case, order)
