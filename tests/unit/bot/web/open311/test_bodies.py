"""What is answered, by its names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.web.hazards import KIND
from bot.web.open311 import bodies
from cases.open311.intake import Filed
from cases.open311.offers import Offer, catalogue
from cases.open311.updates import Update
from cases.open311.views import Note, Shown

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
NOTE = Note(at=NOON, step="accept", text="核实属实")


def hazard() -> Offer:
    found = catalogue().by_code("hazard")
    assert found is not None
    return found


def shown(**more: Any) -> Shown:  # Any: as Shown has it
    case = Shown(
        offer=hazard(),
        reference="YH320508261120000001T",
        closed=False,
        state="verified",
        state_label="已核实，待交办",
        sub_kind="fire",
        sub_kind_label="消防",
        district="320508",
        district_label="姑苏区",
        supervision="none",
        agency="某某中心",
        description="消防",
        requested_at=NOON,
        updated_at=NOON,
        expected_on=date(2026, 11, 23),
        place="",
        latitude=31.3,
        longitude=120.6,
        pictures=(),
        notes=(NOTE,),
    )
    return replace(case, **more)


def request(case: Shown, *, extended: bool = False) -> Any:  # Any: JSON
    value: Any = bodies.requests([case], site="http://x", extended=extended).value  # Any: JSON
    return value[0]


def test_a_day_is_expected_to_its_end_in_suzhou() -> None:
    assert request(shown())["expected_datetime"] == "2026-11-23T23:59:59+08:00"
    assert request(shown(expected_on=None))["expected_datetime"] is None


def test_there_are_two_statuses_and_the_state_is_told_beside() -> None:
    told = request(shown(closed=True, state_label="已销号"))

    assert (told["status"], told["status_notes"]) == ("closed", "已销号")


def test_extensions_come_only_when_asked_for() -> None:
    told = request(shown(), extended=True)

    assert told.keys() - request(shown()).keys() == {
        *("attributes", "extended_attributes", "media_urls", "notes"),
    }
    assert told["notes"] == [
        {"datetime": "2026-11-20T12:00:00+08:00", "description": "核实属实", "type": "accept"}
    ]
    assert [(a["name"], a["code"], a["value"]) for a in told["attributes"]] == [
        ("sort", "fire", "消防"),
        ("district", "320508", "姑苏区"),
    ]


def test_the_first_public_picture_is_the_media_url_and_extensions_have_all() -> None:
    urls = [f"http://x/hazards/YH320508261120000001T/photos/{name}" for name in ("a", "b")]
    case = shown(pictures=("a", "b"))

    assert request(case)["media_url"] == urls[0]
    assert request(case, extended=True)["media_urls"] == urls
    assert request(shown())["media_url"] is None
    assert request(shown(), extended=True)["media_urls"] == []


def test_public_kinds_have_pages_of_their_pictures() -> None:
    assert {offer.kind for offer in catalogue().public} == {KIND}


def test_no_place_is_no_text() -> None:
    assert request(shown())["address"] is None


def test_an_answer_holds_what_there_is_and_no_empty_number() -> None:
    def answer(filed: Filed, *, extended: bool = False) -> Any:  # Any: JSON
        value: Any = bodies.filed(filed, account_id="", extended=extended).value  # Any: JSON
        return value[0]

    notice = {"service_notice": "收到", "account_id": None}
    assert answer(Filed(notice="收到")) == notice
    assert answer(Filed(notice="收到", token="t", code="c")) == {"token": "t"} | notice
    assert (
        answer(Filed(notice="收到", reference="r", code="c"), extended=True)
        == {
            "service_request_id": "r",
            "extended_attributes": {"query_code": "c"},
        }
        | notice
    )


def test_demo_data_makes_it_a_test() -> None:
    def kind(*, live: bool) -> Any:  # Any: JSON
        body = bodies.discovery(catalogue(), url="http://x", contact="某人", live=live)
        told: Any = body.value  # Any: JSON
        return told["endpoints"][0]["type"], told["contact"]

    assert kind(live=True) == ("production", "某人")
    assert kind(live=False) == ("test", "某人")


def test_an_update_says_which_step_it_was() -> None:
    update = Update(id="u", reference="r", status="investigating", note=NOTE)
    value: Any = bodies.updates([update]).value  # Any: JSON
    [told] = value

    assert (told["status"], told["external_status_code"]) == ("investigating", "accept")


def test_every_error_has_the_status() -> None:
    assert bodies.errors(400, ["a", "b"]).value == [
        {"code": 400, "description": "a"},
        {"code": 400, "description": "b"},
    ]
