"""Errors are pages; pages are kept nowhere and say where their forms come from."""

from __future__ import annotations

import pytest

from console.wording import error_message
from db.engine import Database
from tests.integration.console.conftest import Client


@pytest.mark.parametrize("path", ["/console", "/console/nothing", "/console/queue"])
async def test_no_page_is_cached_or_runs_what_is_not_ours(client: Client, path: str) -> None:
    response = await client.get(path)

    assert response.content_type == "text/html"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "style=" not in await response.text()


async def test_styles_are_asked_for_again_when_changed(client: Client) -> None:
    response = await client.get("/console/static/console.css")

    assert (response.status, response.headers["Cache-Control"]) == (200, "no-cache")


async def test_a_page_that_is_not_there_says_so(client: Client) -> None:
    response = await client.get("/console/nothing")

    assert response.status == 404
    assert error_message("NotFound") in await response.text()


async def test_the_unexpected_is_logged_and_not_shown(
    client: Client, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    async with database.engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE staff_sessions RENAME TO gone")
    try:
        response = await client.get("/console", cookies={"staff": "x"})
    finally:
        async with database.engine.begin() as connection:
            await connection.exec_driver_sql("ALTER TABLE gone RENAME TO staff_sessions")

    assert response.status == 500
    text = await response.text()
    assert error_message("Unexpected") in text
    assert "staff_sessions" not in text
    assert "console_failed" in "".join(capsys.readouterr())
