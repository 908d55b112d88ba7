"""What the endpoint promises to other systems, one test a promise."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from sqlalchemy import func, select

from bot.web.open311.asking import JURISDICTION
from cases.models import Case
from cases.open311.moments import written
from cases.open311.offers import Answers, Catalogue, catalogue
from cases.records import verify
from db.engine import Database
from tests.integration.bot.web.open311 import schemas
from tests.integration.bot.web.open311.foreign import georeport, three
from tests.integration.bot.web.open311.peers import (
    FIELDS,
    PETITION,
    UPDATE,
    Endpoint,
    System,
    open_endpoint,
)
from tests.integration.bot.web.open311.schemas import check
from tests.integration.talk import Hands

STRANGE = "工人路 8 号 🏚️ <西> & \"东\" 'B' 座\r\n二楼\t走廊"


@pytest.fixture(autouse=True)
def straight(monkeypatch: pytest.MonkeyPatch) -> None:
    """The foreign clients reach the test's server without a proxy."""
    monkeypatch.setenv("NO_PROXY", "*")


async def seen(endpoint: Endpoint, **fields: str) -> str:
    """The number of a hazard that was filed and found to be there."""
    filed = await endpoint.system.filed({**FIELDS, **fields})
    reference = str(filed["service_request_id"])
    await endpoint.take(reference, "accept")
    return reference


async def count(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(Case)) or 0


def described(answer: Any) -> str:  # Any: an answer
    return " ".join(error["description"] for error in answer.json)


def with_blackbox() -> Catalogue:
    """The services with one that answers nothing, on a kind that would else be public."""
    offered = catalogue()
    hazard = next(offer for offer in offered.offers if offer.code == "hazard")
    silent = replace(hazard, answers=Answers.BLACKBOX, code="silent", notice="已收到。")
    return replace(offered, offers=(*(o for o in offered.offers if o.kind != hazard.kind), silent))


async def test_01_discovery_is_complete_in_both_formats(system: System) -> None:
    body = await system.both("discovery")

    check(schemas.DISCOVERY, body)
    assert datetime.fromisoformat(body["changeset"]) < datetime.now().astimezone()
    assert body["endpoints"][0]["formats"] == ["application/json", "text/xml"]


@pytest.mark.parametrize("as_format", ["json", "xml"])
async def test_02_georeport_reads_everything(endpoint: Endpoint, as_format: str) -> None:
    references = [await seen(endpoint), await seen(endpoint, description="灭火器过期了。")]
    window = {"start_date": written(endpoint.clock() - timedelta(days=1))}
    client = georeport(endpoint.system.url, as_format)

    services, definition, listed, one = await asyncio.to_thread(
        lambda: (
            client.get_service_list(),
            client.get_service_definition("hazard"),
            client.get_service_requests(**window),
            client.get_service_request(references[0]),
        )
    )

    assert [s["service_code"] for s in services][:2] == ["hazard", "petition"]
    assert services[0]["service_name"] == "安全隐患"
    attributes = definition["attributes"]
    if as_format == "xml":
        attributes = attributes["attribute"]
    assert [a["code"] for a in attributes][:3] == ["danger", "district", "sort"]
    assert {r["service_request_id"] for r in listed} == set(references)
    assert one["service_request_id"] == references[0]
    assert float(one["lat"]) == 31.3117
    assert one["address"] == FIELDS["address_string"]


async def test_03_three_discovers_posts_and_resolves_a_token(endpoint: Endpoint) -> None:
    client = three(endpoint.system.url, endpoint.system.key)
    hazard = {k: v for k, v in FIELDS.items() if k != "service_code"}
    petition = {k: v for k, v in PETITION.items() if k != "service_code"}

    found, [filed], [asked] = await asyncio.to_thread(
        lambda: (
            client.discovery(),
            client.post("hazard", **hazard),
            client.post("petition", **petition),
        )
    )
    [waiting] = await asyncio.to_thread(client.token, asked["token"])
    async with endpoint.db.read() as session:
        number = await session.scalar(select(Case.reference).where(Case.kind == "XF"))
    assert number is not None
    await endpoint.take(number, "register")
    [resolved] = await asyncio.to_thread(client.token, asked["token"])
    [one] = await asyncio.to_thread(client.request, filed["service_request_id"])

    assert found["endpoints"][0]["url"].endswith("/open311/v2")
    assert waiting == {"service_request_id": "", "token": asked["token"]}
    assert resolved == {"service_request_id": number, "token": asked["token"]}
    assert (one["status"], one["service_code"]) == ("open", "hazard")


