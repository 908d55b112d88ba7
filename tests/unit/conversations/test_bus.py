"""The bus of one process."""

from __future__ import annotations

from conversations.bus import QUEUE_LIMIT, Changed, MemoryBus

EVENT = Changed(topic="c-1", kind="message")


async def test_every_listener_of_the_topic_hears_it() -> None:
    bus = MemoryBus()
    async with (
        bus.subscribe("c-1") as one,
        bus.subscribe("c-1") as two,
        bus.subscribe("c-2") as no,
    ):
        await bus.publish(EVENT)

        assert (one.get_nowait(), two.get_nowait()) == (EVENT, EVENT)
        assert no.empty()


async def test_who_left_is_forgotten() -> None:
    bus = MemoryBus()
    async with bus.subscribe("c-1") as queue:
        pass
    await bus.publish(EVENT)

    assert queue.empty()
    assert bus._listeners == {}


async def test_a_sleeping_listener_holds_nobody_up() -> None:
    bus = MemoryBus()
    async with bus.subscribe("c-1") as asleep, bus.subscribe("c-1") as awake:
        for _ in range(QUEUE_LIMIT + 1):
            await bus.publish(EVENT)
            assert awake.get_nowait() == EVENT

        assert asleep.qsize() == QUEUE_LIMIT
