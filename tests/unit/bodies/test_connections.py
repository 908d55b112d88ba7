"""The operator's file is read whole or refused, and never quoted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bodies.connections import Connection, connection_of, read_connections
from bodies.errors import BodyUnknown, FaultyConnections

SECRET = "whsec_" + "YWFh" * 11
HTTP = f"""
gusu:
  name: 演示正式名称
  url: https://gusu.example/sufatong/
  secrets: [{SECRET}]
  numbers: GS[0-9]{{5}}
"""


def read(tmp_path: Path, text: str) -> Mapping[str, Connection]:
    path = tmp_path / "bodies.yml"
    path.write_text(text, encoding="utf-8")
    return read_connections(path)


def test_without_a_file_nobody_is_connected(tmp_path: Path) -> None:
    assert read_connections(tmp_path / "bodies.yml") == {}
    assert read(tmp_path, "# nobody yet\n") == {}


def test_both_sorts_of_connection(tmp_path: Path) -> None:
    found = read(tmp_path, HTTP + f"petition_office:\n  folder: {tmp_path}\n")
    gusu, office = found["gusu"], found["petition_office"]

    assert (gusu.name, gusu.url) == ("演示正式名称", "https://gusu.example/sufatong")
    assert gusu.keys == (b"aaa" * 11,)
    assert gusu.numbers is not None
    assert gusu.numbers.fullmatch("gs00001")
    assert (office.name, office.folder, office.keys) == ("市信访部门", tmp_path, ())
    assert connection_of(found, "gusu") is gusu
    with pytest.raises(BodyUnknown):
        connection_of(found, "wuzhong")


@pytest.mark.parametrize(
    "text",
    [
        "nobody: {url: 'https://x.example', secrets: [SECRET]}",
        "gusu: {folder: /tmp}",
        "gusu: {url: 'https://x.example'}",
        "gusu: {url: 'http://x.example', secrets: [SECRET]}",
        "gusu: {url: 'https://x.example', secrets: [whsec_short]}",
        "gusu: {url: 'https://x.example', secrets: [SECRET], numbers: '('}",
        "gusu: {url: 'https://x.example', secrets: [SECRET], colour: red}",
        "petition_office: {url: 'https://x.example', secrets: [SECRET]}",
        "petition_office: {}",
        "gusu: [",
        "- gusu",
        "gusu: {url: 'https://x.example', secrets: SECRET",
    ],
)
def test_a_faulty_file_is_refused_without_its_secrets(tmp_path: Path, text: str) -> None:
    with pytest.raises(FaultyConnections) as refused:
        read(tmp_path, text.replace("SECRET", SECRET))

    assert str(refused.value).startswith("bodies.yml")
    assert SECRET[6:] not in str(refused.value)
    assert refused.value.__cause__ is None
