"""``/d/<token>``: looked at as often as one likes, downloaded once, and kind about the rest."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from urllib.parse import quote

import aiohttp
import pytest

from bot.web.documents import TRIES_A_MINUTE
from core.clock import utc_now
from db.engine import Database
from documents.issuing import LIVES, Filled, Order, issue
from tests.integration.bot.web.site import FORGET, HISTORY, Site, Visitor
from tests.integration.talk import message, store
from tests.unit.documents.samples import docx_text, pdf_text

LETTER = Filled(kind="protection", values={"name": "王小明"}, slots={"name": "王小明"})
NAME = "人身安全保护令申请书"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def issued(
    db: Database, *, as_format: str = "docx", ago: timedelta = timedelta(), user: str = "u-1"
) -> str:
    """The address of a new document."""
    (received,) = await store(db, message(user=user))
    order = Order(
        conversation_id=received.conversation_id, formats=(as_format,), at=utc_now() - ago
    )
    async with db.write() as session:
        tokens = await issue(session, db.vault, LETTER, order)
    return f"/d/{tokens[as_format]}"


async def fetch(visitor: Visitor, method: str, path: str) -> tuple[int, str]:
    async with visitor.session.request(method, path) as answer:
        return answer.status, await answer.text(errors="replace")


@pytest.mark.parametrize(("as_format", "mime"), [("docx", DOCX), ("pdf", "application/pdf")])
async def test_it_is_looked_at_freely_and_downloaded_once(
    database: Database, visitor: Visitor, as_format: str, mime: str
) -> None:
    path = await issued(database, as_format=as_format)
    for method in ("GET", "HEAD", "GET"):
        status, text = await fetch(visitor, method, path)
        assert status == 200
    assert "只能下载一次" in text
    # Who finds a link must not learn from it what it is about.
    assert NAME not in text
    assert "王小明" not in text

    async with visitor.session.post(path) as answer:
        content = await answer.read()

    assert answer.status == 200
    assert answer.content_type == mime
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="document.{as_format}"; '
        f"filename*=UTF-8''{quote(f'{NAME}.{as_format}')}"
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "王小明" in (docx_text if as_format == "docx" else pdf_text)(content)
    for method in ("GET", "POST"):
        status, text = await fetch(visitor, method, path)
        assert status == 410
        assert "已经下载过了" in text
        assert "再要一份" in text


async def test_of_many_at_once_exactly_one_downloads(database: Database, visitor: Visitor) -> None:
    path = await issued(database)

    got = await asyncio.gather(*(fetch(visitor, "POST", path) for _ in range(10)))

    assert sorted(status for status, _ in got) == [200] + [410] * 9


async def test_after_a_day_it_is_gone(database: Database, visitor: Visitor) -> None:
    path = await issued(database, ago=LIVES)
    fresh = await issued(database, ago=LIVES - timedelta(minutes=1), user="u-2")

    for method in ("GET", "POST"):
        status, text = await fetch(visitor, method, path)
        assert status == 410
        assert "24 小时" in text
    assert (await fetch(visitor, "GET", fresh))[0] == 200


async def test_what_was_purged_says_the_same(database: Database, visitor: Visitor) -> None:
    path = await issued(database, ago=LIVES)
    await issued(database, user="u-2")

    status, text = await fetch(visitor, "POST", path)

    assert status == 404
    assert "已经不能用了" in text


@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 300, "中文"])
async def test_what_never_was_is_not_there(visitor: Visitor, token: str) -> None:
    for method in ("GET", "POST"):
        status, text = await fetch(visitor, method, f"/d/{token}")
        assert status == 404
        assert "已经不能用了" in text


async def test_who_hammers_a_link_waits_and_loses_nothing(
    database: Database, visitor: Visitor
) -> None:
    path, other = await issued(database), await issued(database, user="u-2")
    for _ in range(TRIES_A_MINUTE):
        await fetch(visitor, "GET", path)

    status, text = await fetch(visitor, "POST", path)

    assert status == 429
    assert "点得太快" in text
    assert (await fetch(visitor, "GET", other))[0] == 200


async def test_another_site_cannot_use_a_link_up(database: Database, visitor: Visitor) -> None:
    path = await issued(database)
    foreign = {"Sec-Fetch-Site": "cross-site"}

    async with visitor.session.post(path, headers=foreign) as answer:
        assert answer.status == 403

    assert (await fetch(visitor, "POST", path))[0] == 200


async def test_no_page_is_kept_or_listed_and_none_sets_a_cookie(
    database: Database, site: Site
) -> None:
    path = await issued(database)
    jar = aiohttp.CookieJar(unsafe=True)
    base = site.server.make_url("/")
    async with aiohttp.ClientSession(base_url=base, cookie_jar=jar) as session:
        async with session.get(path) as answer:
            headers = answer.headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "script-src" not in headers["Content-Security-Policy"]
        assert len(jar) == 0


async def test_from_the_chat_to_the_file_and_nothing_after_forgetting(
    visitor: Visitor,
) -> None:
    steps = ["帮我写一封信访信", "小区东门的路灯坏了半年", "其余留空", "两种都要"]
    async with visitor.stream() as stream:
        for number, step in enumerate(steps):
            await visitor.post(step, client_id=f"client-{number:04}")
            told = (await stream.messages(2))[-1]
    assert [a["name"] for a in told["attachments"]] == ["信访信.docx", "信访信.pdf"]
    assert {a["kind"] for a in told["attachments"]} == {"file"}
    docx, pdf = (a["url"] for a in told["attachments"])
    async with visitor.session.post(docx) as answer:
        assert "小区东门的路灯坏了半年" in docx_text(await answer.read())
    _, history = await visitor.get(HISTORY)
    assert history["messages"][-1]["attachments"] == told["attachments"]

    await visitor.session.post(FORGET)

    assert (await fetch(visitor, "POST", pdf))[0] == 404
