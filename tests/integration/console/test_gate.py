"""The door of every page: who comes in, what they may, what they bring."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.models import Role
from console.passwords import Passwords
from console.wording import error_message
from db.engine import Database
from tests.integration.console.citizens import ask_for_a_person
from tests.integration.console.conftest import START, Client, MovableClock, keep
from tests.integration.console.test_pages import log_in

CHAT = "/console/chats/R-0001"
STEPS = ("news", "reply", "claim", "return", "pass", "close")


@pytest.mark.parametrize("step", STEPS)
async def test_without_a_login_nothing_is_done(
    client: Client, database: Database, step: str
) -> None:
    await ask_for_a_person(database, "a", "我要找人", now=START)

    response = await client.post(f"{CHAT}/{step}", data={"text": "您好", "seen": "0"})

    assert response.status == 403
    assert error_message("NotLoggedIn") in await response.text()


@pytest.mark.parametrize("step", ["", *STEPS])
async def test_an_editor_opens_no_chat(
    client: Client, database: Database, passwords: Passwords, step: str
) -> None:
    await ask_for_a_person(database, "a", "我要找人", now=START)
    await keep(database, passwords, "ed", Role.EDITOR)
    await log_in(client, name="ed")

    response = await (client.post(f"{CHAT}/{step}") if step else client.get(CHAT))

    assert response.status == 403
    assert "我要找人" not in await response.text()


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}])
@pytest.mark.parametrize("step", STEPS)
async def test_another_site_takes_no_step(
    client: Client, database: Database, step: str, headers: dict[str, str]
) -> None:
    await ask_for_a_person(database, "a", "我要找人", now=START)
    await log_in(client)

    response = await client.post(f"{CHAT}/{step}", headers=headers, allow_redirects=False)

    assert response.status == 403


async def test_working_keeps_the_session_and_an_open_page_does_not(
    client: Client, database: Database, clock: MovableClock
) -> None:
    await ask_for_a_person(database, "a", "我要找人", now=START)
    await log_in(client)
    clock.move(timedelta(minutes=50))
    await client.post(f"{CHAT}/claim")
    clock.move(timedelta(minutes=50))
    asked = await client.post(f"{CHAT}/news", data={"after": "0"})
    clock.move(timedelta(minutes=11))
    late = await client.post(f"{CHAT}/news", data={"after": "0"})

    assert (asked.status, late.status) == (200, 403)


async def test_a_file_in_place_of_words_is_no_form_of_ours(
    client: Client, database: Database
) -> None:
    await ask_for_a_person(database, "a", "我要找人", now=START)
    await log_in(client)
    body = b'--b\r\nContent-Disposition: form-data; name="text"; filename="f"\r\n\r\nx\r\n--b--'
    kind = {"Content-Type": "multipart/form-data; boundary=b"}

    assert (await client.post(f"{CHAT}/reply", data=body, headers=kind)).status == 400
