"""What is handed over names no package registry, no machine of ours, and no secret."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, tracked

FORBIDDEN = {
    "package registry": re.compile(
        r"pypi\.(?:org|python)|pythonhosted\.org|npmjs\.(?:org|com)|https?://mirrors?\.|"
        r"https?://\S+/simple/?(?:\s|$)|^--(?:extra-)?index-url",
        re.MULTILINE,
    ),
    "path of one machine": re.compile(
        "|".join([re.escape(f"{ROOT}/"), r"/(?:home|Users)/[a-z][\w.-]*/", r"/root/\."])
    ),
    "Telegram token": re.compile(r"\b\d{8,10}:AA[\w-]{33}\b"),
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
}
BINARY = {".npz", ".png", ".jpg", ".ico", ".woff2"}


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_no_tracked_file_names_a(kind: str) -> None:
    texts = (n for n in tracked() if Path(n).suffix not in BINARY)

    assert [n for n in texts if FORBIDDEN[kind].search(_text(n))] == []


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8", errors="replace")
