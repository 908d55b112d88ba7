"""Each payload file of a Telegram update, and the Message it is; all of them are listed here."""

from __future__ import annotations

import copy
import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.receive import UnreadableUpdate, read_update
from core.messages import Attachment, Identity, Message

PAYLOADS = Path(__file__).parent.parent / "payloads" / "telegram"
BOT = 123456
SENT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
EDITED = datetime(2026, 11, 23, 2, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)


def message(text: str = "", **changed: Any) -> Message:
    fields: dict[str, Any] = {
        "channel": "telegram",
        "sender": Identity(channel="telegram", user_id="7001"),
        "text": text,
        "sent_at": SENT,
    }
    return Message(**{**fields, "external_id": "", **changed})


def carrying(attachment: Attachment, text: str = "", **changed: Any) -> Message:
    return message(text, attachments=(attachment,), **changed)


SCAM = "您的医保卡已停用，点击链接激活"
# Any: keyword arguments of an Attachment.
CONTRACT: dict[str, Any] = {
    "kind": "file",
    "file_id": "BQAC",
    "mime": "application/pdf",
    "size": 204800,
}
PHOTO: dict[str, Any] = {"kind": "image", "mime": "image/jpeg"}
GEO = "geo:31.29834,120.58531"

READ: dict[str, Message] = {
    "text": message("公司拖欠我三个月工资，怎么办？"),
    "start": message("/start", payload="greet"),
    "start_named": message("/start@sufatong_bot poster", payload="greet"),
    "command_human": message("/human", payload="human_handoff"),
    "command_unknown": message("/weather 苏州"),
    "photo": carrying(
        Attachment(**PHOTO, file_id="AgAC-large", size=98211, caption="这条短信是诈骗吗？"),
        "这条短信是诈骗吗？",
    ),
    "photo_of_album": carrying(Attachment(**PHOTO, file_id="AgAC-one", size=5120)),
    "live_photo": carrying(Attachment(**PHOTO, file_id="LP-still", size=7001)),
    "voice": carrying(Attachment(kind="voice", file_id="AwAC", mime="audio/ogg", size=30211)),
    "audio": carrying(Attachment(kind="voice", file_id="CQAC", mime="audio/mpeg", size=990211)),
    "video": carrying(
        Attachment(
            kind="video", file_id="BAAC", mime="video/mp4", size=2202111, caption="楼上漏水"
        ),
        "楼上漏水",
    ),
    "video_note": carrying(
        Attachment(kind="video", file_id="DQAC", mime="video/mp4", size=330211)
    ),
    "animation": carrying(Attachment(kind="video", file_id="CgAC", mime="video/mp4", size=40211)),
    "document": carrying(Attachment(**CONTRACT, caption="劳动合同"), "劳动合同"),
    "sticker": carrying(Attachment(kind="sticker", file_id="CAAC", size=11220, caption="👍")),
    "location": carrying(Attachment(kind="location", url=GEO)),
    "venue": carrying(
        Attachment(kind="location", url=GEO, caption="姑苏区法律援助中心 平江路1号")
    ),
    "contact": carrying(
        Attachment(kind="file", url="tel:+8651255500100", mime="text/vcard", caption="王 工")
    ),
    "forwarded_text": message(SCAM),
    "reply_of_new_shape": message("那要多少钱"),
    "lone_surrogate": message("\ufffd你好😀"),
    "edited_text": message("我被公司辞退了", sent_at=EDITED),
    "edited_caption": carrying(
        Attachment(**CONTRACT, caption="这是劳动合同"), "这是劳动合同", sent_at=EDITED
    ),
    "button": message("转人工", payload="human_handoff", sent_at=NOW),
    "button_gone": message("", payload="human_handoff", sent_at=NOW),
    "button_other_keyboard": message("", payload="case_status/SZ-1", sent_at=NOW),
}
NOT_FOR_US = {
    *("edited_live_location", "dice", "pinned_service", "from_a_bot"),
    *("group_text", "group_migrated", "button_in_group", "channel_post"),
    *("button_inline_message", "button_of_game"),
    *("blocked", "reaction", "business_message", "kind_of_tomorrow"),
}

any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)


def payload(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", READ)
def test_what_a_citizen_sends_is_read(name: str) -> None:
    update = payload(name)
    external_id = f"{BOT}:{update['update_id']}"

    actual = read_update(update, BOT, received_at=NOW)

    assert actual == dataclasses.replace(READ[name], external_id=external_id)


@pytest.mark.parametrize("name", sorted(NOT_FOR_US))
def test_what_is_not_for_us_is_none(name: str) -> None:
    assert read_update(payload(name), BOT, received_at=NOW) is None


def test_every_payload_file_is_in_a_table() -> None:
    assert {path.stem for path in PAYLOADS.glob("*.json")} == set(READ) | NOT_FOR_US


@pytest.mark.parametrize("body", [None, 5, "x", [], [1], {}, {"date": "today"}])
def test_a_known_kind_of_another_shape_is_unreadable(body: object) -> None:
    with pytest.raises(UnreadableUpdate) as caught:
        read_update({"update_id": 1, "message": body}, BOT, received_at=NOW)

    assert caught.value.__context__ is None


def test_reading_leaves_the_update_as_it_was() -> None:
    update = payload("button")
    before = copy.deepcopy(update)

    read_update(update, BOT, received_at=NOW)

    assert update == before


@given(data=st.data(), name=st.sampled_from(sorted(READ)))
def test_any_field_may_be_anything(data: st.DataObject, name: str) -> None:
    """A field of a wrong kind gives a sound Message, None or UnreadableUpdate, never a crash."""
    update = payload(name)
    kind = next(k for k in update if k != "update_id")
    field = data.draw(st.sampled_from(sorted(update[kind])))
    update[kind][field] = data.draw(any_json)

    try:
        actual = read_update(update, BOT, received_at=NOW)
    except UnreadableUpdate:
        return

    if actual is not None:
        assert isinstance(actual.text, str)
        assert isinstance(actual.payload, str | None)
        assert actual.sent_at.tzinfo is UTC