async def test_04_every_body_is_as_its_schema_says(endpoint: Endpoint) -> None:
    system = endpoint.system
    reference = await seen(endpoint)
    token = (await system.filed(PETITION))["token"]

    check(schemas.SERVICES, await system.both("services"))
    for code in ("hazard", "petition"):
        check(schemas.DEFINITION, await system.both(f"services/{code}"))
    check(schemas.POSTED, (await system.post(FIELDS)).json)
    check(schemas.POSTED, (await system.post(PETITION)).json)
    check(schemas.TOKEN, await system.both(f"tokens/{token}"))
    check(schemas.REQUESTS, await system.both("requests"))
    check(schemas.REQUESTS, await system.both(f"requests/{reference}"))
    check(schemas.EXTENDED_REQUESTS, await system.both("requests", extensions="true"))
    check(schemas.UPDATES, await system.both("servicerequestupdates", api_key=system.key))
    sent = UPDATE | {"service_request_id": reference}
    check(schemas.TAKEN, (await system.post(sent, path="servicerequestupdates.json")).json)
    for path in ("services/nothing.json", "requests/nothing.json", "nowhere.json"):
        check(schemas.ERRORS, (await system.get(path)).json)
    check(schemas.ERRORS, (await system.post({})).json)


async def test_06_a_list_of_one_is_a_list(endpoint: Endpoint) -> None:
    reference = await seen(endpoint)
    posted = await endpoint.system.post(FIELDS)

    for path in ("requests", f"requests/{reference}"):
        body = await endpoint.system.both(path)
        assert [request["service_request_id"] for request in body] == [reference]
    assert isinstance(posted.json, list)


async def test_07_a_list_of_none_can_be_read(system: System) -> None:
    assert await system.both("requests") == []

    root = fromstring((await system.get("requests.xml")).text.encode())
    assert (root.tag, len(root), root.text) == ("service_requests", 0, None)


async def test_08_characters_of_every_kind_come_back_as_they_were_sent(endpoint: Endpoint) -> None:
    filed = await endpoint.system.filed(
        {**FIELDS, "address_string": STRANGE, "description": STRANGE}
    )
    reference, code = filed["service_request_id"], filed["extended_attributes"]["query_code"]
    await endpoint.take(reference, "accept")

    [public] = await endpoint.system.both(f"requests/{reference}")
    [own] = await endpoint.system.both(f"requests/{reference}", code=code)

    assert public["address"] == STRANGE
    assert (own["address"], own["description"]) == (STRANGE, STRANGE)


async def test_09_control_characters_are_left_out(endpoint: Endpoint) -> None:
    reference = await seen(endpoint, address_string="平\x00江\x0b路\x1f 8\x7f 号\ufffe\x85")

    [shown] = await endpoint.system.both(f"requests/{reference}")

    assert shown["address"] == "平江路 8 号"


