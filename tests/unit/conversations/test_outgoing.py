"""Replies become messages and deliveries, numbered up to where the conversation is held."""

from __future__ import annotations

from datetime import UTC, datetime

from conversations.history import read_reply
from conversations.outgoing import Grip, Saying, rows
from core.messages import QuickReply, Reply
from tests.conftest import VAULT

AT = datetime(2026, 11, 30, 2, tzinfo=UTC)
HELD = Grip(conversation_id="c", channel="web", epoch=3, last_seq=9)
REPLIES = (
    Reply(text="一"),
    Reply(text="二", safety=True, quick_replies=(QuickReply(title="好", payload="ok"),)),
)


def test_each_reply_is_a_message_and_its_delivery() -> None:
    saying = Saying(author="bot", at=AT, reply_to="m")

    messages, deliveries = rows(VAULT, HELD, REPLIES, saying)

    assert [m["seq"] for m in messages] == [d["seq"] for d in deliveries] == [8, 9]
    assert [m["id"] for m in messages] == [d["message_id"] for d in deliveries]
    assert [d["safety"] for d in deliveries] == [False, True]
    assert {(m["author"], m["reply_to"], m["sent_at"]) for m in messages} == {("bot", "m", AT)}
    assert {(d["channel"], d["epoch"], d["next_attempt_at"]) for d in deliveries} == {
        ("web", 3, AT)
    }
    assert [read_reply(VAULT, m["body_sealed"]) for m in messages] == list(REPLIES)
    assert "一" not in messages[0]["text_sealed"]


def test_the_same_said_to_many_is_sealed_anew_for_each() -> None:
    saying = Saying(author="bot:alert", at=AT)
    [one], [other] = (rows(VAULT, HELD, REPLIES[:1], saying)[0] for _ in range(2))

    assert one["body_sealed"] != other["body_sealed"]
    assert one["id"] != other["id"]
