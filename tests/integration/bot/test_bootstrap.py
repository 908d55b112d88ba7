"""The pieces are wired into one service that answers and closes what it opened."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.bootstrap import (
    area_in,
    area_of,
    cache_dir,
    faq_examples,
    offices_file,
    open_offices,
    open_reader,
    open_service,
    open_store,
    today,
)
from bot.channels.base import Channel
from bot.preparation import migrate
from bot.settings import Settings
from conversations.bus import Bus
from conversations.models import DeliveryRecord
from conversations.outbox import DeliveryStatus
from core.errors import Invalid
from db.engine import Database
from nlu.text.places import FILE as PLACES
from nlu.training import intents
from tests.integration.talk import Mailbox, answers, message

NOWHERE = "http://127.0.0.1:1"


async def test_the_store_makes_its_folder_and_keeps_its_keys(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new" / "var")
    first = open_store(settings)
    sealed = first.vault.seal("秘密")
    await first.close()
    again = open_store(settings)

    assert again.vault.open(sealed) == "秘密"
    assert (settings.data_dir / "keys").stat().st_mode & 0o077 == 0
    assert cache_dir(settings).parent == settings.data_dir
    await again.close()


def test_broken_keys_are_told_before_anything_is_opened(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("k1:short\n")

    with pytest.raises(Invalid, match="restore it"):
        open_store(Settings(data_dir=tmp_path))


@pytest.mark.parametrize(
    ("place", "area"),
    [
        ("姑苏区", "320508"),
        ("虎丘区", "320505"),
        ("苏州工业园区", "SIP000"),
        ("昆山市", "320583"),
        ("木渎镇", "320506"),
        ("上海市", None),
    ],
)
def test_every_place_belongs_to_an_area(place: str, area: str | None) -> None:
    assert area_of(place) == area


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("姑苏区人民路 1 号", "320508"),
        ("苏州市吴中区木渎镇某某路", "320506"),
        ("木渎镇某某路 8 号", "320506"),
        ("昆山路 8 号", None),
        ("昆山市和太仓市交界", None),
        ("", None),
    ],
)
def test_an_address_names_one_district_or_none(address: str, area: str | None) -> None:
    assert area_in(address) == area


def test_every_district_and_town_that_is_recognised_has_an_area() -> None:
    known = json.loads(PLACES.read_text(encoding="utf-8"))
    places = [*known, *(town for place in known.values() for town in place["towns"])]

    assert {place: None for place in places if area_of(place) is None} == {}


def test_the_directory_is_kept_beside_the_database(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    assert offices_file(settings) == tmp_path / "offices.json"
    assert open_offices(settings).area_name("320508") == "姑苏区"


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 20, 15, 59, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 16, 0, tzinfo=UTC), date(2026, 11, 21)),
    ],
)
def test_the_day_is_that_of_suzhou(moment: datetime, day: date) -> None:
    assert today(lambda: moment) == day


@pytest.mark.parametrize("urls", [[], [NOWHERE]])
async def test_a_message_is_read_without_rasa_too(urls: Sequence[str]) -> None:
    async with open_reader(urls) as (reader, rasa):
        parse = await reader.parse("你好")
        alive = rasa is not None and await rasa.alive()

    assert (parse.intent, parse.parser) == ("greet", "rules")
    assert (rasa is None, alive) == (not urls, False)


async def test_a_message_goes_all_the_way(service_settings: Settings) -> None:
    mailbox = Mailbox()

    def channels(bus: Bus, db: Database) -> Sequence[Channel]:
        return [mailbox]

    db = open_store(service_settings)
    await migrate(db)
    await db.close()
    async with open_service(service_settings, rasa_urls=[], channels=channels) as service:
        received = await service.inbox.receive(message(text="谢谢"))
        await service.engine.answer(received.conversation_id)
        await service.relay.once()
        said = await answers(service.db, received.conversation_id)

        assert mailbox.texts == said
        assert len(said) == 1
        assert await _states(service.db) == {DeliveryStatus.SENT: 1}
        article = service.library.current().article("民法典", "第一千零七十九条")
        assert article is not None
    # Everything is closed: nothing of it runs on.
    assert {t for t in asyncio.all_tasks() if t is not asyncio.current_task()} == set()


def test_routing_learns_the_questions_of_the_entries_too() -> None:
    told = faq_examples(date(2026, 11, 22))

    assert len(told) > 100
    assert {e.intent for e in told} - intents() == set()
    assert all(e.text.strip() for e in told)


async def _states(db: Database) -> dict[str, int]:
    async with db.read() as session:
        rows = await session.execute(
            select(DeliveryRecord.status, func.count()).group_by(DeliveryRecord.status)
        )
        return {row[0]: row[1] for row in rows}
