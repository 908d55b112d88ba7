"""``/t/<reference>``: the case to whoever has the code; to all others the same refusal."""

from __future__ import annotations

import string
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from bot.qr import as_svg
from bot.web.tracking import TRIES_A_MINUTE
from cases.attempts import TRIES_PER_CONTACT
from cases.codes import ALPHABET
from cases.kinds.machine import Actor
from cases.orders import Order
from core.clock import utc_now
from db.engine import Database
from tests.conftest import emptied
from tests.integration.bot.web.site import Site, Visitor, open_site
from tests.integration.cases.filings import FRESH, officer, opened

NOBODYS = "XF3205082610120001244"
CODE = "7QK2M9XD"
WRONG = "7QK2M9XE"
PHONE = "13812345678"


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Unlike its neighbours', on both kinds of database."""
    async with emptied(database_url) as db:
        yield db


@pytest_asyncio.fixture
async def reference(database: Database) -> str:
    """A petition at its office, with a telephone number where none should be."""
    filed = utc_now() - timedelta(days=3)
    steps = (
        officer("register", filed, "已登记。"),
        officer("transfer", filed, f"已转送，有事打 {PHONE}。"),
        officer("accept", filed, "已受理。"),
    )
    filing = replace(FRESH, at=filed, code=CODE, title="王小明说电梯坏了")
    made = await opened(database, filing, steps)
    return made.case.reference


async def get(visitor: Visitor, path: str) -> tuple[int, str]:
    async with visitor.session.get(path) as answer:
        return answer.status, await answer.text()


async def try_code(visitor: Visitor, reference: str, code: str) -> tuple[int, str]:
    async with visitor.session.post(f"/t/{reference}", data={"code": code}) as answer:
        return answer.status, await answer.text()


async def test_the_code_shows_how_it_stands_and_until_when(
    visitor: Visitor, reference: str
) -> None:
    status, text = await try_code(visitor, reference, "7qk2 m9xd")

    assert status == 200
    assert "信访件：办理中" in text
    for label in ("收到", "登记", "转送", "受理"):
        assert f"<strong>{label}</strong>" in text
    assert "《信访工作条例》第三十四条：“应当自受理之日起60日内办结”" in text
    assert "受理次日起算第 60 日" in text
    assert "<dt>督办</dt><dd>没有</dd>" in text
    assert "<dt>您的评价</dt><dd>还没有</dd>" in text


async def test_it_tells_nothing_about_a_person(visitor: Visitor, reference: str) -> None:
    _, text = await try_code(visitor, reference, CODE)

    assert "王小明" not in text
    assert PHONE not in text
    assert "138****5678" in text
    assert CODE not in text


async def test_supervision_and_rating_stand_there(
    database: Database, visitor: Visitor, reference: str
) -> None:
    now = utc_now()
    rate = Order(command="rate", actor=Actor.CITIZEN, at=now, score=2)
    supervise = replace(officer("supervise", now), reason="shirking")
    done = (officer("reply", now, "已答复。"), rate)
    made = await opened(
        database,
        replace(FRESH, at=now, code=CODE),
        (
            *(officer(step, now, f"{step}。") for step in ("register", "transfer", "accept")),
            supervise,
            *done,
        ),
    )

    _, text = await try_code(visitor, made.case.reference, CODE)

    assert "<dt>督办</dt><dd>督办中</dd>" in text
    assert "<dd>2 分（满分 5 分）</dd>" in text


@pytest.mark.parametrize("there", [True, False])
async def test_a_refusal_does_not_tell_whether_there_is_a_case(
    visitor: Visitor, reference: str, *, there: bool
) -> None:
    tried = reference if there else NOBODYS
    asked = await get(visitor, f"/t/{tried}")
    refused = [await try_code(visitor, tried, WRONG) for _ in range(TRIES_PER_CONTACT + 1)]

    assert asked[0] == 200
    assert 'name="code"' in asked[1]
    assert [status for status, _ in refused] == [403] * TRIES_PER_CONTACT + [429]
    assert "对不上" in refused[0][1]
    assert "先锁上了" in refused[-1][1]


