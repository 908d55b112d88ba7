"""The addresses beyond what GeoReport promises: keys, limits, forms, extensions."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from bot.web.open311.handlers import NOT_CONTENT, _content
from cases.models import Case
from db.engine import Database
from tests.integration.bot.web.open311.peers import (
    FIELDS,
    PETITION,
    UPDATE,
    Endpoint,
    System,
    open_endpoint,
)
from tests.integration.talk import Hands

resolve: Any = socket.getaddrinfo  # Any: as the standard library has it


async def test_whoever_calls_too_often_waits_and_others_do_not(
    database: Database, hands: Hands
) -> None:
    async with open_endpoint(database, hands, calls_a_minute=3) as endpoint:
        other = await endpoint.other("district-2")
        answers = [(await endpoint.system.post(FIELDS)).status for _ in range(4)]

        assert answers == [200] * 3 + [429]
        assert (await other.post(FIELDS)).status == 200
        assert (await endpoint.system.get("requests.json")).status == 200


async def test_the_code_is_told_to_programs_only_when_asked_for(system: System) -> None:
    [plain] = (await system.post(FIELDS)).json
    [extended] = (await system.post({**FIELDS, "extensions": "true"})).json

    assert "extended_attributes" not in plain
    assert extended["extended_attributes"]["query_code"] in extended["service_notice"]


async def test_an_account_is_echoed_and_not_kept(endpoint: Endpoint) -> None:
    fields = {**FIELDS, "account_id": "acc-7", "device_id": "dev-7"}
    [filed] = (await endpoint.system.post(fields)).json

    assert filed["account_id"] == "acc-7"
    sheet = str(await endpoint.sheet(filed["service_request_id"]))
    assert "acc-7" not in sheet
    assert "dev-7" not in sheet


async def test_the_person_is_for_staff_alone(endpoint: Endpoint) -> None:
    filed = await endpoint.system.filed({**PETITION, "attribute[home]": "某某新村"})
    async with endpoint.db.read() as session:
        number = str(await session.scalar(select(Case.reference)))
    code = filed["extended_attributes"]["query_code"]

    sheet = await endpoint.sheet(number)
    assert sheet.persons[0][1] == {"who": "王小明", "phone": "13900000000", "home": "某某新村"}
    own = await endpoint.system.both(f"requests/{number}", code=code, extensions="true")
    assert "13900000000" not in str(own)
    assert "王小明" not in str(own)


async def test_a_file_in_the_form_is_refused_with_what_to_do(system: System) -> None:
    form = aiohttp.FormData({**FIELDS, "api_key": system.key})
    form.add_field("media", b"\xff\xd8\xff", filename="a.jpg", content_type="image/jpeg")
    async with system.http.post(f"{system.url}/requests.json", data=form) as answer:
        assert answer.status == 400
        assert "media_url" in await answer.text()


async def test_what_is_not_utf_8_is_refused(system: System) -> None:
    for body in (b"description=\xff\xfe", "描述=乱".encode("gb18030"), b"a=%ff"):
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        url = f"{system.url}/requests.json"
        async with system.http.post(url, data=body, headers=kind) as answer:
            assert answer.status == 400


async def test_the_jurisdiction_may_stand_in_the_address_or_the_form(system: System) -> None:
    path = "requests.json?jurisdiction_id=320500"
    assert (await system.post(FIELDS, path=path)).status == 200
    assert (await system.post({**FIELDS, "jurisdiction_id": "320500"})).status == 200
    assert (await system.post({**FIELDS, "jurisdiction_id": "boston"})).status == 404


async def test_too_many_wrong_codes_are_told_until_when(endpoint: Endpoint) -> None:
    number = (await endpoint.system.filed())["service_request_id"]
    answers = [
        await endpoint.system.get(f"requests/{number}.json", code="AAAAAAAA") for _ in range(6)
    ]

    assert [answer.status for answer in answers] == [404] * 5 + [429]
    assert "2026-11-20T12:30:00+08:00" in answers[-1].text


async def test_an_update_comes_to_the_case_and_only_from_its_sender(endpoint: Endpoint) -> None:
    number = (await endpoint.system.filed())["service_request_id"]
    path, sent = "servicerequestupdates.json", {**UPDATE, "service_request_id": number}
    other = await endpoint.other("district-2")

    assert (await endpoint.system.post(sent, path=path)).json == [{"update_id": "u-1"}]
    assert (await endpoint.system.post(sent, path=path)).json == [{"update_id": "u-1"}]
    assert (await other.post(sent, path=path)).status == 404
    assert (await replace(other, key="x").post(sent, path=path)).status == 403
    unknown = {**sent, "service_request_id": "YH1"}
    assert (await endpoint.system.post(unknown, path=path)).status == 404
    sheet = await endpoint.sheet(number)
    assert [entry.words for entry in sheet.entries[1:]] == ["[open] 又堆了新的纸箱。"]


def test_what_a_report_says_does_not_hang_on_the_order_of_its_fields() -> None:
    one = {"a": ["1"], "b": ["2", "3"], "api_key": ["k"], "extensions": ["true"]}
    other = {"b": ["2", "3"], "api_key": ["another"], "a": ["1"]}

    assert _content(one) == _content(other)
    assert _content(one) != _content(other | {"b": ["3", "2"]})
    assert "api_key" in NOT_CONTENT


async def test_pictures_that_staff_made_public_are_shown(endpoint: Endpoint) -> None:
    number = str((await endpoint.system.filed())["service_request_id"])
    await endpoint.take(number, "accept")
    await endpoint.take(number, "assign", "report_done")
    [before] = await endpoint.system.both("requests", extensions="true")
    picture = await endpoint.publish(number)

    [listed] = await endpoint.system.both("requests", extensions="true")
    [one] = await endpoint.system.both(f"requests/{number}")

    url = f"https://example.org/hazards/{number}/photos/{picture}"
    assert (before["media_url"], before["media_urls"]) == (None, [])
    assert (listed["media_url"], listed["media_urls"], one["media_url"]) == (url, [url], url)


async def test_the_address_of_a_picture_is_for_staff_alone(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def noted(host: object, *more: Any, **named: Any) -> Any:  # Any: as the real one has it
        looked.append(str(host))
        return resolve(host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    link = "https://pictures.example/a/1.jpg"
    filed = await endpoint.system.filed({**FIELDS, "media_url": link})
    number = str(filed["service_request_id"])
    code = filed["extended_attributes"]["query_code"]
    await endpoint.take(number, "accept")

    told = [
        await endpoint.system.both("requests", extensions="true"),
        await endpoint.system.both(f"requests/{number}", code=code, extensions="true"),
        await endpoint.system.both("servicerequestupdates", api_key=endpoint.system.key),
    ]

    assert (await endpoint.sheet(number)).details["media_url"] == link
    assert "pictures.example" not in str([filed, told])
    assert "pictures.example" not in looked
