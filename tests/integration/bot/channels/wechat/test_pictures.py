"""A picture is kept before its message is; one that cannot be had leaves the message as it is."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select

from bot.channels.wechat.pictures import Pictures
from cases.models import UploadRecord
from cases.uploads import UploadDesk
from core.clock import utc_now
from core.messages import Attachment, Identity, Message
from db.store import FolderStore
from tests.integration.bot.channels.fake_wechat import FakeWeChat, Fault, message_xml
from tests.integration.bot.channels.wechat.conftest import Site
from tests.integration.bot.web.site import folder_of
from tests.integration.talk import NOON
from tests.pictures import photo


def sent(kind: str = "image", file_id: str = "m1") -> Message:
    return Message(
        channel="wechat",
        external_id="message:1",
        sender=Identity(channel="wechat", user_id="o1"),
        text="",
        sent_at=NOON,
        attachments=(Attachment(kind=kind, file_id=file_id),),  # type: ignore[arg-type]
    )


def pictures(site: Site) -> Pictures:
    desk = UploadDesk(site.db, FolderStore(folder_of(site.db)), clock=utc_now)
    return Pictures(api=site.line.api(site.db, clock=utc_now), keep=desk.take)


async def test_kept_and_named_by_its_upload(site: Site, wechat: FakeWeChat) -> None:
    wechat.media["m1"] = photo()

    [kept] = (await pictures(site).fetched(sent())).attachments

    assert kept.upload is not None
    assert kept.kind == "image"


@pytest.mark.parametrize(
    "fault",
    [Fault(errcode=40007), Fault(status=500), Fault(delay=9), Fault(body=b"no picture")],
    ids=["gone", "500", "late", "none"],
)
async def test_left_out_in_time(site: Site, wechat: FakeWeChat, fault: Fault) -> None:
    wechat.fail("get", fault)

    async with asyncio.timeout(4):
        assert await pictures(site).fetched(sent()) == sent()


async def test_voices_are_not_fetched(site: Site, wechat: FakeWeChat) -> None:
    assert await pictures(site).fetched(sent("voice")) == sent("voice")
    assert "get" not in wechat.calls


async def test_from_the_webhook_to_the_store(site: Site, wechat: FakeWeChat) -> None:
    wechat.media["m1"] = photo()
    answered = await site.caller().ask(
        message_xml("image", PicUrl="http://127.0.0.1:9/never", MediaId="m1")
    )

    assert answered.text
    async with site.db.read() as session:
        assert await session.scalar(select(func.count(UploadRecord.id))) == 1
