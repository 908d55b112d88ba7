"""At midnight another library answers, and nobody who asked before notices."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.ports import Embedder, Knowledge
from knowledge_base import daily
from knowledge_base.daily import DailyLibrary
from knowledge_base.errors import EmbedderMissing
from knowledge_base.library import Library, Sources

from .conftest import DAY

pytestmark = pytest.mark.usefixtures("statute_search")

TOMORROW = DAY + timedelta(days=1)
ENTRY = """
- id: wages-{when}
  intent: legal_labour
  title: 拖欠工资
  question: 老板拖欠工资怎么办？
  variants: [干了三个月没给钱, 工资一直不发]
  answer: 先去劳动监察投诉。
  next_step: 先打 12333
  hotlines: ["12333"]
  detail: 带上考勤记录。
  citations: [{{law: 劳动合同法, article: 第三十条, key: 支付令}}]
  source: facts
  checked_on: {checked}
  status: published
  {validity}
"""


def no_embedder() -> Embedder:
    raise EmbedderMissing("not installed")


class Shelf:
    """A folder of two answers, one told until today and one from tomorrow, and a day to set."""

    def __init__(self, folder: Path, cache_dir: Path) -> None:
        self.day = DAY
        self.faults = 0
        self._folder, self._cache_dir = folder, cache_dir
        for when, validity in (("old", f"valid_to: {DAY}"), ("new", f"valid_from: {TOMORROW}")):
            text = ENTRY.format(when=when, checked=DAY, validity=validity)
            (folder / f"{when}.yml").write_text(text, encoding="utf-8")

    def today(self) -> date:
        return self.day

    async def open(self, day: date) -> Library:
        if self.faults:
            self.faults -= 1
            raise OSError("the disk is away")
        return await Library.open(
            cache_dir=self._cache_dir,
            on=day,
            sources=Sources(folder=self._folder),
            embedder=no_embedder,
        )


@pytest.fixture
def shelf(tmp_path: Path, cache_dir: Path) -> Shelf:
    return Shelf(tmp_path, cache_dir)


@pytest.fixture
async def library(shelf: Shelf) -> AsyncIterator[DailyLibrary]:
    library = DailyLibrary(await shelf.open(DAY), opens=shelf.open, today=shelf.today, grace=0)
    await library.wait_until_built()
    yield library
    await library.close()


async def told(knowledge: Knowledge) -> list[str]:
    found = await knowledge.search("老板拖欠工资", intent="legal_labour")
    assert [knowledge.entry(f.entry.id) for f in found] == [f.entry for f in found]
    return [f.entry.id for f in found]


async def test_on_the_same_day_nothing_changes(library: DailyLibrary) -> None:
    before = library.current()

    assert await library.turn_over() is False
    assert library.current() is before
    assert await told(library.current()) == ["wages-old"]


async def test_at_midnight_the_answer_of_the_new_day_takes_over(
    library: DailyLibrary, shelf: Shelf
) -> None:
    shelf.day = TOMORROW

    assert await library.turn_over() is True
    assert await told(library.current()) == ["wages-new"]
    assert [entry.id for entry in library.current().entries] == ["wages-new"]


async def test_yesterdays_answers_stay_while_the_new_day_cannot_be_read(
    library: DailyLibrary, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daily, "LOOK_SECONDS", 0.01)
    shelf.day, shelf.faults = TOMORROW, 2
    keeping_up = asyncio.create_task(library.keep_up())

    assert await told(library.current()) == ["wages-old"]
    async with asyncio.timeout(30):
        while library.current().on != TOMORROW:  # noqa: ASYNC110 - no bell rings at midnight
            await asyncio.sleep(0.01)
    keeping_up.cancel()

    assert shelf.faults == 0
    assert await told(library.current()) == ["wages-new"]
    assert library.ready is False


async def test_articles_come_through(library: DailyLibrary) -> None:
    today = library.current()
    article = today.article("民法典", "第一千零七十九条")

    assert article is not None
    assert today.find_reference("民法典第1079条") == ("民法典", "第一千零七十九条")
    assert (await today.articles("民法典第1079条", limit=1))[0].text == article.text
