from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from benchmarks.web_chat import events, outgoing_seq


async def lines(text: str) -> AsyncIterator[bytes]:
    for line in text.encode().splitlines(keepends=True):
        yield line


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ('id: 7\r\nevent: message\r\ndata: {"a": 1}\r\n\r\n', [("message", '{"a": 1}')]),
        ("event: typing\ndata: {}\n\ndata: x\n\n", [("typing", "{}"), ("message", "x")]),
        ("data: one\ndata: two\n\n", [("message", "one\ntwo")]),
        (": ping - 2026\n\n", []),
        ("event: message\ndata: cut off\n", []),
    ],
)
async def test_events(stream: str, expected: list[tuple[str, str]]) -> None:
    assert [event async for event in events(lines(stream))] == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ('{"seq": 4, "direction": "outgoing"}', 4),
        ('{"seq": 3, "direction": "incoming"}', None),
        ('{"seq": 5, "direction": "note"}', None),
    ],
)
def test_outgoing_seq(data: str, expected: int | None) -> None:
    assert outgoing_seq(data) == expected
