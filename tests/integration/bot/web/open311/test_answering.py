"""What went wrong, told in the format that was asked for; nothing of the inside gets out."""

from __future__ import annotations

import json

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from structlog.testing import capture_logs

from bot.web.open311.answering import answer, refusal
from bot.web.open311.errors import Hurried
from bot.web.open311.formats import Body
from cases.errors import BadFiling, CaseChanged, DayIsFull
from cases.open311.errors import BadRequest, Fault, Locked, Unknown, WrongKey
from db.encryption import Tampered
from tests.integration.talk import NOON

SECRET = "f859c0cab0cdf5d29b500e1860b60fe0"


def request(ending: str) -> web.Request:
    return make_mocked_request("GET", f"/open311/v2/tokens/{SECRET}.{ending}")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (BadRequest(Fault(name="half_a_point")), 400),
        (BadFiling(), 400),
        (CaseChanged(), 400),
        (WrongKey(), 403),
        (Unknown("no_token"), 404),
        (web.HTTPNotFound(), 404),
        (Locked(NOON), 429),
        (Hurried(), 429),
        (DayIsFull(), 503),
        (Tampered(), 500),
        (KeyError("inside"), 500),
        (web.HTTPRequestEntityTooLarge(max_size=1, actual_size=2), 400),
        (web.HTTPMethodNotAllowed("PUT", ["GET"]), 405),
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("ending", ["json", "xml"])
def test_every_error_has_its_status_and_a_sentence(
    error: Exception, status: int, ending: str
) -> None:
    refused = refusal(request(ending), error)

    assert refused.status == status
    assert isinstance(refused.body, bytes)
    text = refused.body.decode()
    assert str(status) in text
    assert "inside" not in text
    if ending == "json":
        [told] = json.loads(text)
        assert told["code"] == status
        assert told["description"].endswith("。")


def test_all_that_is_wrong_is_told() -> None:
    wrong = BadRequest(Fault(name="half_a_point"), Fault(name="missing", values={"name": "x"}))
    body = refusal(request("json"), wrong).body

    assert isinstance(body, bytes)
    assert [e["description"] for e in json.loads(body)] == ["lat 和 long 要一起给。", "缺 x。"]


def test_what_nobody_foresaw_is_logged_without_the_token() -> None:
    with capture_logs() as logs:
        refusal(request("json"), KeyError("inside"))
        refusal(request("json"), WrongKey())

    [entry] = logs
    assert entry["event"] == "open311_failed"
    assert SECRET not in str(entry)


def test_a_body_is_answered_by_the_ending_of_the_address() -> None:
    body = Body(root="services", value=[])

    assert answer(request("json"), body).headers["Content-Type"] == (
        "application/json; charset=utf-8"
    )
    assert answer(request("xml"), body).headers["Content-Type"] == "text/xml; charset=utf-8"
    assert answer(request("txt"), body).headers["Content-Type"] == "text/xml; charset=utf-8"
