"""What a body's platform has to do, tried on a real one; see docs/howto/connect-a-body.md.

    BODY_URL=https://… BODY_SECRET=whsec_… pytest tests/conformance -n0 --force-enable-socket

Without BODY_URL the reference platform is tried.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bodies.contract import to_bytes
from bodies.signing import SIGNATURE, TIMESTAMP, TOLERANCE, signed
from core.clock import utc_now
from tests.conformance.conftest import Peer, parcel


async def test_a_case_gets_a_number(peer: Peer) -> None:
    receipt = await peer.push(parcel())

    # 202 without a number is allowed; then it must be told with the first update.
    assert len(receipt.number) <= 64


async def test_the_same_case_again_is_the_same_case(peer: Peer) -> None:
    sent = parcel()
    numbers = {(await peer.push(sent)).number for _ in range(3)}

    assert len(numbers) == 1
    assert len(await peer.listed(sent.reference)) == 1


async def test_at_the_same_moment_too(peer: Peer) -> None:
    sent = parcel()
    receipts = await asyncio.gather(*(peer.push(sent) for _ in range(4)))

    assert len({receipt.number for receipt in receipts}) == 1
    assert len(await peer.listed(sent.reference)) == 1


async def test_a_later_revision_replaces_and_an_older_one_does_not(peer: Peer) -> None:
    first = parcel()
    later = first.model_copy(update={"revision": 5, "title": "演示数据·合同测试，改过"})
    numbers = [(await peer.push(sent)).number for sent in (first, later, first)]

    assert len(set(numbers)) == 1
    assert await peer.listed(first.reference) == [(numbers[0], 5)]


async def test_a_case_taken_away_is_taken_without_its_content(peer: Peer) -> None:
    first = parcel()
    await peer.push(first)
    away = parcel().model_copy(
        update={"reference": first.reference, "revision": 2, "released": True, "title": ""}
    )

    assert (await peer.push(away)).number


async def test_an_erasure_of_the_same_revision_is_taken_again_and_again(peer: Peer) -> None:
    first = parcel()
    erased = first.model_copy(update={"erased": True, "title": "", "words": "", "person": {}})
    numbers = [(await peer.push(sent)).number for sent in (first, erased, erased, first)]

    # Whether it is really gone is the body's to show; here, that it is one case and no error.
    assert len(set(numbers)) == 1
    assert await peer.listed(first.reference) == [(numbers[0], 1)]
    assert erased.key != first.key


async def test_what_we_do_not_know_yet_is_let_be(peer: Peer) -> None:
    sent = parcel()
    body = to_bytes(sent)[:-1] + b',"something_new":{"a":[1]}}'
    status, _ = await peer.post("/cases", body, sent.key)

    assert status in range(200, 300)


@pytest.mark.parametrize("path", ["/cases", "/standing"])
@pytest.mark.parametrize(
    "spoil",
    [
        {SIGNATURE: ""},
        {SIGNATURE: "v1,AAAA"},
        {TIMESTAMP: "1"},
        "old",
        "other key",
        "other body",
        "nothing",
    ],
)
async def test_what_is_not_proved_is_refused(
    peer: Peer, path: str, spoil: dict[str, str] | str
) -> None:
    sent = parcel()
    body = to_bytes(sent)
    then = utc_now() - TOLERANCE - timedelta(seconds=30) if spoil == "old" else utc_now()
    key = b"x" * 32 if spoil == "other key" else peer.key
    proved = signed(key, sent.key, body + b" " if spoil == "other body" else body, then)
    headers = {**proved, **spoil} if isinstance(spoil, dict) else proved
    status, _ = await peer.post(path, body, headers={} if spoil == "nothing" else headers)

    assert status in {401, 403}
    assert await peer.listed(sent.reference) == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"{", b'{"reference":"x"}'])
async def test_what_is_no_case_is_no_crash(peer: Peer, body: bytes) -> None:
    status, _ = await peer.post("/cases", body)

    assert status in {400, 422}


async def test_the_list_comes_in_order_and_ends(peer: Peer) -> None:
    sent = sorted([(await _pushed(peer)) for _ in range(3)])
    seen: list[str] = []
    after = ""
    for _ in range(10_000):
        page = await peer.page(after)
        references = [line.reference for line in page.cases]
        assert references == sorted(references)
        assert all(reference > after for reference in references)
        seen += references
        if not page.next:
            break
        assert page.next > after
        after = page.next

    assert [reference for reference in seen if reference in sent] == sent
    assert len(seen) == len(set(seen))


async def _pushed(peer: Peer) -> str:
    sent = parcel()
    await peer.push(sent)
    return sent.reference
