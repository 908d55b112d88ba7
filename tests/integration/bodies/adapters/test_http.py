"""What becomes of a request: each answer of a body's system has its one meaning."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bodies.contract import Parcel, Receipt
from bodies.errors import PushCode, PushError
from tests.integration.bodies.town import Town

ONE, TWO = (Parcel(reference=f"XF320508261012000{n}", revision=1) for n in (1, 2))


@pytest.mark.parametrize(
    ("fault", "code", "again"),
    [
        ("500", PushCode.SERVER_ERROR, True),
        ("503", PushCode.SERVER_ERROR, True),
        ("hang", PushCode.TIMEOUT, True),
        ("lose", PushCode.UNREACHABLE, True),
        ("429", PushCode.THROTTLED, True),
        ("401", PushCode.KEY_REFUSED, True),
        ("404", PushCode.KEY_REFUSED, True),
        ("400", PushCode.REJECTED, False),
        ("422", PushCode.REJECTED, False),
        ("302", PushCode.ANSWER_UNREADABLE, True),
        ("garbage", PushCode.ANSWER_UNREADABLE, True),
    ],
)
async def test_every_fault_has_its_code(
    town: Town, fault: str, code: PushCode, *, again: bool
) -> None:
    town.faults.coming = [fault]
    [end] = await town.adapter.push([ONE])

    assert isinstance(end, PushError)
    assert (end.code, end.retryable) == (code, again)
    assert end.retry_after == (timedelta(seconds=120) if fault in {"500", "503", "429"} else None)


async def test_a_fault_of_one_case_does_not_stop_the_others(town: Town) -> None:
    town.faults.coming = ["422"]
    ends = await town.adapter.push([ONE, TWO])

    assert [type(end) for end in ends] == [PushError, Receipt]


async def test_a_system_that_is_away_is_asked_no_more(town: Town) -> None:
    town.faults.coming = ["hang"]

    assert len(await town.adapter.push([ONE, TWO])) == 1
    assert town.faults.seen == 1


async def test_an_answer_without_end_is_not_read(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bodies.adapters.http.LONGEST_ANSWER", 10)
    [end] = await town.adapter.push([ONE])

    assert isinstance(end, PushError)
    assert end.code is PushCode.ANSWER_UNREADABLE
