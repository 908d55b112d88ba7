"""Signatures hold for one message, one key and a few minutes."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies.errors import BadSignature, FaultyConnections
from bodies.signing import ID, SIGNATURE, TIMESTAMP, TOLERANCE, read_key, signed, verified

NOW = datetime(2026, 11, 30, 4, tzinfo=UTC)
KEY, OTHER = b"a" * 32, b"b" * 32


def test_a_signature_is_that_of_the_specification() -> None:
    headers = signed(KEY, "msg_1", b'{"a":1}', NOW)
    content = f'msg_1.{int(NOW.timestamp())}.{{"a":1}}'.encode()
    digest = base64.b64encode(hmac.new(KEY, content, hashlib.sha256).digest()).decode()

    assert headers == {
        ID: "msg_1",
        TIMESTAMP: str(int(NOW.timestamp())),
        SIGNATURE: f"v1,{digest}",
    }


@given(body=st.binary(max_size=200), late=st.integers(-300, 300))
def test_what_was_signed_is_verified(body: bytes, late: int) -> None:
    headers = signed(KEY, "m", body, NOW)

    assert verified([KEY], headers, body, NOW + timedelta(seconds=late)) == "m"


@given(body=st.binary(min_size=1, max_size=50), place=st.integers(0, 49), bit=st.integers(0, 7))
def test_a_changed_bit_is_not(body: bytes, place: int, bit: int) -> None:
    changed = bytearray(body)
    changed[place % len(body)] ^= 1 << bit

    with pytest.raises(BadSignature):
        verified([KEY], signed(KEY, "m", body, NOW), bytes(changed), NOW)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {ID: ""},
        {ID: "n"},
        {ID: "m" * 65},
        {TIMESTAMP: ""},
        {TIMESTAMP: "-5"},
        {TIMESTAMP: "1e9"},
        {TIMESTAMP: "９" * 10},
        {TIMESTAMP: "9" * 30},
        {TIMESTAMP: str(int((NOW - TOLERANCE).timestamp()) - 1)},
        {TIMESTAMP: str(int((NOW + TOLERANCE).timestamp()) + 1)},
        {SIGNATURE: ""},
        {SIGNATURE: "v1,"},
        {SIGNATURE: "v2,AAAA"},
        {SIGNATURE: "é"},
    ],
)
def test_anything_else_is_refused(headers: dict[str, str]) -> None:
    given_headers = {**signed(KEY, "m", b"x", NOW), **headers} if headers else {}

    with pytest.raises(BadSignature):
        verified([KEY], given_headers, b"x", NOW)


def test_a_key_is_changed_without_a_gap() -> None:
    headers = signed(OTHER, "m", b"x", NOW)

    assert verified([KEY, OTHER], headers, b"x", NOW) == "m"
    both = {**headers, SIGNATURE: f"v1,AAAA {headers[SIGNATURE]}"}
    assert verified([OTHER], both, b"x", NOW) == "m"
    with pytest.raises(BadSignature):
        verified([KEY], headers, b"x", NOW)


def test_secrets_are_read_and_never_quoted() -> None:
    assert read_key("whsec_" + base64.b64encode(KEY).decode()) == KEY
    for secret in ("", "whsec_", "whsec_c2hvcnQ=", "whsec_***", base64.b64encode(KEY).decode()):
        with pytest.raises(FaultyConnections) as refused:
            read_key(secret)
        assert not secret.removeprefix("whsec_") or secret[6:] not in str(refused.value)