@pytest.mark.parametrize("ending", ["json", "xml"])
async def test_10_errors_have_the_status_that_belongs_to_them(
    endpoint: Endpoint, ending: str
) -> None:
    system = endpoint.system
    gone = await endpoint.other("gone")
    answers = {
        400: [
            await system.post({**FIELDS, "lat": "north"}, path=f"requests.{ending}"),
            await system.get(f"requests.{ending}", status="fixed"),
            await system.get(f"requests.{ending}", page="0"),
        ],
        403: [
            await system.post({**FIELDS, "api_key": ""}, path=f"requests.{ending}"),
            await replace(gone, key="x").post(FIELDS, path=f"requests.{ending}"),
            await system.get(f"servicerequestupdates.{ending}", api_key="x"),
        ],
        404: [
            await system.get(f"services/nothing.{ending}"),
            await system.get(f"services.{ending}", jurisdiction_id="320100"),
            await system.get(f"requests.{ending}", service_code="nothing"),
            await system.get(f"requests/YH320508261120000009A.{ending}"),
            await system.get(f"tokens/{'0' * 32}.{ending}"),
            await system.get(f"nowhere.{ending}"),
            await system.post({**FIELDS, "service_code": "nothing"}, path=f"requests.{ending}"),
        ],
    }

    for status, given_answers in answers.items():
        for answer in given_answers:
            errors = answer.json if ending == "json" else answer.spark
            assert (answer.status, str(errors[0]["code"])) == (status, str(status))
            assert errors[0]["description"]
    mimes = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
    assert {a.mime for group in answers.values() for a in group} == {mimes[ending]}


async def test_11_an_empty_parameter_is_as_good_as_none(endpoint: Endpoint) -> None:
    reference = await seen(endpoint, jurisdiction_id="", media_url=" ", email="", client_id="")
    empty = dict.fromkeys(("service_request_id", "service_code", "start_date", "end_date"), "")

    [listed] = await endpoint.system.both("requests", **empty, status="", page="", page_size=" ")

    assert listed["service_request_id"] == reference
    again = await endpoint.system.both("requests", jurisdiction_id=JURISDICTION)
    assert again == [listed]


@pytest.mark.parametrize("name", ["attribute[at_risk][]", "attribute[at_risk]"])
async def test_12_a_list_is_answered_by_the_name_again_and_again(
    endpoint: Endpoint, name: str
) -> None:
    answer = await endpoint.system.post({**FIELDS, name: ["children", "elderly", "children"]})

    assert answer.status == 200
    sheet = await endpoint.sheet(answer.json[0]["service_request_id"])
    assert sheet.details["at_risk"] == "小孩、老人"


async def test_13_a_missing_answer_is_named_and_an_unasked_one_ignored(system: System) -> None:
    nothing = {"attribute[district]": "", "address_string": ""}
    refused = await system.post({**FIELDS, **nothing})
    taken = await system.post({**FIELDS, "attribute[colour]": "red"})

    assert (refused.status, taken.status) == (400, 200)
    assert [e["description"] for e in refused.json] == ["缺 attribute[district]。"]


async def test_13_the_address_may_say_the_district_instead(endpoint: Endpoint) -> None:
    said = await endpoint.system.filed(
        {**FIELDS, "attribute[district]": "", "address_string": "昆山市某某路 8 号"}
    )

    assert said["service_request_id"].startswith("YH320583")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("attribute[sort]", "ghost"),
        ("attribute[sort]", ["fire", "gas"]),
        ("attribute[at_risk]", "ghosts"),
        ("attribute[people]", "many"),
        ("attribute[seen_at]", "2026-11-20"),
    ],
)
async def test_14_a_value_that_is_not_on_the_list_is_refused(
    endpoint: Endpoint, name: str, value: str | list[str]
) -> None:
    answer = await endpoint.system.post({**FIELDS, name: value})

    assert answer.status == 400
    assert name in described(answer)
    assert await count(endpoint.db) == 0


@pytest.mark.parametrize("missing", ["lat", "long"])
async def test_15_half_a_point_is_refused(system: System, missing: str) -> None:
    answer = await system.post({**FIELDS, missing: ""})

    assert (answer.status, described(answer)) == (400, "lat 和 long 要一起给。")


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("39.9", "116.4"), ("120.62", "31.31"), ("32.11", "120"), ("31.3", "119.89"), ("0", "0")],
)
async def test_16_a_point_outside_suzhou_is_refused_with_a_reason(
    system: System, latitude: str, longitude: str
) -> None:
    answer = await system.post({**FIELDS, "lat": latitude, "long": longitude})

    assert answer.status == 400
    assert "不在苏州" in described(answer)


