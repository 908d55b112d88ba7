"""What is sealed opens only with its key and only unchanged."""

from __future__ import annotations

import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from db.encryption import Tampered, UnknownKey, Vault, load_vault

OLD, NEW = b"\x01" * 32, b"\x02" * 32
VAULT = Vault({"k1": OLD}, current="k1")
ROTATED = Vault({"k1": OLD, "k2": NEW}, current="k2")
ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_opens_to_what_was_sealed(text: str) -> None:
    assert VAULT.open(VAULT.seal(text)) == text


def test_same_text_never_looks_the_same() -> None:
    assert VAULT.seal("好") != VAULT.seal("好")


@given(st.text(min_size=1), st.data())
def test_any_changed_byte_is_noticed(text: str, data: st.DataObject) -> None:
    key_id, _, body = VAULT.seal(text).partition(":")
    raw = bytearray(base64.b64decode(body))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))

    with pytest.raises(Tampered):
        VAULT.open(f"{key_id}:{base64.b64encode(raw).decode()}")


@pytest.mark.parametrize("body", ["", "AAAA", "not base64!", "好"])
def test_damaged_form_is_noticed(body: str) -> None:
    with pytest.raises(Tampered):
        VAULT.open(f"k1:{body}")


@pytest.mark.parametrize("sealed", ["k9:AAAA", "", "plain text"])
def test_unknown_key_is_told(sealed: str) -> None:
    with pytest.raises(UnknownKey):
        VAULT.open(sealed)


def test_text_sealed_with_another_key_of_that_name_does_not_open() -> None:
    other = Vault({"k1": NEW}, current="k1")
    with pytest.raises(Tampered):
        VAULT.open(other.seal("好"))


def test_old_key_still_opens_and_the_new_one_seals() -> None:
    assert ROTATED.open(VAULT.seal("旧")) == "旧"
    assert ROTATED.seal("新").startswith("k2:")
    with pytest.raises(UnknownKey):
        VAULT.open(ROTATED.seal("新"))


def test_digest_stays_when_a_key_is_added() -> None:
    assert ROTATED.digest("web", "u-1") == VAULT.digest("web", "u-1")


def test_digest_depends_on_purpose_value_and_key() -> None:
    digests = {
        VAULT.digest("web", "u-1"),
        VAULT.digest("telegram", "u-1"),
        VAULT.digest("web", "u-2"),
        VAULT.digest("we", "bu-1"),
        Vault({"k1": NEW}, current="k1").digest("web", "u-1"),
    }

    assert len(digests) == 5
    assert {len(d) for d in digests} == {64}


def test_key_file_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "keys"
    with ThreadPoolExecutor(16) as pool:
        vaults = list(pool.map(lambda _: load_vault(path), range(64)))

    assert len({v.digest("web", "u-1") for v in vaults}) == 1
    assert vaults[0].open(vaults[-1].seal("好")) == "好"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["keys"]


def test_added_line_becomes_the_current_key(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    before = load_vault(path)
    with path.open("a") as file:
        file.write(f"k2:{base64.b64encode(NEW).decode()}\n")
    after = load_vault(path)

    assert after.open(before.seal("旧")) == "旧"
    assert after.seal("新").startswith("k2:")
    assert after.digest("web", "u-1") == before.digest("web", "u-1")


@pytest.mark.parametrize("content", ["", "k1:\n", "k1:AAAA\n", "k1:not base64!\n", "k1\n"])
def test_unusable_key_file_is_told_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys"
    path.write_text(content)

    with pytest.raises(Invalid, match="no usable key"):
        load_vault(path)
    assert path.read_text() == content
