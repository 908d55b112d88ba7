"""Bodies in the clear and encrypted, under either key; what is neither is refused, never a crash."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto

from bot.channels.wechat.account import Account, Mode, read_aes_key
from bot.channels.wechat.crypto import Undecipherable
from bot.channels.wechat.envelope import (
    Envelope,
    UnreadableBody,
    open_envelope,
    read_fields,
    seal_reply,
)
from bot.channels.wechat.receive import read_incoming
from bot.channels.wechat.signing import Signed, Unsigned, sign

KEYS = (
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba",
)
APP, TOKEN = "wx0123456789abcdef", "webhookToken1"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
HELLO = "<xml><MsgType>text</MsgType><Content>你好</Content></xml>"


def account(mode: Mode = Mode.SAFE) -> Account:
    keys = tuple(read_aes_key(key) for key in KEYS)
    return Account(app_id=APP, secret="s", token=TOKEN, mode=mode, aes_keys=keys)


def signed(encrypted: str | None) -> Signed:
    return Signed(
        timestamp=STAMP,
        nonce="n",
        signature=sign(TOKEN, STAMP, "n"),
        msg_signature="" if encrypted is None else sign(TOKEN, STAMP, "n", encrypted),
        sealed=encrypted is not None,
    )


def encrypted(key: str = KEYS[0], app: str = APP) -> tuple[Signed, bytes]:
    sealed = WeChatCrypto(TOKEN, key, app).encrypt_message(HELLO, "n", STAMP)
    return signed(read_fields(sealed.encode())["Encrypt"]), sealed.encode()


@pytest.mark.parametrize("key", KEYS, ids=["present key", "old key"])
def test_the_peers_message_opens_and_it_reads_our_reply(key: str) -> None:
    envelope = open_envelope(account(), *encrypted(key))
    reply = seal_reply(account(), envelope, "<xml><Content>答</Content></xml>", now=NOW)

    assert envelope.fields == {"MsgType": "text", "Content": "你好"}
    outer = read_fields(reply.encode())
    opened = WeChatCrypto(TOKEN, key, APP).decrypt_message(
        reply, outer["MsgSignature"], outer["TimeStamp"], outer["Nonce"]
    )
    assert opened == "<xml><Content>答</Content></xml>"


def test_only_what_was_encrypted_counts() -> None:
    given, body = encrypted()
    forged = body.replace(b"</xml>", b"<Content>forged</Content></xml>")

    assert open_envelope(account(), given, forged).fields["Content"] == "你好"


def test_modes_take_what_they_say() -> None:
    plain = (signed(None), HELLO.encode())
    assert open_envelope(account(Mode.PLAIN), *plain).key is None
    assert open_envelope(account(Mode.COMPATIBLE), *plain).fields["Content"] == "你好"
    assert open_envelope(account(Mode.COMPATIBLE), *encrypted()).key is not None
    with pytest.raises(Unsigned):
        open_envelope(account(Mode.SAFE), *plain)
    with pytest.raises(Unsigned):
        open_envelope(account(Mode.PLAIN), *encrypted())


def test_another_body_under_the_same_signature_is_refused() -> None:
    given, _ = encrypted()
    _, other = encrypted()

    with pytest.raises(Unsigned):
        open_envelope(account(), given, other)


def test_for_another_account_or_key_it_stays_shut() -> None:
    for key, app in ((KEYS[0], "wxother"), ("Z" * 43, APP)):
        with pytest.raises(Undecipherable):
            open_envelope(account(), *encrypted(key, app))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<xml>",
        b"\xff\xfe",
        b"<!DOCTYPE xml><xml/>",
        b"<!DOCTYPE xml [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><xml><C>&a;</C></xml>",
        b"<xml><C>&undeclared;</C></xml>",
        b"<?xml version='1.0' encoding='no-such'?><xml/>",
        b"<xml><C>\x00</C></xml>",
    ],
    ids=repr,
)
def test_unreadable_bodies(body: bytes) -> None:
    with pytest.raises(UnreadableBody):
        read_fields(body)


def test_a_reply_in_the_clear_stays_so() -> None:
    assert seal_reply(account(), Envelope(fields={}), "<xml/>", now=NOW) == "<xml/>"


SCRAPS = st.lists(
    st.sampled_from(
        [
            *("<xml>", "</xml>", "<MsgType>", "</MsgType>", "text", "event", "<![CDATA[", "]]>"),
            *("<FromUserName>o1</FromUserName>", "<CreateTime>1795399200</CreateTime>"),
            *("<MsgId>1</MsgId>", "<Event>subscribe</Event>", "<!DOCTYPE a>", "&#0;", "&lt;"),
            *("<Content>", "</Content>", "你好", "\x00", "<?xml version='1.0'?>", "<a/>" * 50),
        ]
    ),
    max_size=14,
).map(lambda scraps: "".join(scraps).encode())


@settings(max_examples=4000)
@given(SCRAPS | st.binary(max_size=60))
def test_any_body_is_read_or_refused(body: bytes) -> None:
    try:
        envelope = open_envelope(account(Mode.COMPATIBLE), signed(None), body)
        read_incoming(envelope.fields)
    except UnreadableBody:
        return
