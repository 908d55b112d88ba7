"""Pictures over the web: sent, carried by a message, seen by their owner alone, refused with a reason."""

from __future__ import annotations

import asyncio
import errno
import os

import pytest

from bot.web import attachments
from bot.web.attachments import REFUSED
from bot.web.wording import error_message
from cases.attachments import MOST_BYTES
from cases.pictures import cleaned
from cases.sniffing import JPEG
from db.engine import Database
from tests.integration.bot.web.site import (
    ATTACH,
    FORGET,
    HISTORY,
    POST,
    Json,
    Site,
    Visitor,
    folder_of,
    open_site,
)
from tests.pictures import photo

PHOTO = photo()


def lying(db: Database) -> list[str]:
    return [path.name for path in folder_of(db).rglob("*") if path.is_file()]


async def shown(visitor: Visitor, url: str) -> tuple[int, bytes]:
    async with visitor.session.get(url) as answer:
        return answer.status, await answer.read()


async def test_a_picture_is_sent_carried_and_shown_again(visitor: Visitor) -> None:
    status, kept = await visitor.attach(PHOTO)
    assert (status, kept["mime"], kept["size"]) == (201, "image/jpeg", len(cleaned(PHOTO, JPEG)))

    status, _ = await visitor.post("门口堵了", attachments=[{"id": kept["id"]}])
    assert status == 202
    _, history = await visitor.get(HISTORY)
    [own] = history["messages"][0]["attachments"]
    assert (own["kind"], own["url"], own["id"]) == ("image", kept["url"], kept["id"])
    async with visitor.session.get(own["url"]) as answer:
        assert await answer.read() == cleaned(PHOTO, JPEG)
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_picture_needs_no_words_and_comes_by_the_stream_too(visitor: Visitor) -> None:
    _, kept = await visitor.attach(PHOTO)
    async with visitor.stream() as stream:
        body = {"client_id": "client-0001", "attachments": [{"id": kept["id"]}] * 2}
        async with visitor.session.post(POST, json=body) as answer:
            assert answer.status == 202
        own, reply = await stream.messages(2)

    assert [a["id"] for a in own["attachments"]] == [kept["id"]]
    assert (own["text"], own["direction"], reply["direction"]) == ("", "incoming", "outgoing")


async def test_nobody_else_sees_or_sends_it(site: Site, visitor: Visitor) -> None:
    _, kept = await visitor.attach(PHOTO)
    async with site.visitor() as other:
        await other.post("你好")
        assert (await shown(other, kept["url"]))[0] == 404
        status, told = await other.post("x", client_id="c-1234567", attachments=[kept])
        assert (status, told["error"]["code"]) == (422, "FileGone")
    assert (await shown(visitor, kept["url"]))[0] == 200


@pytest.mark.parametrize("unknown", ["", "x" * 37, "x", None])
async def test_a_picture_that_is_not_there_is_told(visitor: Visitor, unknown: str | None) -> None:
    status, told = await visitor.post("看图", attachments=[{"id": unknown}])

    assert status == 422
    assert told["error"]["message"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + b"\0" * 60, "type"),
        (PHOTO[:300], "broken"),
        (PHOTO + b"\0" * (MOST_BYTES + 1 - len(PHOTO)), "too_big"),
    ],
)
async def test_what_is_refused_is_told_kindly_and_leaves_nothing(
    visitor: Visitor, site: Site, content: bytes, why: str
) -> None:
    status, told = await visitor.attach(content, "照片.jpg")

    assert (status, told["error"]["code"]) == REFUSED[why]
    assert told["error"]["message"] == error_message(REFUSED[why][1])
    assert told["error"]["message"] != error_message("Unexpected")
    assert lying(site.db) == []


async def test_just_ten_megabytes_are_taken(visitor: Visitor) -> None:
    assert (await visitor.attach(PHOTO + b"\0" * (MOST_BYTES - len(PHOTO))))[0] == 201


async def test_a_full_store_is_told_and_words_still_go(
    visitor: Visitor, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    status, told = await visitor.attach(PHOTO)

    assert (status, told["error"]["code"]) == (503, "FileNotKept")
    assert "文字照样能发" in told["error"]["message"]
    assert lying(site.db) == []
    assert (await visitor.post("你好"))[0] == 202


async def test_a_line_that_is_cut_keeps_nothing(visitor: Visitor, site: Site) -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    port = site.server.port
    assert port is not None
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"POST {ATTACH} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 100000\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n".encode()
    )
    writer.write(head + PHOTO)
    await writer.drain()
    writer.close()
    await writer.wait_closed()

    status, _ = await visitor.attach(PHOTO)  # the server goes on
    assert status == 201
    assert len(lying(site.db)) == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"nothing", "multipart/form-data; boundary=b"),
        (b"{}", "application/json"),
        (b'--b\r\nContent-Disposition: form-data; name="t"\r\n\r\nx\r\n--b--\r\n', "multipart/form-data; boundary=b"),
        (b'--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nx', "multipart/form-data; boundary=b"),
    ],
)  # fmt: skip
async def test_a_body_without_a_whole_file_is_told(
    visitor: Visitor, body: bytes, kind: str
) -> None:
    async with visitor.session.post(ATTACH, data=body, headers={"Content-Type": kind}) as answer:
        told: Json = await answer.json()

    assert (answer.status, told["error"]["code"]) in {(400, "CutOff"), (415, "FileType")}


async def test_other_sites_cannot_send_pictures(visitor: Visitor) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    async with visitor.session.post(ATTACH, data=b"x", headers=headers) as answer:
        assert answer.status == 403


async def test_who_sends_too_many_waits(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "UPLOADS_A_MINUTE", 2)
    async with open_site(database) as site, site.visitor() as visitor:
        statuses = [(await visitor.attach(PHOTO))[0] for _ in range(3)]

    assert statuses == [201, 201, 429]


async def test_forgetting_takes_pictures_too(visitor: Visitor) -> None:
    _, kept = await visitor.attach(PHOTO)
    name = visitor.name
    async with visitor.session.post(FORGET) as answer:
        assert answer.status == 200

    visitor.session.cookie_jar.update_cookies({"visitor": name})
    assert (await shown(visitor, kept["url"]))[0] == 404