async def test_17_a_description_has_4000_characters_at_most_and_no_html(system: System) -> None:
    async def status(text: str) -> int:
        return (await system.post({**FIELDS, "description": text})).status

    assert await status("堵" * 4000) == 200
    assert await status("堵" * 4001) == 400
    assert await status("<b>堵</b>") == 400
    assert await status("宽 <1 米，高 >2 米，3<4 & 5>4") == 200


@pytest.mark.parametrize("name", ["start_date", "end_date"])
@pytest.mark.parametrize("moment", ["2026-11-20", "2026-11-20T08:00:00", "2026-13-01T00:00:00Z"])
async def test_18_a_date_without_a_zone_is_refused(system: System, name: str, moment: str) -> None:
    answer = await system.get("requests.json", **{name: moment})

    assert answer.status == 400
    assert name in described(answer)


async def test_19_a_span_of_more_than_90_days_is_refused(system: System) -> None:
    span = {"start_date": "2026-08-01T00:00:00Z", "end_date": "2026-10-30T00:00:00Z"}
    longer = {**span, "end_date": "2026-10-30T00:00:01Z"}

    assert (await system.get("requests.json", **span)).status == 200
    assert (await system.get("requests.json", **longer)).status == 400


async def test_19_without_dates_the_last_90_days_are_told(endpoint: Endpoint) -> None:
    reference = await seen(endpoint)
    endpoint.clock.pass_by(days=90)
    assert [r["service_request_id"] for r in await endpoint.system.both("requests")] == [reference]
    endpoint.clock.pass_by(seconds=2)

    assert await endpoint.system.both("requests") == []
    asked = {"end_date": written(endpoint.clock() - timedelta(days=1))}
    assert len(await endpoint.system.both("requests", **asked)) == 1


async def test_20_pages_hold_every_request_once_while_others_come_in(endpoint: Endpoint) -> None:
    there = []
    for number in range(7):
        # Two in the same moment: the order must not hang on the time alone.
        endpoint.clock.pass_by(seconds=number % 2)
        there.append(await seen(endpoint))
    until = written(endpoint.clock())
    pages = []
    for number in range(1, 5):
        endpoint.clock.pass_by(seconds=1)
        await seen(endpoint)
        asked = {"end_date": until, "page": str(number), "page_size": "2"}
        pages.append(
            [r["service_request_id"] for r in await endpoint.system.both("requests", **asked)]
        )

    assert [len(page) for page in pages] == [2, 2, 2, 1]
    assert [number for page in pages for number in page] == there[::-1]
    assert (await endpoint.system.get("requests.json", page_size="1001")).status == 400


async def test_21_numbers_override_every_other_filter(endpoint: Endpoint) -> None:
    first, second = await seen(endpoint), await seen(endpoint)
    await seen(endpoint)
    endpoint.clock.pass_by(days=200)
    wrong = {"status": "nonsense", "start_date": "nonsense", "service_code": "nonsense"}

    found = await endpoint.system.both(
        "requests", service_request_id=f"{first}, {second.lower()},XF1", **wrong
    )

    assert {r["service_request_id"] for r in found} == {first, second}


async def test_22_petitions_and_clues_are_on_no_list(endpoint: Endpoint) -> None:
    system = endpoint.system
    petition = await system.filed(PETITION)
    async with endpoint.db.read() as session:
        number = str(await session.scalar(select(Case.reference)))
    await endpoint.take(number, "register", "accept")

    lists = [
        await system.both("requests"),
        await system.both("requests", service_code="petition"),
        await system.both("requests", service_request_id=number),
        await system.both("servicerequestupdates"),
        await system.both("servicerequestupdates", api_key=system.key, service_request_id=number),
    ]
    assert lists == [[]] * 5
    assert (await system.get(f"requests/{number}.json")).status == 404
    assert (await system.get(f"requests/{number}.json", code="AAAAAAAA")).status == 404
    code = petition["extended_attributes"]["query_code"]
    [own] = await system.both(f"requests/{number}", code=code, extensions="true")
    assert own["description"] == PETITION["description"]
    assert [n["type"] for n in own["notes"]] == ["submit", "register", "accept"]


