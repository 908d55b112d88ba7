"""Each payload file of WeChat's, and the Message it is; all of them are listed here."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy import parse_message

from bot.channels.wechat.envelope import UnreadableBody, read_fields
from bot.channels.wechat.receive import read_incoming
from conversations.allowances import Cause
from core.messages import Attachment, Identity, Message

PAYLOADS = Path(__file__).parent.parent / "payloads" / "wechat"
# CreateTime counts seconds.
SENT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WHO = Identity(channel="wechat", user_id="oCitizen_of-Suzhou_0001")


def message(text: str = "", **more: Any) -> Message:
    given: dict[str, Any] = {"sender": WHO, "text": text, "sent_at": SENT, **more}
    return Message(channel="wechat", **{"external_id": "", **given})


def carrying(text: str = "", **attachment: Any) -> Message:
    return message(text, attachments=(Attachment(**attachment),))


READ: dict[str, Message] = {
    "text": message("公司拖欠我三个月工资，怎么办？"),
    "text_marked_up": message("甲 < 乙 & 丙 /::)"),
    "image": carrying(kind="image", file_id="media-image-1", mime="image/jpeg"),
    "voice_recognised": message("房东不退押金怎么办？"),
    "voice": carrying(kind="voice", file_id="media-voice-2", mime="audio/amr"),
    "video": carrying(kind="video", file_id="media-video-1", mime="video/mp4"),
    "shortvideo": carrying(kind="video", file_id="media-video-2", mime="video/mp4"),
    "location": carrying(
        "苏州市姑苏区人民路",
        kind="location",
        url="geo:31.29834,120.58531;crs=gcj02",
        caption="苏州市姑苏区人民路",
    ),
    "location_unnamed": carrying(kind="location", url="geo:31.3,120.6;crs=gcj02"),
    "link": message("医保卡即将停用\n点击认证\nhttp://yibao.example.com/a?b=1&c=2"),
    "subscribe": message(payload="greet"),
    "subscribe_scanned": message(payload="greet"),
    "scan": message(payload="greet"),
    "menu": message(payload="petition_status"),
    "menu_argument": message(payload="help/legal"),
}
LEAVES = {"unsubscribe"}
NOT_FOR_US = {
    *("menu_of_others", "menu_long", "menu_view", "location_report", "template_done"),
    "miniprogrampage",
}
FIELDS = ("MsgType", "Event", "Content", "FromUserName", "CreateTime", "MsgId", "Location_X")


def payload(name: str) -> bytes:
    return (PAYLOADS / f"{name}.xml").read_bytes()


def test_every_payload_is_listed() -> None:
    assert {p.stem for p in PAYLOADS.glob("*.xml")} == {*READ, *LEAVES, *NOT_FOR_US}


@pytest.mark.parametrize("name", READ)
def test_what_a_citizen_sends_is_read(name: str) -> None:
    read = read_incoming(read_fields(payload(name)))

    assert read is not None
    assert read.message is not None
    expected = READ[name]
    assert read.message == Message(
        channel="wechat",
        external_id=read.external_id,
        sender=expected.sender,
        text=expected.text,
        payload=expected.payload,
        attachments=expected.attachments,
        sent_at=SENT,
    )
    assert (read.account, read.at) == ("gh_sufatong", SENT)
    assert read.cause is (Cause.EVENT if expected.payload else Cause.MESSAGE)


def test_ids_are_wechats_numbers_or_tell_who_when_and_what() -> None:
    ids = {name: read.external_id for name in {*READ, *LEAVES} if (read := _read(name))}

    assert ids["text"] == "message:23456789012345678"
    assert len(set(ids.values())) == len(ids)
    assert all(len(i) <= 128 and WHO.user_id not in i for i in ids.values())


def _read(name: str) -> Any:
    return read_incoming(read_fields(payload(name)))


def test_leaving_is_no_message() -> None:
    assert _read("unsubscribe").message is None


@pytest.mark.parametrize("name", sorted(NOT_FOR_US))
def test_what_is_not_for_us_is_passed_over(name: str) -> None:
    assert _read(name) is None


@pytest.mark.parametrize("name", sorted(READ))
def test_the_peer_reads_the_same_who_and_when(name: str) -> None:
    theirs = parse_message(payload(name))

    assert (theirs.source, theirs.target) == (WHO.user_id, "gh_sufatong")
    # Theirs is the time of Shanghai without saying so.
    assert int(theirs._data["CreateTime"]) == int(SENT.timestamp())


@pytest.mark.parametrize(
    "changed",
    [
        {"FromUserName": ""},
        {"FromUserName": "有名字"},
        {"MsgId": ""},
        {"MsgId": "-1"},
        {"CreateTime": ""},
        {"CreateTime": "9" * 19},
        {"CreateTime": "1795399200.5"},
        {"MsgType": "location", "Location_X": "north"},
        {"MsgType": "location", "Location_X": "nan", "Location_Y": "1"},
    ],
    ids=str,
)
def test_what_cannot_be_true_is_unreadable(changed: dict[str, str]) -> None:
    with pytest.raises(UnreadableBody):
        read_incoming({**read_fields(payload("text")), **changed})


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=20)))
def test_any_fields_are_read_or_unreadable(fields: dict[str, str]) -> None:
    try:
        read_incoming(fields)
    except UnreadableBody:
        return
