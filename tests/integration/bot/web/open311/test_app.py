"""The endpoint as a part of the site."""

from __future__ import annotations

from io import BytesIO

import pytest

from bot.web.app import MAX_BODY
from bot.web.open311.asking import FORM
from tests.integration.bot.web.open311.peers import FIELDS, System

CROSS = {"Sec-Fetch-Site": "cross-site"}


@pytest.mark.parametrize("path", ["", "nowhere", "requests", "requests.txt", "requests/.xml/x"])
async def test_where_nothing_is_xml_says_so(system: System, path: str) -> None:
    answer = await system.get(path)

    assert (answer.status, answer.mime) == (404, "text/xml; charset=utf-8")
    assert answer.spark[0]["code"] == "404"


async def test_what_cannot_be_done_there_says_what_can(system: System) -> None:
    async with system.http.delete(f"{system.url}/requests.json") as answer:
        assert (answer.status, answer.headers["Allow"]) == (405, "GET,HEAD,POST")
        assert (await answer.json())[0]["code"] == 405


async def test_a_body_that_is_too_large_is_told_in_the_format(system: System) -> None:
    body, kind = BytesIO(b"x" * (MAX_BODY + 1)), {"Content-Type": FORM}
    url = f"{system.url}/requests.json"
    async with system.http.post(url, data=body, headers=kind) as answer:
        assert (answer.status, (await answer.json())[0]["code"]) == (400, 400)


async def test_another_sites_page_cannot_post(system: System) -> None:
    data = {**FIELDS, "api_key": system.key}
    async with system.http.post(f"{system.url}/requests.json", data=data, headers=CROSS) as answer:
        assert answer.status == 403


async def test_nothing_is_kept_and_nobody_marked(system: System) -> None:
    async with system.http.get(f"{system.url}/services.json") as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
