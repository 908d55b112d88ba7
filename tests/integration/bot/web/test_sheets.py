"""What all pages beside the chat have in common, seen on one of each."""

from __future__ import annotations

import re

import pytest

from bot.web.sheets import HEADERS
from tests.integration.bot.web.site import Visitor

PAGES = ("/d/none", "/t/XF3205082610120001236", "/t/none")


@pytest.mark.parametrize("path", PAGES)
async def test_each_is_whole_without_a_script_and_kept_by_nobody(
    visitor: Visitor, path: str
) -> None:
    async with visitor.session.get(path) as answer:
        text = await answer.text()

    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "Set-Cookie" not in answer.headers
    assert text.count("<h1>") == text.count("<main ") == 1
    assert '<html lang="zh-CN">' in text
    assert '<meta name="robots" content="noindex, nofollow">' in text
    assert not re.search(r"<script|<style| style=| on\w+=", text)
