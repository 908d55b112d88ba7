"""The passive reply is XML that wechatpy reads back to the same words, whatever they are."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from wechatpy import parse_message

from bot.channels.wechat.receive import Incoming
from bot.channels.wechat.reply import reply_xml
from conversations.allowances import Cause
from core.messages import Identity

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
INCOMING = Incoming(
    external_id="message:1",
    sender=Identity(channel="wechat", user_id="o1"),
    account="gh_1",
    message=None,
    cause=Cause.MESSAGE,
    at=NOW,
)
HOSTILE = st.text("]>[!<&CDAT 你好\n", max_size=20)


@given(HOSTILE)
def test_read_back_by_the_peer(words: str) -> None:
    text = f"答{words}。"
    read = parse_message(reply_xml(INCOMING, text, now=NOW))

    assert (read.type, read.source, read.target) == ("text", "gh_1", "o1")
    assert read.content == text
    assert read._data["CreateTime"] == "1795399200"
