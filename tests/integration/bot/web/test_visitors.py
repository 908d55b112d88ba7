"""A visitor is a random cookie that scripts cannot read and other sites cannot use."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest

from bot.web.visitors import FORM, YEAR
from db.engine import Database
from tests.integration.bot.web.site import EVENTS, HISTORY, POST, Site, Visitor, open_site


@pytest.mark.parametrize("path", ["/", HISTORY, EVENTS])
async def test_a_first_visit_sets_the_cookie_and_a_second_none(site: Site, path: str) -> None:
    async with site.visitor() as new:
        async with new.session.get(path) as first:
            cookie = first.cookies["visitor"]
        async with new.session.get(path) as second:
            assert "Set-Cookie" not in second.headers

    assert FORM.fullmatch(cookie.value)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] == str(YEAR)
    assert cookie["secure"] == ""


async def test_a_first_post_sets_the_cookie(site: Site) -> None:
    async with site.visitor() as new:
        await new.post("谢谢")
        name = new.name
        await new.post("谢谢", client_id="client-0002")

        assert FORM.fullmatch(name)
        assert new.name == name


async def test_behind_https_the_cookie_is_secure(database: Database) -> None:
    async with (
        open_site(database, secure_cookies=True) as site,
        site.visitor() as new,
        new.session.get("/") as answer,
    ):
        assert answer.cookies["visitor"]["secure"] is True


@pytest.mark.parametrize("chosen", ["", "me", "x" * 42, "x" * 44, "é" * 43])
async def test_a_name_that_is_not_ours_is_replaced(site: Site, chosen: str) -> None:
    async with site.visitor() as new:
        headers = {"Cookie": f"visitor={chosen}"}
        async with new.session.get(HISTORY, headers=headers) as answer:
            given: SimpleCookie = answer.cookies

    assert given["visitor"].value != chosen
    assert FORM.fullmatch(given["visitor"].value)


async def test_two_visitors_are_two(site: Site, visitor: Visitor) -> None:
    await visitor.get(HISTORY)
    async with site.visitor() as other:
        await other.get(HISTORY)

        assert other.name != visitor.name


async def test_a_page_that_began_with_its_stream_keeps_its_name(site: Site) -> None:
    async with site.visitor() as new, new.stream() as stream:
        name = new.name
        async with new.session.post(
            POST, json={"client_id": "client-0001", "text": "谢谢"}
        ) as answer:
            assert "Set-Cookie" not in answer.headers

        assert new.name == name
        assert len(await stream.messages(2)) == 2
