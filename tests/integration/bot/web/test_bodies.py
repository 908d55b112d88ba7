"""The address where bodies tell: its answers, beside everything else that the site refuses."""

from __future__ import annotations

import pytest

from bodies.contract import Status, to_bytes
from bodies.signing import signed
from tests.integration.bodies.conftest import town  # noqa: F401  a fixture
from tests.integration.bodies.town import KEY, Town


@pytest.mark.parametrize(
    ("ahead", "status", "result"),
    [(0, 200, "applied"), (1, 202, "waiting")],
)
async def test_each_end_has_its_status(
    town: Town,  # noqa: F811  the fixture
    ahead: int,
    status: int,
    result: str,
) -> None:
    reference = await town.file()
    await town.deliver()
    letters = [town.platform.note(reference, Status.RECEIVED) for _ in range(2)]
    body = to_bytes(letters[ahead].update)
    headers = signed(KEY, letters[ahead].event_id, body, town.hands.now)
    async with town.http.post(town.platform.updates_url, data=body, headers=headers) as answer:
        assert (answer.status, await answer.json()) == (status, {"result": result, "code": ""})


async def test_other_verbs_and_unsigned_words_are_refused(
    town: Town,  # noqa: F811  the fixture
) -> None:
    async with town.http.get(town.platform.updates_url) as answer:
        assert answer.status == 405
    async with town.http.post(town.platform.updates_url, data=b"{}") as answer:
        assert answer.status == 403
        assert (await answer.json())["error"]["code"] == "BadSignature"
