"""The desk of other systems: who they are, what they ask, who may see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.attempts import CONTACT_WINDOW, TRIES_PER_CONTACT
from cases.desk import StaffDesk
from cases.listing import Wanted
from cases.open311 import api_keys
from cases.open311.api_keys import Peer
from cases.open311.desk import Asked, Open311Desk
from cases.open311.errors import Locked, Unknown, WrongKey
from cases.open311.offers import Answers, catalogue
from db.engine import Database
from tests.integration.cases.filings import (
    FRESH,
    RECEIVED,
    UNTIL_ACCEPTED,
    opened,
)
from tests.integration.cases.filings import (
    PETITION as FROM_CHAT,
)
from tests.integration.cases.open311.reports import HAZARD, PETITION, offer, sending, take
from tests.integration.talk import Hands

WRONG = "AAAAAAAA"


async def number_of(desk: Open311Desk, db: Database, token: str) -> str:
    [row] = await StaffDesk(db, lambda: RECEIVED).list_cases(Wanted())
    await take(db, row.reference, "register")
    return await desk.resolve(token)


async def test_a_system_is_known_by_its_key(db: Database, desk: Open311Desk) -> None:
    key = await api_keys.issue(db, "district-1", now=RECEIVED)

    assert (await desk.peer(key)).name == "district-1"
    for wrong in ("", "x", key[:-1], f"{key} "):
        with pytest.raises(WrongKey):
            await desk.peer(wrong)


def test_what_is_not_offered_says_why_where_there_is_a_reason(desk: Open311Desk) -> None:
    assert desk.offer("hazard").code == "hazard"
    with pytest.raises(Unknown) as refused:
        desk.offer("fraud_report")
    assert "96110" in str(refused.value.fault.values["why"])
    with pytest.raises(Unknown) as unknown:
        desk.offer("nothing")
    assert unknown.value.fault.name == "no_service"


async def test_a_token_becomes_a_number_when_the_petition_is_registered(
    db: Database, desk: Open311Desk, district: Peer
) -> None:
    filed = await desk.file(offer("petition"), sending(district, PETITION))
    assert await desk.resolve(filed.token) == ""

    number = await number_of(desk, db, filed.token)

    assert number.startswith("XF320508")
    with pytest.raises(Unknown):
        await desk.resolve(filed.token[:-1])


async def test_only_the_code_opens_a_petition(
    db: Database, desk: Open311Desk, district: Peer
) -> None:
    filed = await desk.file(offer("petition"), sending(district, PETITION))
    number = await number_of(desk, db, filed.token)

    for code in ("", WRONG):
        with pytest.raises(Unknown):
            await desk.request(Asked(reference=number, code=code))
    own = await desk.request(Asked(reference=number.lower(), code=filed.code.lower(), noted=True))
    assert own.description == PETITION.description
    assert [note.step for note in own.notes] == ["submit", "register"]


async def test_a_petition_from_the_chat_is_opened_by_its_receipt(
    db: Database, desk: Open311Desk
) -> None:
    made = await opened(db, FROM_CHAT, UNTIL_ACCEPTED)

    found = await desk.request(Asked(reference=made.case.reference, code=made.code))

    assert (found.offer.code, found.description) == ("petition", FROM_CHAT.title)


async def test_a_hazard_is_shown_by_its_number_and_told_to_who_has_the_code(
    desk: Open311Desk, district: Peer
) -> None:
    filed = await desk.file(offer("hazard"), sending(district))

    assert (await desk.request(Asked(reference=filed.reference))).description == "消防"
    own = await desk.request(Asked(reference=filed.reference, code=filed.code))
    assert (own.description, own.place) == (HAZARD.description, HAZARD.place.words)
    # Who gives a code means to be the owner: a wrong one is told.
    with pytest.raises(Unknown):
        await desk.request(Asked(reference=filed.reference, code=WRONG))


async def test_guessing_codes_locks_a_case_for_a_while(
    desk: Open311Desk, district: Peer, clock: Hands
) -> None:
    filed = await desk.file(offer("hazard"), sending(district))
    right = Asked(reference=filed.reference, code=filed.code)
    for _ in range(TRIES_PER_CONTACT):
        with pytest.raises(Unknown):
            await desk.request(replace(right, code=WRONG))

    with pytest.raises(Locked) as locked:
        await desk.request(right)
    assert locked.value.until == RECEIVED + CONTACT_WINDOW
    # Without a code it is as public as before.
    assert await desk.request(Asked(reference=filed.reference))
    clock.now = locked.value.until + timedelta(seconds=1)
    assert (await desk.request(right)).description == HAZARD.description


async def test_numbers_that_are_none_cost_as_much_as_wrong_codes(desk: Open311Desk) -> None:
    asked = Asked(reference="XF3205082611200000099", code=WRONG)
    for _ in range(TRIES_PER_CONTACT):
        with pytest.raises(Unknown):
            await desk.request(asked)
    with pytest.raises(Locked):
        await desk.request(asked)


async def test_a_kind_in_a_black_box_is_shown_to_nobody(db: Database, clock: Hands) -> None:
    made = await opened(db, replace(FRESH, at=RECEIVED))
    offered = catalogue()
    silent = replace(
        offered,
        offers=tuple(replace(o, answers=Answers.BLACKBOX) for o in offered.offers),
    )
    desk = Open311Desk(db, clock, lambda: silent)

    with pytest.raises(Unknown):
        await desk.request(Asked(reference=made.case.reference, code=made.code))
