"""The account's calls: codes in answers that say 200, a refused token replaced, pictures fetched."""

from __future__ import annotations

import pytest

from bot.channels.base import SendCode, SendError
from core.clock import utc_now
from tests.integration.bot.channels.fake_wechat import FakeWeChat, Fault
from tests.integration.bot.channels.wechat.conftest import Site


async def test_an_expired_token_is_replaced_and_the_text_goes(
    site: Site, wechat: FakeWeChat
) -> None:
    api = site.line.api(site.db, clock=utc_now)
    await api.send_text("o1", "一")
    wechat.expire()
    await api.send_text("o1", "二")
    await api.show_typing("o1")

    assert wechat.texts == ["一", "二"]


async def test_a_token_refused_twice_is_tried_later(site: Site, wechat: FakeWeChat) -> None:
    wechat.fail("send", Fault(errcode=40001), Fault(errcode=42001))

    with pytest.raises(SendError) as raised:
        await site.line.api(site.db, clock=utc_now).send_text("o1", "一")

    assert raised.value.code is SendCode.CONNECTION_FAILED
    assert wechat.calls.count("send") == 2


@pytest.mark.parametrize(
    ("errcode", "code"),
    [(45015, SendCode.WINDOW_CLOSED), (45047, SendCode.QUOTA_SPENT), (1, SendCode.REJECTED)],
)
async def test_a_code_in_a_good_answer_is_an_error(
    site: Site, wechat: FakeWeChat, errcode: int, code: SendCode
) -> None:
    wechat.fail("send", Fault(errcode=errcode))

    with pytest.raises(SendError) as raised:
        await site.line.api(site.db, clock=utc_now).send_text("o1", "一")

    assert raised.value.code is code


async def test_a_picture_or_the_reason_it_is_none(site: Site, wechat: FakeWeChat) -> None:
    api = site.line.api(site.db, clock=utc_now)
    wechat.media["m1"] = b"\xff\xd8\xff picture"

    assert await api.picture("m1") == b"\xff\xd8\xff picture"
    with pytest.raises(SendError):
        await api.picture("m2")
