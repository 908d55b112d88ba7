"""What is on the wire: what must be there, what may, and what is let be."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from bodies.contract import PAGE, PARCEL, UPDATE, Parcel, Status, to_bytes

GOOD = {
    "reference": "XF3205082610120001236",
    "seq": 1,
    "at": "2026-11-20T12:00:00+08:00",
    "status": "accepted",
}


def test_a_parcel_comes_back_as_it_went_out() -> None:
    parcel = Parcel(reference="R", revision=3, received_at=datetime(2026, 11, 20, tzinfo=UTC))

    assert PARCEL.validate_json(to_bytes(parcel)) == parcel
    assert parcel.key == "R.3"


def test_a_released_case_tells_nothing() -> None:
    told = json.loads(to_bytes(Parcel(reference="R", revision=3, released=True)))

    assert {key for key, value in told.items() if value} == {
        "reference",
        "revision",
        "released",
        "supervision",
    }


def test_what_was_erased_replaces_and_never_comes_back() -> None:
    kept = Parcel(reference="R", revision=3)
    later, erased = (
        Parcel(reference="R", revision=4),
        Parcel(reference="R", revision=3, erased=True),
    )

    assert erased.key == "R.3.erased"
    assert [p.replaces(kept) for p in (kept, later, erased)] == [False, True, True]
    assert not later.replaces(erased)
    assert Parcel(reference="R", revision=4, erased=True).replaces(erased)
    assert not erased.replaces(erased)


def test_an_update_may_say_more_than_we_know() -> None:
    update = UPDATE.validate_python({**GOOD, "mood": "good"})

    assert (update.status, update.text, update.days) == (Status.ACCEPTED, "", None)


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 0}, {"seq": 100_001}, {"at": "2026-11-20T12:00:00"}, {"status": "done"},
        {"text": "字" * 2001}, {"unit": "字" * 65}, {"days": 0}, {"number": "1" * 65},
    ],
)  # fmt: skip
def test_what_the_contract_does_not_have_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        UPDATE.validate_python({**GOOD, **change})


def test_a_page_is_bounded() -> None:
    with pytest.raises(ValidationError):
        PAGE.validate_python({"cases": [{"reference": "R"}] * 201})
