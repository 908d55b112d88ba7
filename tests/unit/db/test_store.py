from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from db.encryption import Tampered
from db.store import FolderStore, address_of

CONTENT = b"k1:content"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "attachments"


@pytest.fixture
def store(folder: Path) -> FolderStore:
    return FolderStore(folder)


def file_of(folder: Path, address: str) -> Path:
    return folder / address[:2] / address[2:]


def test_content_is_found_under_its_own_digest(store: FolderStore, folder: Path) -> None:
    address = store.put(CONTENT)

    assert address == address_of(CONTENT)
    assert store.get(address) == CONTENT
    assert stat.S_IMODE(file_of(folder, address).stat().st_mode) == 0o600


def test_the_same_content_is_kept_once_and_counts_as_new(store: FolderStore, folder: Path) -> None:
    address = store.put(CONTENT)
    os.utime(file_of(folder, address), (0, 0))

    assert store.put(CONTENT) == address
    [(listed, age)] = store.listing()
    assert listed == address
    assert age < 60


def test_what_was_changed_on_the_disk_is_not_given_out(store: FolderStore, folder: Path) -> None:
    address = store.put(CONTENT)
    file_of(folder, address).write_bytes(b"k1:forged")

    with pytest.raises(Tampered):
        store.get(address)


def test_what_is_gone_is_gone(store: FolderStore) -> None:
    address = store.put(CONTENT)
    store.delete(address)
    store.delete(address)

    assert store.get(address) is None
    assert list(store.listing()) == []


def test_a_half_written_file_is_nobodys(store: FolderStore, folder: Path) -> None:
    address = store.put(CONTENT)
    (file_of(folder, address).parent / ".0123").write_bytes(b"half")

    assert [a for a, _ in store.listing()] == [address]


@pytest.mark.parametrize("address", ["", "../../keys", "a" * 63, "A" * 64])
def test_only_addresses_are_looked_up(store: FolderStore, address: str) -> None:
    with pytest.raises(ValueError, match="hex"):
        store.get(address)
