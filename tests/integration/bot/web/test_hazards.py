"""``/hazards``: the list, one hazard, its pictures; for everybody and about nobody."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.web.hazards import PICTURE, picture_path
from cases.public import A_PAGE
from db.engine import Database
from db.store import FolderStore
from tests.conftest import emptied
from tests.integration.bot.web.site import Visitor, open_site
from tests.integration.cases.filings import HAZARD, RECEIVED, RECTIFIED, officer, opened
from tests.integration.cases.test_publishing import photographed


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Unlike its neighbours', on both kinds of database."""
    async with emptied(database_url) as db:
        yield db


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "attachments")


@pytest_asyncio.fixture
async def visitor(database: Database, store: FolderStore) -> AsyncIterator[Visitor]:
    async with open_site(database, store=store) as site, site.visitor() as first:
        yield first


async def get(visitor: Visitor, path: str) -> tuple[int, str]:
    async with visitor.session.get(path) as answer:
        return answer.status, await answer.text()


def references(text: str) -> list[str]:
    return re.findall(r'href="/hazards/(YH\w+)"', text)


async def test_the_list_shows_what_was_confirmed_and_nobodys_words(
    database: Database, visitor: Visitor
) -> None:
    made = await opened(database, HAZARD, RECTIFIED)
    await opened(database, HAZARD)

    status, text = await get(visitor, "/hazards")

    assert status == 200
    assert references(text) == [made.case.reference]
    assert "共 1 件" in text
    for told in ("消防：桂花新村 12 幢东侧消防通道", "已整改，待验收", "挂牌督办", "桂花新村物业"):
        assert told in text
    for hidden in ("王某", "13900000000", "市级挂牌督办。", "限 7 日"):
        assert hidden not in text


async def test_one_hazard_has_its_timeline_and_deadline(
    database: Database, visitor: Visitor
) -> None:
    made = await opened(database, HAZARD, RECTIFIED)

    status, text = await get(visitor, f"/hazards/{made.case.reference}")

    assert status == 200
    for label in ("收到", "核实属实", "交办整改", "挂牌督办", "整改完成"):
        assert f"<strong>{label}</strong>" in text
    assert "整改完成次日起算第 5 个工作日；这是本服务自己定的，不是法律规定的期限" in text
    for hidden in ("王某", "13900000000", "市级挂牌督办。", "已清理。"):
        assert hidden not in text


async def test_what_is_not_public_is_as_if_it_were_not_there(
    database: Database, visitor: Visitor
) -> None:
    hidden = (await opened(database, HAZARD)).case.reference

    told = {await get(visitor, f"/hazards/{r}") for r in (hidden, "YH3205082610120999992", "x")}

    assert {status for status, _ in told} == {404}
    assert len({text for _, text in told}) == 1


async def test_the_address_narrows_the_list(database: Database, visitor: Visitor) -> None:
    fire = (await opened(database, HAZARD, RECTIFIED)).case.reference
    gas = replace(HAZARD, sub_kind="gas", district="320506")
    confirmed = (await opened(database, gas, RECTIFIED[:1])).case.reference

    async def found(query: str) -> set[str]:
        return set(references((await get(visitor, f"/hazards?{query}"))[1]))

    assert await found("district=320506&sort=&state=") == {confirmed}
    assert await found("state=listed") == {fire}
    assert await found("sort=gas&state=open") == {confirmed}
    assert await found("district=nowhere&state=submitted&sort=x&page=x") == {fire, confirmed}
    _, none = await get(visitor, "/hazards?sort=lift")
    assert "没有符合条件的" in none
    _, chosen = await get(visitor, "/hazards?sort=gas")
    assert '<option value="gas" selected>' in chosen


async def test_pages_keep_what_was_chosen(database: Database, visitor: Visitor) -> None:
    for _ in range(A_PAGE + 1):
        await opened(database, HAZARD, RECTIFIED[:1])

    _, first = await get(visitor, "/hazards?sort=fire")
    _, second = await get(visitor, "/hazards?sort=fire&page=2")

    assert 'rel="next" href="/hazards?sort=fire&amp;page=2"' in first
    assert 'rel="prev" href="/hazards?sort=fire&amp;page=1"' in second
    assert (len(references(first)), len(references(second))) == (A_PAGE, 1)


async def test_demo_data_is_marked_in_the_list_and_on_its_page(
    database: Database, store: FolderStore
) -> None:
    demo = (await opened(database, replace(HAZARD, demo=True), RECTIFIED)).case.reference
    async with open_site(database, store=store, demo=True) as site, site.visitor() as visitor:
        _, every = await get(visitor, "/hazards")
        _, one = await get(visitor, f"/hazards/{demo}")

    assert references(every) == [demo]
    assert "共 0 件，另有演示数据 1 件" in every
    assert '<p><span class="tag">演示数据</span> <span class="tag">已整改，待验收</span>' in every
    assert '<span class="tag">演示数据</span> 这一件是虚构的，只为试用。' in one


async def test_an_empty_list_says_so(visitor: Visitor) -> None:
    assert "现在没有公开的隐患" in (await get(visitor, "/hazards"))[1]


async def test_a_public_picture_is_shown_and_does_nothing_else(
    database: Database, store: FolderStore, visitor: Visitor
) -> None:
    reference, picture = await photographed(database, store)
    path = picture_path(reference, picture)
    _, text = await get(visitor, f"/hazards/{reference}")
    assert f'src="{path}" alt="整改前的照片"' in text

    async with visitor.session.get(path) as answer:
        content = await answer.read()

    assert (answer.status, content[:3]) == (200, b"\xff\xd8\xff")
    assert {name: answer.headers[name] for name in PICTURE} == PICTURE
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


async def test_other_pictures_are_not_there(
    database: Database, store: FolderStore, visitor: Visitor
) -> None:
    reference, hidden = await photographed(database, store, shown=False)
    _, text = await get(visitor, f"/hazards/{reference}")

    assert "/photos/" not in text
    for path in (f"{reference}/photos/{hidden}", f"{reference}/photos/x", f"x/photos/{hidden}"):
        assert (await get(visitor, f"/hazards/{path}"))[0] == 404


async def test_a_picture_that_is_lost_is_not_there(
    database: Database, store: FolderStore, visitor: Visitor
) -> None:
    reference, picture = await photographed(database, store)
    for address, _ in [*store.listing()]:
        store.delete(address)

    assert (await get(visitor, f"/hazards/{reference}/photos/{picture}"))[0] == 404


async def test_whatever_is_asked_for_nothing_breaks(database: Database, visitor: Visitor) -> None:
    await opened(database, HAZARD, (*RECTIFIED, officer("pass", RECEIVED.replace(day=20), "好。")))
    asked: list[dict[str, str]] = []

    @settings(
        max_examples=15,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        st.dictionaries(
            st.sampled_from(["district", "sort", "state", "page", "x"]),
            st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
        )
    )
    def collect(query: dict[str, str]) -> None:
        asked.append(query)

    collect()
    for query in asked:
        async with visitor.session.get("/hazards", params=query) as answer:
            assert answer.status == 200
