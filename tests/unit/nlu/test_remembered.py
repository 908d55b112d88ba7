"""A text read once is not read again; what could tell who wrote it is not kept."""

from __future__ import annotations

import pytest

from core.errors import Unavailable
from core.messages import Entity, Parse
from nlu.remembered import RememberingParser

PHONE = Entity(name="phone", value="13812345678", start=0, end=11)


class CountingParser:
    """Reads everything as thanks; knows what it was asked."""

    def __init__(self, *entities: Entity) -> None:
        self.asked: list[str] = []
        self._entities = entities

    async def parse(self, text: str) -> Parse:
        self.asked.append(text)
        if text == "away":
            raise Unavailable
        return Parse(
            text=text, intent="thanks", confidence=0.9, parser="rasa", entities=self._entities
        )


async def test_the_second_time_is_answered_from_memory() -> None:
    parser = CountingParser()
    remembering = RememberingParser(parser)

    first = await remembering.parse("谢谢")

    assert await remembering.parse("谢谢") == first
    assert parser.asked == ["谢谢"]


async def test_the_longest_unasked_is_forgotten() -> None:
    parser = CountingParser()
    remembering = RememberingParser(parser, most=2)

    for text in ("一", "二", "一", "三", "一", "二"):
        assert (await remembering.parse(text)).text == text

    assert parser.asked == ["一", "二", "三", "二"]


async def test_a_text_that_names_somebody_is_read_anew() -> None:
    parser = CountingParser(PHONE)
    remembering = RememberingParser(parser)

    for _ in range(2):
        await remembering.parse("13812345678")

    assert len(parser.asked) == 2


async def test_a_failure_is_not_remembered() -> None:
    parser = CountingParser()
    remembering = RememberingParser(parser)

    for _ in range(2):
        with pytest.raises(Unavailable):
            await remembering.parse("away")

    assert len(parser.asked) == 2
