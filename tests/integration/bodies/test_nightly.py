"""The night comes once a day, at two o'clock in Suzhou, and one body's trouble is not the others'."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bodies.adapters.base import Adapter
from bodies.contract import Standing, Status
from bodies.inbound import GAP_PATIENCE
from bodies.nightly import Night, next_night
from tests.integration.bodies.test_courier import Slow
from tests.integration.bodies.town import Town


@pytest.mark.parametrize(
    ("now", "night"),
    [
        ("2026-11-20T04:00", "2026-11-20T18:00"),
        ("2026-11-20T17:59", "2026-11-20T18:00"),
        ("2026-11-20T18:00", "2026-11-21T18:00"),
        ("2026-12-31T17:00", "2026-12-31T18:00"),
    ],
)
def test_the_next_night(now: str, night: str) -> None:
    given, wanted = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (now, night))

    assert next_night(given) == wanted


class Broken(Slow):
    async def standing(self) -> Sequence[Standing]:
        raise ZeroDivisionError


async def test_each_body_is_compared_once_a_night(town: Town) -> None:
    reference = await town.file()
    await town.deliver()
    del town.platform.held[reference]
    adapters: dict[str, Adapter] = {"wuzhong": Broken(), "gusu": town.adapter}
    night = Night(town.desk, town.courier, adapters, clock=town.hands)

    assert await night.once() == ()
    town.hands.pass_by(hours=14)
    [done] = await night.once()
    assert (done.body, [f.what for f in done.found]) == ("gusu", ["missing"])
    assert await night.once() == ()
    town.hands.pass_by(days=1)
    town.faults.coming = ["500"]
    assert await night.once() == []


async def test_what_waits_too_long_is_taken_by_day(town: Town) -> None:
    reference = await town.file()
    await town.deliver()
    town.platform.note(reference, Status.RECEIVED)
    second = town.platform.note(reference, Status.ACCEPTED, "已受理。")
    await town.platform.send(town.http, second)
    town.hands.now += GAP_PATIENCE + timedelta(minutes=1)
    await Night(town.desk, town.courier, {}, clock=town.hands).once()

    assert (await town.case(reference)).state == "accepted"
