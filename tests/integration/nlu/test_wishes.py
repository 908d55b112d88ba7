"""With the trained model: ordinary stories stay one wish, two wishes are found."""

from __future__ import annotations

import json

import pytest

from bot.bootstrap import open_reader
from nlu.training import ROOT

pytestmark = [pytest.mark.rasa, pytest.mark.asyncio(loop_scope="session")]

# Of 25 messages with two wishes; the others lose no more than the offer.
LEAST_FOUND = 20


def lines(name: str) -> list[dict[str, object]]:
    text = (ROOT / "tests" / "nlu" / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


async def test_ordinary_stories_hold_one_wish(rasa_url: str) -> None:
    async with open_reader([rasa_url]) as (reader, _):
        read = [await reader.parse(str(line["text"])) for line in lines("one_wish.jsonl")]

    assert len(read) >= 60
    assert [(p.text, p.intent, p.second) for p in read if p.second is not None] == []


async def test_most_second_wishes_are_found(rasa_url: str) -> None:
    written = lines("two_wishes.jsonl")
    async with open_reader([rasa_url]) as (reader, _):
        found = [(await reader.parse(str(line["text"]))).second for line in written]

    right = [s == line["intents"][1] for s, line in zip(found, written, strict=True)]  # type: ignore[index]
    assert sum(right) >= LEAST_FOUND
