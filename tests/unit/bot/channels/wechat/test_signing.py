"""Signatures are WeChat's and of now, or refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.utils import WeChatSigner, check_signature

from bot.channels.wechat.signing import Unsigned, check, read_signed, sign

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
TOKEN = "webhookToken1"


def query(**changed: str) -> dict[str, str]:
    given = {"timestamp": STAMP, "nonce": "n-1", "signature": sign(TOKEN, STAMP, "n-1")}
    return {**given, **changed}


@given(st.lists(st.text("abc019ABC_", min_size=1, max_size=12), min_size=1, max_size=4))
def test_signed_as_the_peer_signs(parts: list[str]) -> None:
    signer = WeChatSigner()
    signer.add_data(TOKEN, *parts)

    assert sign(TOKEN, *parts) == signer.signature


def test_the_peer_accepts_ours() -> None:
    check_signature(TOKEN, query()["signature"], STAMP, "n-1")


@pytest.mark.parametrize("seconds", [-300, -1, 0, 1, 300])
def test_five_minutes_either_way(seconds: int) -> None:
    now = NOW + timedelta(seconds=seconds)

    assert read_signed(query(), TOKEN, now=now).nonce == "n-1"


@pytest.mark.parametrize("seconds", [-301, 301, 86400])
def test_beyond_it_is_refused(seconds: int) -> None:
    with pytest.raises(Unsigned):
        read_signed(query(), TOKEN, now=NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    "changed",
    [
        {"signature": ""},
        {"signature": sign("otherToken", STAMP, "n-1")},
        {"signature": "\ud83d"},
        {"nonce": "n-2"},
        {"nonce": "\ud83d"},
        {"nonce": "n" * 129},
        {"timestamp": ""},
        {"timestamp": "-1"},
        {"timestamp": "９"},
        {"timestamp": "9" * 13},
    ],
    ids=ascii,
)
def test_anything_else_is_refused(changed: dict[str, str]) -> None:
    with pytest.raises(Unsigned):
        read_signed(query(**changed), TOKEN, now=NOW)


def test_a_signature_is_known_by_its_proof() -> None:
    one, same = (read_signed(query(), TOKEN, now=NOW) for _ in range(2))
    signature = sign(TOKEN, STAMP, "n-2")
    other = read_signed(query(nonce="n-2", signature=signature), TOKEN, now=NOW)

    assert one.proof == same.proof != other.proof
    assert len(one.proof) == 64
    with pytest.raises(Unsigned):
        check("a", "b")
