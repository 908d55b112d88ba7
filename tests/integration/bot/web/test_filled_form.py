"""A form with pictures as it comes in: read part by part, bounded, and never a fault of ours."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.web import filled_form as module
from bot.web.filled_form import FilledForm, filled_form

Client = TestClient[web.Request, web.Application]
HEADERS = {"Content-Type": "multipart/form-data; boundary=b"}


@pytest_asyncio.fixture
async def read() -> AsyncIterator[list[FilledForm]]:
    yield []


@pytest_asyncio.fixture
async def client(read: list[FilledForm]) -> AsyncIterator[Client]:
    async def take(request: web.Request) -> web.Response:
        read.append(await filled_form(request, most=2))
        return web.Response()

    app = web.Application()
    app.router.add_post("/", take)
    async with TestClient(TestServer(app)) as opened:
        yield opened


async def send(client: Client, fill: Callable[[aiohttp.FormData], object]) -> int:
    form = aiohttp.FormData(default_to_multipart=True)
    fill(form)
    async with client.post("/", data=form) as answer:
        return answer.status


def picture(form: aiohttp.FormData, content: bytes, *, name: str = "photos") -> None:
    form.add_field(name, io.BytesIO(content), filename="张三.jpg")


async def test_words_and_pictures_without_their_names(
    client: Client, read: list[FilledForm]
) -> None:
    def fill(form: aiohttp.FormData) -> None:
        form.add_field("text", "有人聚赌 🎲")
        picture(form, b"one")
        picture(form, b"else", name="other")
        picture(form, b"two")

    assert await send(client, fill) == 200
    assert read == [FilledForm(fields={"text": "有人聚赌 🎲"}, pictures=[b"one", b"two"])]
    assert "张三" not in str(read)


async def test_a_form_without_pictures_is_read_as_before(
    client: Client, read: list[FilledForm]
) -> None:
    async with client.post("/", data={"text": "在吗"}):
        pass

    assert read == [FilledForm(fields={"text": "在吗"})]


async def test_where_none_was_chosen_there_is_none(client: Client, read: list[FilledForm]) -> None:
    body = (
        b'--b\r\nContent-Disposition: form-data; name="photos"; filename=""\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n"
    )
    async with client.post("/", data=body, headers=HEADERS):
        pass

    assert read == [FilledForm()]


async def test_what_is_too_much_is_told_and_the_words_are_kept(
    client: Client, read: list[FilledForm], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100)

    def large(form: aiohttp.FormData) -> None:
        picture(form, b"x" * 101)
        form.add_field("text", "看照片")

    def many(form: aiohttp.FormData) -> None:
        for _ in range(3):
            picture(form, b"x")

    assert [await send(client, large), await send(client, many)] == [200, 200]
    assert [(form.refused, form.fields) for form in read] == [
        ("too_big", {"text": "看照片"}),
        ("full", {}),
    ]


@pytest.mark.parametrize(("limit", "name"), [("MOST_TEXT", "text"), ("MOST_OF_ALL", "photos")])
async def test_a_flood_is_cut_off(
    client: Client, monkeypatch: pytest.MonkeyPatch, limit: str, name: str
) -> None:
    monkeypatch.setattr(module, limit, 1000)

    def fill(form: aiohttp.FormData) -> None:
        if name == "text":
            form.add_field(name, "x" * 1001)
        else:
            picture(form, b"x" * 1001)

    assert await send(client, fill) == 413


async def test_whatever_comes_is_no_fault(client: Client, read: list[FilledForm]) -> None:
    bodies = [
        b"",
        b"--b",
        b"--b\r\n\r\n",
        b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--b--',
    ]

    @settings(
        max_examples=20,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.binary(max_size=80))
    def collect(body: bytes) -> None:
        bodies.extend([body, b"--b\r\n" + body + b"\r\n--b--\r\n"])

    collect()
    for body in bodies:
        async with client.post("/", data=body, headers=HEADERS) as answer:
            assert answer.status == 200
    assert all(not form.pictures for form in read)
