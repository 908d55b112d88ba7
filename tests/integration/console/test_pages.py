"""The pages: in, out, refused, expired; the queue for those who may see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiohttp import ClientResponse

from cases.pictures import cleaned
from cases.sniffing import JPEG
from cases.uploads import UploadDesk
from console.models import Role
from console.passwords import MOST_WAITING, Passwords
from console.wording import error_message
from core.messages import Identity
from db.engine import Database
from tests.integration.console.citizens import ask_for_a_person
from tests.integration.console.conftest import PASSWORD, START, Client, MovableClock, keep
from tests.integration.handoff.chats import claim, step
from tests.pictures import photo

OVER = timedelta(hours=1)


async def log_in(
    client: Client, password: str = PASSWORD, name: str = "li.na", **headers: str
) -> ClientResponse:
    return await client.post(
        "/console/login",
        data={"name": name, "password": password},
        headers=headers,
        allow_redirects=False,
    )


async def page(client: Client) -> str:
    return await (await client.get("/console")).text()


async def test_a_stranger_sees_the_login_and_nothing_to_complain_of(client: Client) -> None:
    response = await client.get("/console")
    text = await response.text()

    assert response.status == 200
    assert 'action="/console/login"' in text
    assert 'role="alert"' not in text


async def test_the_right_password_leads_to_the_queue(client: Client, database: Database) -> None:
    await ask_for_a_person(database, "a", "<b>我要找人</b>", urgent=True, now=START)

    response = await log_in(client)

    assert (response.status, response.headers["Location"]) == (303, "/console")
    cookie = response.cookies["staff"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/console", "Strict", True)
    text = await page(client)
    assert "R-0001" in text
    assert "&lt;b&gt;我要找人" in text
    assert 'href="/console/chats/R-0001"' in text
    assert 'action="/console/chats/R-0001/claim"' in text


async def test_every_refusal_reads_the_same(client: Client) -> None:
    wrong = [await log_in(client, "wrong password") for _ in range(5)]
    locked = await log_in(client)
    unknown = await log_in(client, name="nobody")
    refused = [*wrong, locked, unknown]
    texts = [(await r.text()).replace('value="nobody"', 'value="li.na"') for r in refused]

    assert [r.status for r in refused] == [403] * 7
    assert set(texts) == {texts[0]}
    assert error_message("LoginRefused") in texts[0]
    assert all("staff" not in r.cookies for r in refused)


async def test_the_name_is_kept_and_the_password_is_not(client: Client) -> None:
    text = await (await log_in(client, "wrong password", '"><script>')).text()

    assert 'value="&#34;&gt;&lt;script&gt;"' in text
    assert "wrong password" not in text


async def test_an_account_opens_again_when_the_lock_is_over(
    client: Client, clock: MovableClock
) -> None:
    for _ in range(5):
        await log_in(client, "wrong password")
    clock.move(timedelta(minutes=15))

    assert (await log_in(client)).status == 303


async def test_logging_out_ends_the_session_on_the_server(client: Client) -> None:
    token = (await log_in(client)).cookies["staff"].value

    response = await client.post("/console/logout", allow_redirects=False)
    stolen = await client.get("/console", cookies={"staff": token})

    assert (response.status, response.headers["Location"]) == (303, "/console")
    assert response.cookies["staff"]["max-age"] == "0"
    assert "/console/login" in await stolen.text()


async def test_an_expired_session_is_told_so_once(client: Client, clock: MovableClock) -> None:
    await log_in(client)
    clock.move(OVER)

    first, second = await page(client), await page(client)

    assert error_message("NotLoggedIn") in first
    assert error_message("NotLoggedIn") not in second
    assert "/console/login" in second


async def test_looking_keeps_the_session_and_the_pages_own_asking_does_not(
    client: Client, clock: MovableClock
) -> None:
    await log_in(client)
    clock.move(OVER / 2)
    assert "/console/logout" in await page(client)
    clock.move(OVER * 3 / 4)
    asked = await client.get("/console/queue")
    clock.move(OVER / 4)

    assert asked.status == 200
    assert (await client.get("/console/queue")).status == 403


async def test_logging_in_again_gives_another_token_and_ends_the_first(client: Client) -> None:
    first = (await log_in(client)).cookies["staff"].value
    second = (await log_in(client)).cookies["staff"].value

    old = await client.get("/console/queue", cookies={"staff": first})

    assert first != second
    assert old.status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_another_sites_form_is_refused(client: Client, headers: dict[str, str]) -> None:
    response = await log_in(client, **headers)
    await log_in(client)
    out = await client.post("/console/logout", headers=headers, allow_redirects=False)

    assert (response.status, "staff" in response.cookies) == (403, False)
    assert out.status == 403
    assert "/console/logout" in await page(client)


async def test_nothing_in_the_request_chooses_where_a_login_leads(client: Client) -> None:
    response = await client.post(
        "/console/login?next=https://evil.example&return_to=//evil.example",
        data={"name": "li.na", "password": PASSWORD, "next": "https://evil.example"},
        headers={"Referer": "https://evil.example/", "X-Forwarded-Host": "evil.example"},
        allow_redirects=False,
    )

    assert response.headers["Location"] == "/console"


async def test_an_editor_does_not_see_what_citizens_said(
    client: Client, database: Database, passwords: Passwords
) -> None:
    await keep(database, passwords, "wang", Role.EDITOR)
    await ask_for_a_person(database, "a", "我要找人", now=START)
    await log_in(client, name="wang")

    text = await page(client)
    asked = await client.get("/console/queue")

    assert "wang" in text
    assert "我要找人" not in text
    assert asked.status == 403
    assert "我要找人" not in await asked.text()


async def test_the_queue_alone_is_for_those_logged_in(client: Client) -> None:
    response = await client.get("/console/queue")

    assert response.status == 403
    assert error_message("NotLoggedIn") in await response.text()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"name=\xff", "application/x-www-form-urlencoded"),
        (b"name=a", "application/x-www-form-urlencoded; charset=nonsense"),
        (
            b'--b\r\nContent-Disposition: form-data; name="name"; filename="f"\r\n\r\nx\r\n--b--',
            "multipart/form-data; boundary=b",
        ),
    ],
)
async def test_a_body_that_is_no_form_of_ours_is_refused(
    client: Client, body: bytes, kind: str
) -> None:
    response = await client.post("/console/login", data=body, headers={"Content-Type": kind})

    assert response.status == 400
    assert error_message("BadRequest") in await response.text()


async def test_an_empty_form_is_a_wrong_password(client: Client) -> None:
    assert (await client.post("/console/login")).status == 403


async def test_too_many_at_once_are_asked_to_try_again(
    client: Client, passwords: Passwords
) -> None:
    passwords._waiting = MOST_WAITING

    response = await log_in(client)

    assert response.status == 503
    assert error_message("LoginsBusy") in await response.text()


async def test_pictures_are_seen_by_whoever_may_answer_and_nobody_else(
    client: Client, database: Database, uploads: UploadDesk, passwords: Passwords
) -> None:
    who = Identity(channel="web", user_id="a")
    sent = await uploads.take(who, photo(), "a.jpg")
    other = await uploads.take(Identity(channel="web", user_id="b"), photo(), "a.jpg")
    number = await ask_for_a_person(database, "a", "", now=START, sent=(sent,))
    address = f"/console/pictures/R-0001/{sent.upload}"
    assert (await client.get(address)).status == 403

    await log_in(client)
    text = await page(client)
    assert f'href="{address}"' in text
    assert "只有照片" in text
    shown = await client.get(address)
    assert (shown.status, await shown.read()) == (200, cleaned(photo(), JPEG))
    assert shown.headers["Cache-Control"] == "no-store"
    for wrong in (f"R-0001/{other.upload}", f"R-0002/{sent.upload}", "R-0001/x"):
        assert (await client.get(f"/console/pictures/{wrong}")).status == 404

    await claim(database, step(number, "wang", at=START))
    assert (await client.get(address)).status == 404
    assert address not in await page(client)


async def test_editors_see_no_pictures(
    client: Client, database: Database, uploads: UploadDesk, passwords: Passwords
) -> None:
    sent = await uploads.take(Identity(channel="web", user_id="a"), photo(), "a.jpg")
    await ask_for_a_person(database, "a", "", now=START, sent=(sent,))
    await keep(database, passwords, "ed", Role.EDITOR)
    await log_in(client, name="ed")

    assert (await client.get(f"/console/pictures/R-0001/{sent.upload}")).status == 403
