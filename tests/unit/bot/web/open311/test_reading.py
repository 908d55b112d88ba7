"""An update that another system sends."""

from __future__ import annotations

import pytest

from bot.web.open311.asking import Parameters
from bot.web.open311.reading import NEEDED, read_update
from cases.open311.errors import BadRequest
from tests.integration.bot.web.open311.peers import UPDATE
from tests.integration.talk import NOON

FIELDS = UPDATE | {"service_request_id": "YH320508261120000001T"}


def asked(**more: str) -> Parameters:
    return Parameters({name: [value] for name, value in (FIELDS | more).items()})


def faults(**more: str) -> list[str]:
    with pytest.raises(BadRequest) as refused:
        read_update(asked(**more), NOON)
    return [fault.name for fault in refused.value.faults]


def test_an_update_counts_from_when_it_came() -> None:
    sent = read_update(asked(description="又\x00来了"), NOON)

    assert (sent.update_id, sent.status, sent.text, sent.at) == ("u-1", "open", "又来了", NOON)


@pytest.mark.parametrize("name", NEEDED)
def test_each_of_its_fields_is_needed(name: str) -> None:
    assert faults(**{name: " "}) == ["missing"]


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("update_id", "with blank", "bad_id"),
        ("update_id", "a" * 65, "bad_id"),
        ("status", "DONE", "bad_update_status"),
        ("updated_datetime", "2026-11-20T12:00:00", "not_a_moment"),
        ("description", "堵" * 4001, "too_long"),
        ("description", "<b>急</b>", "html"),
    ],
)
def test_what_is_wrong_is_told(name: str, value: str, fault: str) -> None:
    assert faults(**{name: value}) == [fault]
