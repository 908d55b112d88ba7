"""The addresses of the service, as a browser and a watcher meet them."""

from __future__ import annotations

import re

import pytest

from nlu.training import ROOT
from tests.integration.bot.web.site import EVENTS, Visitor

STATIC = sorted(path.name for path in (ROOT / "bot/web/static").iterdir() if path.is_file())


async def test_the_page_is_chinese_and_names_only_files_that_are_served(visitor: Visitor) -> None:
    async with visitor.session.get("/") as answer:
        page = await answer.text()
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache")
        assert answer.content_type == "text/html"

    assert '<html lang="zh-CN">' in page
    assert "不是律师意见" in page
    named = set(re.findall(r'(?:href|src)="/static/([^"#]+)', page))
    assert named
    assert named - set(STATIC) == set()


@pytest.mark.parametrize("name", STATIC)
async def test_its_files_are_served(visitor: Visitor, name: str) -> None:
    async with visitor.session.get(f"/static/{name}") as answer:
        assert answer.status == 200
        assert await answer.read() == (ROOT / "bot/web/static" / name).read_bytes()


@pytest.mark.parametrize(
    "path", ["/static/", "/static/none.js", "/static/../app.py", "/static/%2e%2e/app.py"]
)
async def test_nothing_else_is(visitor: Visitor, path: str) -> None:
    async with visitor.session.get(path) as answer:
        assert answer.status in {403, 404}


async def test_the_process_says_that_it_lives(visitor: Visitor) -> None:
    assert await visitor.get("/livez") == (200, {"status": "ok"})


async def test_counters_are_told_in_prometheus_words(visitor: Visitor) -> None:
    async with visitor.session.get("/metrics") as answer:
        told = await answer.text()

        assert answer.status == 200
        assert answer.content_type == "text/plain"
    assert "# TYPE process_cpu_seconds_total counter" in told


async def test_a_look_at_a_stream_without_listening_is_refused(visitor: Visitor) -> None:
    async with visitor.session.head(EVENTS) as answer:
        assert answer.status == 405
