"""Whatever is sent: both formats agree, and nothing breaks."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.bot.web.open311.peers import FIELDS, UPDATE, Endpoint, System

TEXTS = st.text(max_size=60)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.tuples(TEXTS, TEXTS.filter(lambda text: "<" not in text)),
    latitude=st.floats(30.7, 32.1).map(lambda degrees: round(degrees, 6)),
    sort=st.sampled_from(["fire", "gas", "lift", "other"]),
    steps=st.sampled_from([(), ("accept",), ("accept", "assign"), ("accept", "assign", "list")]),
)
async def test_05_xml_and_json_say_the_same(
    endpoint: Endpoint, said: tuple[str, str], latitude: float, sort: str, steps: tuple[str, ...]
) -> None:
    filed = await endpoint.system.filed(
        {
            **FIELDS,
            "address_string": said[0],
            "description": said[1],
            "lat": str(latitude),
            "attribute[sort]": sort,
        }
    )
    await endpoint.take(filed["service_request_id"], *steps)

    [own] = await endpoint.system.both(
        f"requests/{filed['service_request_id']}",
        code=filed["extended_attributes"]["query_code"],
        extensions="true",
    )
    await endpoint.system.both("requests", extensions="true")

    assert own["lat"] == latitude


NAMES = st.sampled_from(
    [
        *FIELDS, *UPDATE, "api_key", "start_date", "end_date", "status", "page", "page_size",
        "service_request_id", "client_id", "extensions", "jurisdiction_id", "code", "media_url",
        "attribute[at_risk][]", "attribute[people]", "attribute[seen_at]", "attribute[]",
    ]
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.floats().map(str),
    st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
    st.sampled_from(
        [*FIELDS.values(), "true", "open", "OPEN", "petition", "9999-12-31T23:59:59Z"]
    ),
)
PATHS = st.one_of(
    st.sampled_from(["requests", "servicerequestupdates", "services", "discovery"]),
    st.text(min_size=1, max_size=12).map(lambda text: f"requests/{text}"),
    st.text(min_size=1, max_size=12).map(lambda text: f"tokens/{text}"),
    st.text(min_size=1, max_size=12).map(lambda text: f"services/{text}"),
)
ASKED = st.dictionaries(NAMES, VALUES, max_size=8)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=PATHS, asked=ASKED, ending=st.sampled_from([".json", ".xml", ".txt", ""]))
async def test_26_nothing_that_is_asked_breaks_it(
    system: System, path: str, asked: dict[str, str], ending: str
) -> None:
    got = await system.get(path + ending, **asked)
    posted = await system.post({**FIELDS, **asked}, path=path.partition("/")[0] + ending)
    updated = await system.post(
        {**UPDATE, "service_request_id": "YH1", **asked}, path="servicerequestupdates.json"
    )

    assert {got.status, posted.status, updated.status} <= {200, 400, 403, 404, 405, 429}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200), mime=st.sampled_from(["text/plain", "", None]))
async def test_26_nothing_that_is_sent_breaks_it(
    system: System, body: bytes, mime: str | None
) -> None:
    headers = {"Content-Type": mime or "application/x-www-form-urlencoded"}
    async with system.http.post(f"{system.url}/requests.json", data=body, headers=headers) as got:
        assert got.status in {400, 403}