async def test_the_same_page_word_for_word_for_any_wrong_code(site: Site, reference: str) -> None:
    """Whatever is typed, the page of a case and that of none differ in the reference only."""
    seen: set[tuple[int, str]] = set()

    @settings(
        max_examples=8,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.one_of(st.text(ALPHABET, min_size=8, max_size=8), st.text(string.printable)))
    def collect(code: str) -> None:
        codes.append(code)

    codes: list[str] = []
    collect()
    async with site.visitor() as visitor:
        for code in codes:
            if code.strip().upper() == CODE:
                continue
            for tried in (reference, NOBODYS):
                status, text = await try_code(visitor, tried, code)
                if status in {403, 429}:
                    seen.add((status, _bare(text, tried)))

    # One refusal and one lock, the hours of which are the same.
    assert {status for status, _ in seen} <= {403, 429}
    assert len({text for status, text in seen if status == 403}) == 1


def _bare(text: str, reference: str) -> str:
    return text.replace("<wbr>", "").replace(reference, "<reference>")


@pytest.mark.parametrize("typed", ["XF1", "XF3205082610120001235", "a" * 300, "中文"])
async def test_what_can_be_no_reference_is_told_so(visitor: Visitor, typed: str) -> None:
    for status, text in (await get(visitor, f"/t/{typed}"), await try_code(visitor, typed, CODE)):
        assert status == 404
        assert "不像一个编号" in text
    assert (await get(visitor, f"/t/{typed}/qr.svg"))[0] == 404


async def test_any_spelling_of_the_reference_leads_there(visitor: Visitor, reference: str) -> None:
    status, text = await try_code(visitor, f"{reference[:8].lower()}-{reference[8:]}", CODE)

    assert (status, reference in text) == (200, True)


async def test_who_hammers_is_slowed_down(visitor: Visitor) -> None:
    # Five cases, so that none is closed for too many wrong codes before the minute is full.
    tried = [f"XF32050{n}261012000123" for n in range(5, 10)]
    told = [
        (await try_code(visitor, _with_check(tried[n % 5]), WRONG))[0]
        for n in range(TRIES_A_MINUTE + 1)
    ]

    assert told == [403] * TRIES_A_MINUTE + [429]


def _with_check(body: str) -> str:
    return f"{body}{mod_37_36.calc_check_digit(body)}"


async def test_no_cookie_no_script_no_trace_in_browsers_and_robots(
    site: Site, reference: str
) -> None:
    jar = aiohttp.CookieJar(unsafe=True)
    base = site.server.make_url("/")
    async with aiohttp.ClientSession(base_url=base, cookie_jar=jar) as session:
        for method in ("GET", "POST"):
            data = {"code": CODE} if method == "POST" else None
            async with session.request(method, f"/t/{reference}", data=data) as answer:
                headers, text = answer.headers, await answer.text()
            assert headers["Cache-Control"] == "no-store"
            assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
            assert headers["Content-Security-Policy"].startswith("default-src 'none';")
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "same-origin"
            assert "<script" not in text
    assert len(jar) == 0


async def test_a_code_in_the_address_opens_nothing(visitor: Visitor, reference: str) -> None:
    status, text = await get(visitor, f"/t/{reference}?code={CODE}")

    assert status == 200
    assert "办理中" not in text
    assert CODE not in text


async def test_another_site_cannot_ask(visitor: Visitor, reference: str) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    async with visitor.session.post(
        f"/t/{reference}", data={"code": CODE}, headers=foreign
    ) as answer:
        assert answer.status == 403
        assert "办理中" not in await answer.text()


async def test_the_qr_code_holds_the_address_and_no_code(
    site: Site, visitor: Visitor, reference: str
) -> None:
    async with visitor.session.get(f"/t/{reference}/qr.svg") as answer:
        drawn = await answer.read()

    assert answer.content_type == "image/svg+xml"
    assert drawn == as_svg(str(site.server.make_url(f"/t/{reference}")))
    assert (await get(visitor, f"/t/{NOBODYS}/qr.svg"))[0] == 200


async def test_the_qr_code_leads_to_the_public_address(database: Database) -> None:
    async with (
        open_site(database, address="https://sufatong.example") as site,
        site.visitor() as visitor,
        visitor.session.get(f"/t/{NOBODYS}/qr.svg") as got,
    ):
        assert await got.read() == as_svg(f"https://sufatong.example/t/{NOBODYS}")
