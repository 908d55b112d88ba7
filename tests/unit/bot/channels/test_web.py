"""Sending on the web is telling the open pages of that conversation."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.channels.base import Outgoing
from bot.channels.web import NAME, WebChannel
from conversations.bus import Changed, MemoryBus
from conversations.history import Said
from core.messages import Direction, Identity, Reply

WHO = Identity(channel=NAME, user_id="v")
SAID = Said(
    seq=2,
    id="m",
    external_id="",
    direction=Direction.OUTGOING,
    author="bot",
    text="好",
    reply=Reply(text="好"),
    at=datetime(2026, 11, 20, tzinfo=UTC),
)


def outgoing(conversation_id: str) -> Outgoing:
    return Outgoing(
        delivery_id="d",
        conversation_id=conversation_id,
        to=WHO,
        seq=2,
        reply=Reply(text="好"),
        said=SAID,
    )


async def test_only_pages_of_that_conversation_are_told() -> None:
    bus = MemoryBus()
    async with bus.subscribe("c-1") as mine, bus.subscribe("c-2") as other:
        ids = await WebChannel(bus).send(outgoing("c-1"))

        assert list(ids) == []
        assert mine.get_nowait() == Changed(topic="c-1", kind="message", said=SAID)
        assert other.empty()


async def test_a_closed_page_is_no_failure() -> None:
    assert list(await WebChannel(MemoryBus()).send(outgoing("c-1"))) == []


async def test_typing_is_left_to_the_engine() -> None:
    bus = MemoryBus()
    async with bus.subscribe("c-1") as mine:
        await WebChannel(bus).typing(WHO)

        assert mine.empty()


def test_a_delivery_may_be_repeated_after_a_crash() -> None:
    assert WebChannel(MemoryBus()).name == "web"
    assert WebChannel.capabilities.repeatable
