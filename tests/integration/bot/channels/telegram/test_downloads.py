"""Pictures are fetched from Telegram before their message is stored; what fails costs no word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.telegram.account import TelegramBot
from bot.channels.telegram.downloads import MOST_BYTES, Downloads
from bot.channels.telegram.receive import read_update
from cases.errors import FileRefused
from core.clock import utc_now
from core.messages import Attachment, Identity, Message
from tests.integration.bot.channels.fake_telegram import FakeTelegram, Fault, photo_update

CONTENT = b"a picture" * 100


class Shelf:
    """Keeps what it is given; refuses what ``refuses`` says."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, bytes]] = []
        self.refuses = ""

    async def __call__(self, who: Identity, content: bytes, name: str) -> Attachment:
        if self.refuses:
            raise FileRefused(self.refuses)
        self.kept.append((who.user_id, content))
        return Attachment(kind="image", upload=f"upload-{len(self.kept)}", mime="image/jpeg")


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def downloads(bot: TelegramBot, shelf: Shelf) -> Downloads:
    return Downloads(bot=bot, keep=shelf, patience=timedelta(seconds=0.3))


def read(update: Mapping[str, Any]) -> Message:
    message = read_update(update, 123456, received_at=utc_now())
    assert message is not None
    return message


async def test_the_largest_size_of_a_photo_is_kept_under_its_sender(
    downloads: Downloads, telegram: FakeTelegram, shelf: Shelf
) -> None:
    telegram.files["p1"] = CONTENT
    message = read(photo_update(1, "p1", caption="门口"))

    fetched = await downloads.fetched(message)

    assert shelf.kept == [("7001", CONTENT)]
    assert (fetched.text, fetched.pictures, fetched.lost) == ("门口", ("upload-1",), 0)
    assert fetched.attachments[0].caption == "门口"
    assert replace(fetched, attachments=()) == replace(message, attachments=())


async def test_a_picture_sent_as_a_document_is_a_picture(
    downloads: Downloads, telegram: FakeTelegram
) -> None:
    telegram.files["p1"] = CONTENT
    fetched = await downloads.fetched(read(photo_update(1, "p1", as_file="image/png")))
    other = await downloads.fetched(read(photo_update(2, "p1", as_file="application/pdf")))

    assert fetched.pictures == ("upload-1",)
    assert (other.pictures, other.lost, other.attachments[0].kind) == ((), 0, "file")


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("getFile", Fault(status=502)),
        ("getFile", Fault(drop=True)),
        ("getFile", Fault(retry_after=1)),
        ("file", Fault(status=500)),
        ("file", Fault(drop=True)),
        ("file", Fault(delay=0.4)),
    ],
    ids=["no answer", "dropped", "throttled", "failed", "cut off", "too slow"],
)
async def test_it_is_tried_twice(
    downloads: Downloads, telegram: FakeTelegram, method: str, fault: Fault
) -> None:
    telegram.files["p1"] = CONTENT
    message = read(photo_update(1, "p1", caption="门口"))

    telegram.fail(method, fault)
    assert (await downloads.fetched(message)).pictures == ("upload-1",)
    assert len(telegram.called(method)) == 2

    telegram.fail(method, fault, fault)
    lost = await downloads.fetched(message)
    assert (lost.pictures, lost.lost, lost.text) == ((), 1, "门口")
    assert len(telegram.called(method)) == 4


async def test_one_that_telegram_has_not_is_asked_for_once(
    downloads: Downloads, telegram: FakeTelegram
) -> None:
    assert (await downloads.fetched(read(photo_update(1, "gone")))).lost == 1
    assert len(telegram.called("getFile")) == 1


async def test_one_that_is_too_large_is_not_fetched(
    downloads: Downloads, telegram: FakeTelegram
) -> None:
    telegram.files["p1"] = CONTENT
    telegram.sizes["p1"] = MOST_BYTES + 1
    message = read(photo_update(1, "p1"))
    [file] = message.attachments
    told = replace(message, attachments=(replace(file, size=MOST_BYTES + 1),))

    assert (await downloads.fetched(message)).lost == 1
    assert (await downloads.fetched(told)).lost == 1
    assert len(telegram.called("getFile")) == 1
    assert telegram.called("file") == []


async def test_one_that_is_refused_is_lost_and_nothing_raised(
    downloads: Downloads, telegram: FakeTelegram, shelf: Shelf
) -> None:
    telegram.files["p1"] = CONTENT
    shelf.refuses = "broken"

    assert (await downloads.fetched(read(photo_update(1, "p1")))).lost == 1


async def test_the_message_does_not_wait_for_ever(
    downloads: Downloads, telegram: FakeTelegram
) -> None:
    telegram.files["p1"] = CONTENT
    telegram.fail("file", Fault(delay=5))
    hurried = replace(downloads, patience=timedelta(seconds=9), altogether=timedelta(seconds=0.2))

    assert (await hurried.fetched(read(photo_update(1, "p1", caption="门口")))).text == "门口"
