"""What one side encrypts the other reads, ours and wechatpy's; what is none of it is refused."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import PrpCrypto

from bot.channels.wechat.account import read_aes_key
from bot.channels.wechat.crypto import Undecipherable, decrypt, encrypt

KEY = read_aes_key("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
OTHER = read_aes_key("GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba")
APP = "wx0123456789abcdef"


@given(st.binary(max_size=300))
def test_round_trip(message: bytes) -> None:
    assert decrypt(KEY, encrypt(KEY, message, APP), APP) == message


# An empty message is nothing to the peer.
@given(st.text(min_size=1, max_size=200).filter(lambda t: t.isprintable()))
def test_the_peer_reads_ours_and_we_read_the_peers(text: str) -> None:
    peer = PrpCrypto(KEY)

    assert peer.decrypt(encrypt(KEY, text.encode(), APP), APP) == text
    assert decrypt(KEY, peer.encrypt(text, APP).decode(), APP) == text.encode()


def test_neither_another_key_nor_another_account_opens_it() -> None:
    sealed = encrypt(KEY, b"<xml/>", APP)

    for key, app in ((OTHER, APP), (KEY, "wxother"), (KEY, "")):
        with pytest.raises(Undecipherable):
            decrypt(key, sealed, app)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises(Undecipherable):
        decrypt(KEY, base64.b64encode(raw).decode(), APP)


@given(st.text(max_size=100))
def test_any_text_is_refused(text: str) -> None:
    with pytest.raises(Undecipherable):
        decrypt(KEY, text, APP)


@given(st.data())
def test_one_changed_byte_never_gives_another_account(data: st.DataObject) -> None:
    raw = bytearray(base64.b64decode(encrypt(KEY, "你好".encode(), APP)))
    at = data.draw(st.integers(len(raw) - 32, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))

    with pytest.raises(Undecipherable):
        decrypt(KEY, base64.b64encode(raw).decode(), APP)