async def test_22_a_hazard_is_listed_once_it_was_found_to_be_there(endpoint: Endpoint) -> None:
    filed = await endpoint.system.filed()
    number = filed["service_request_id"]
    [glance] = await endpoint.system.both(f"requests/{number}")
    before = await endpoint.system.both("requests")
    await endpoint.take(number, "accept")

    [listed] = await endpoint.system.both("requests", extensions="true")

    assert (before, glance["address"], glance["lat"]) == ([], None, None)
    assert (listed["address"], listed["description"]) == (FIELDS["address_string"], "消防")
    # What was told to the citizen is not for everybody.
    assert "王先生" not in str(listed)


async def test_23_who_files_into_a_black_box_gets_nothing_back(
    database: Database, hands: Hands
) -> None:
    fields = {**FIELDS, "service_code": "silent", "phone": "13900000000", "last_name": "王"}
    async with open_endpoint(database, hands, on_offer=with_blackbox) as endpoint:
        answer = await endpoint.system.post({**fields, "extensions": "true", "client_id": "c-1"})
        again = await endpoint.system.post({**fields, "client_id": "c-1"})
        async with database.read() as session:
            number = str(await session.scalar(select(Case.reference)))
        await endpoint.take(number, "accept")
        listed = [
            await endpoint.system.both("requests"),
            await endpoint.system.both("requests", service_request_id=number),
            await endpoint.system.both("servicerequestupdates", api_key=endpoint.system.key),
        ]
        sheet = await endpoint.sheet(number)

        assert answer.json == again.json == [{"service_notice": "已收到。", "account_id": None}]
        assert await count(database) == 1
        assert listed == [[], [], []]
        assert (await endpoint.system.get(f"requests/{number}.json")).status == 404
        assert sheet.persons[0][1] == {}


@pytest.mark.parametrize("fields", [FIELDS, PETITION])
async def test_24_the_same_sent_again_is_one_request(
    endpoint: Endpoint, fields: dict[str, str]
) -> None:
    sent = {**fields, "client_id": "report-1"}
    first, *others = await asyncio.gather(*(endpoint.system.filed(sent) for _ in range(5)))
    endpoint.clock.pass_by(hours=3)
    later = await endpoint.system.filed(sent)

    assert [*others, later] == [first] * 5
    assert await count(endpoint.db) == 1
    other = await endpoint.system.post({**sent, "description": "别的事。"})
    assert other.status == 400
    assert "client_id" in described(other)
    # Two systems may choose the same name.
    assert (await (await endpoint.other("district-2")).post(sent)).status == 200
    assert await count(endpoint.db) == 2


async def test_25_times_go_forward_and_what_is_closed_says_when(endpoint: Endpoint) -> None:
    number = await seen(endpoint)
    for command in ("assign", "report_done", "pass", "close"):
        endpoint.clock.pass_by(hours=5)
        await endpoint.take(number, command)
    closed_at = written(endpoint.clock())
    endpoint.clock.pass_by(days=2)

    [done] = await endpoint.system.both("requests", status="closed")
    assert await endpoint.system.both("requests", status="open") == []
    assert len(await endpoint.system.both("requests", status="open,closed")) == 1

    assert (done["status"], done["updated_datetime"]) == ("closed", closed_at)
    assert done["updated_datetime"] >= done["requested_datetime"]
    assert done["expected_datetime"] is None


async def test_what_was_filed_is_a_whole_case_with_its_record(endpoint: Endpoint) -> None:
    numbers = [await seen(endpoint), (await endpoint.system.filed())["service_request_id"]]
    async with endpoint.db.read() as session:
        for case in await session.scalars(select(Case)):
            await verify(session, case)
            assert case.reference in numbers
