"""``/clue``: taken down without a name, answered in a box, and nobody learns who or whether."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.web.clue import LONGEST_TEXT, TRIES_A_MINUTE
from cases.attachments import MOST_BYTES
from cases.clue_pictures import MOST_PICTURES
from cases.desk import StaffDesk
from cases.models import Case
from cases.service import apply
from conversations.models import Contact, ContactIdentity, Conversation, MessageRecord
from core.clock import utc_now
from db.base import Base
from db.engine import Database
from db.store import FolderStore
from tests.conftest import emptied
from tests.integration.bot.web.site import Site, Visitor, open_site
from tests.integration.cases.filings import officer
from tests.unit.cases.test_public_copies import photo

FILLED = {
    "once": "o" * 43,
    "kind": "vice",
    "district": "320508",
    "text": "地下室里天天有人聚赌",
    "place": "平江路附近",
    "known": "saw",
}
DIGITS = re.compile(r'<p class="receipt">([\d ]{19})</p>')


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Unlike its neighbours', on both kinds of database."""
    async with emptied(database_url) as db:
        yield db


async def send(visitor: Visitor, path: str, **fields: str) -> tuple[int, str]:
    async with visitor.session.post(path, data=fields) as answer:
        return answer.status, await answer.text()


async def drop(visitor: Visitor, **changed: str) -> str:
    status, text = await send(visitor, "/clue", **{**FILLED, **changed})
    assert status == 200
    (receipt,) = DIGITS.findall(text)
    return str(receipt)


async def cases(db: Database) -> list[Case]:
    async with db.read() as session:
        return list(await session.scalars(select(Case)))


async def test_danger_comes_first_and_what_is_kept_is_told(visitor: Visitor) -> None:
    async with visitor.session.get("/clue") as answer:
        text = await answer.text()

    assert answer.status == 200
    assert text.index('href="tel:110"') < text.index("<form")
    for told in ("不记您的网络地址", "12388", "《信访工作条例》第三十条", "12309"):
        assert told in text


async def test_from_the_form_to_the_box_and_back(database: Database, visitor: Visitor) -> None:
    receipt = await drop(visitor)
    [case] = await cases(database)
    async with database.write() as session:
        kept = await session.get_one(Case, case.id)
        at = utc_now() + timedelta(seconds=1)
        await apply(session, database.vault, kept, officer("ask", at, "是哪一个门牌？"))

    asked = await send(visitor, "/clue/box", receipt=receipt)
    wrote = await send(visitor, "/clue/box", receipt=receipt.replace(" ", ""), text="东边第二个门")

    assert (asked[0], wrote[0]) == (200, 200)
    assert "还不够清楚，等您补充" in asked[1]
    assert "是哪一个门牌？" in asked[1]
    assert "您写的收到了" in wrote[1]
    assert "已收到，等工作人员看" in wrote[1]
    for hidden in (FILLED["text"], "东边第二个门", case.reference):
        assert hidden not in asked[1] + wrote[1]


async def test_nothing_of_the_sender_is_kept(database: Database, site: Site) -> None:
    headers = {
        "User-Agent": "very-own-browser",
        "X-Forwarded-For": "203.0.113.77",
        "Referer": "http://work.example/",
        "Cookie": f"visitor={'v' * 43}",
    }
    base = site.server.make_url("/")
    async with aiohttp.ClientSession(base_url=base, headers=headers) as session:
        async with session.get("/clue") as page:
            assert "Set-Cookie" not in page.headers
        async with session.post("/clue", data=FILLED) as answer:
            (receipt,) = DIGITS.findall(await answer.text())
            assert "Set-Cookie" not in answer.headers
        wrong = {"receipt": "0" * 16}
        async with session.post("/clue/box", data=wrong) as refused:
            assert refused.status == 403

    async with database.read() as session_:
        stored = str(
            [
                [tuple(row) for row in await session_.execute(select(table))]
                for table in Base.metadata.sorted_tables
            ]
        )
        for nobody in (Contact, ContactIdentity, Conversation, MessageRecord):
            assert await session_.scalar(select(func.count()).select_from(nobody)) == 0
    secrets = ("very-own-browser", "203.0.113.77", "127.0.0.1", "work.example", "v" * 43)
    for secret in (*secrets, receipt, receipt.replace(" ", ""), FILLED["once"], "聚赌", "平江路"):
        assert secret not in stored


def with_photos(fields: dict[str, str], *contents: bytes) -> aiohttp.FormData:
    form = aiohttp.FormData(fields, default_to_multipart=True)
    for content in contents:
        form.add_field("photos", io.BytesIO(content), filename="张三拍的.jpg")
    return form


async def send_form(visitor: Visitor, path: str, form: aiohttp.FormData) -> tuple[int, str]:
    async with visitor.session.post(path, data=form) as answer:
        return answer.status, await answer.text()


@pytest_asyncio.fixture
async def photographer(database: Database, tmp_path: Path) -> AsyncIterator[Visitor]:
    store = FolderStore(tmp_path / "attachments")
    async with open_site(database, store=store) as site, site.visitor() as first:
        yield first


async def test_pictures_go_to_staff_and_are_not_shown_in_the_box(
    database: Database, photographer: Visitor
) -> None:
    status, text = await send_form(photographer, "/clue", with_photos(FILLED, photo("JPEG")))
    (receipt,) = DIGITS.findall(text)
    more = with_photos({"receipt": receipt, "text": "又拍到"}, photo("PNG"))
    wrote, box = await send_form(photographer, "/clue/box", more)

    [case] = await cases(database)
    sheet = await StaffDesk(database, utc_now).look_at(case.reference)
    assert (status, wrote) == (200, 200)
    assert "您写的收到了" in box
    assert "<img" not in box
    assert [(file.name, file.mime) for file in sheet.files] == [
        ("file.jpg", "image/jpeg"),
        ("file.png", "image/png"),
    ]
    assert "张三" not in str(sheet)


@pytest.mark.parametrize(
    ("contents", "told"),
    [
        ((b"PK\x03\x04",), "只收 JPEG"),
        ((photo("JPEG")[:300],), "打不开"),
        ((photo("JPEG"),) * (MOST_PICTURES + 1), "太多了"),
        ((photo("JPEG") + b"\0" * MOST_BYTES,), "超过 10 MB"),
    ],
)
async def test_a_picture_that_is_not_taken_is_told_and_no_word_is_lost(
    database: Database, photographer: Visitor, contents: tuple[bytes, ...], told: str
) -> None:
    receipt = await drop(photographer)
    before = (await cases(database))[0].last_seq
    new = {**FILLED, "text": "又有人在赌"}
    status, form = await send_form(photographer, "/clue", with_photos(new, *contents))
    added = {"receipt": receipt, "text": "东边第二个门"}
    refused, box = await send_form(photographer, "/clue/box", with_photos(added, *contents))

    assert (status, refused) == (422, 422)
    for page, words in ((form, new["text"]), (box, added["text"])):
        assert told in page
        assert words in page
    [case] = await cases(database)
    assert case.last_seq == before


async def test_what_was_chosen_beside_a_mistake_is_to_be_chosen_again(
    photographer: Visitor,
) -> None:
    wrong = with_photos({**FILLED, "kind": ""}, photo("JPEG"))

    status, page = await send_form(photographer, "/clue", wrong)

    assert status == 422
    assert "选过的照片没有留住" in page


async def test_where_no_picture_can_be_kept_the_words_still_can(visitor: Visitor) -> None:
    status, page = await send_form(visitor, "/clue", with_photos(FILLED, photo("JPEG")))

    assert status == 422
    assert "现在存不下照片" in page
    assert await drop(visitor)


async def test_each_picture_counts_like_a_try(photographer: Visitor) -> None:
    told = []
    for at in range(6):
        form = with_photos({**FILLED, "text": str(at)}, *[photo("JPEG")] * MOST_PICTURES)
        told.append((await send_form(photographer, "/clue", form))[0])

    assert told == [200] * (TRIES_A_MINUTE // (MOST_PICTURES + 1)) + [429]


async def test_a_form_sent_twice_is_one_clue(database: Database, visitor: Visitor) -> None:
    receipts = {await drop(visitor) for _ in range(2)}

    assert len(receipts) == 1
    assert len(await cases(database)) == 1


async def test_each_form_has_a_name_of_its_own(visitor: Visitor) -> None:
    names = set()
    for _ in range(2):
        async with visitor.session.get("/clue") as answer:
            names |= set(re.findall(r'name="once" value="([\w-]{43})"', await answer.text()))

    assert len(names) == 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"kind": ""}, "请选一类"),
        ({"kind": "murder"}, "请选一类"),
        ({"district": "110000"}, "请选一个"),
        ({"text": "  \n "}, "请写几句"),
        ({"text": "字" * (LONGEST_TEXT + 1)}, "请写几句"),
        ({"place": "长" * 201}, "太长了"),
    ],
)
async def test_what_cannot_be_taken_is_told_and_nothing_typed_is_lost(
    database: Database, visitor: Visitor, wrong: dict[str, str], told: str
) -> None:
    status, text = await send(visitor, "/clue", **{**FILLED, **wrong})

    assert status == 422
    assert told in text
    assert "写的都还在" in text
    for name, value in {**FILLED, **wrong}.items():
        if name in {"text", "place"} and value.strip():
            assert value in text
    assert await cases(database) == []


async def test_markup_in_what_was_typed_stays_text(visitor: Visitor) -> None:
    evil = "</textarea><script>alert(1)</script>"
    _, text = await send(
        visitor, "/clue", **{**FILLED, "kind": "", "text": evil, "place": '"><b>'}
    )

    assert "<script" not in text
    assert '"><b>' not in text


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"kind=vice&text=%FF", b"kind", b"=&=&", b"receipt=" + b"9" * 999]
)
@pytest.mark.parametrize("path", ["/clue", "/clue/box"])
async def test_whatever_comes_nothing_breaks(visitor: Visitor, path: str, body: bytes) -> None:
    for kind in (
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=x",
    ):
        headers = {"Content-Type": kind}
        async with visitor.session.post(path, data=body, headers=headers) as answer:
            assert answer.status in {403, 422}


async def test_all_wrong_digits_are_answered_alike(visitor: Visitor) -> None:
    receipt = (await drop(visitor)).replace(" ", "")
    tried: list[str] = []

    @settings(
        max_examples=12,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        st.one_of(
            st.integers(0, 10**16 - 1).map("{:016}".format),
            st.integers(0, 15).map(lambda at: _changed(receipt, at)),
            st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        )
    )
    def collect(digits: str) -> None:
        if digits != receipt:
            tried.append(digits)

    collect()
    answers = [await send(visitor, "/clue/box", receipt=digits) for digits in tried]

    told = {answer for answer in answers if answer[0] != 429}
    assert len(told) == 1
    assert {status for status, _ in told} == {403}


def _changed(receipt: str, at: int) -> str:
    return receipt[:at] + str((int(receipt[at]) + 1) % 10) + receipt[at + 1 :]


async def test_full_width_digits_and_blanks_open_it(visitor: Visitor) -> None:
    receipt = await drop(visitor)
    wide = receipt.translate({ord("0") + n: 0xFF10 + n for n in range(10)})

    for typed in (receipt, wide, f" {receipt} "):
        assert (await send(visitor, "/clue/box", receipt=typed))[0] == 200


async def test_who_hammers_waits(visitor: Visitor) -> None:
    told = [
        (await send(visitor, "/clue/box", receipt=f"{n:016}"))[0]
        for n in range(TRIES_A_MINUTE + 1)
    ]
    status, text = await send(visitor, "/clue", **FILLED)

    assert told == [403] * TRIES_A_MINUTE + [429]
    assert status == 429
    assert "写的还在" in text


async def test_another_site_cannot_write_or_look(visitor: Visitor) -> None:
    for path in ("/clue", "/clue/box", "/api/clue", "/api/clue/box"):
        foreign = {"Sec-Fetch-Site": "cross-site"}
        async with visitor.session.post(path, data=FILLED, headers=foreign) as answer:
            assert answer.status == 403


async def test_programs_write_and_look_too(visitor: Visitor) -> None:
    async with visitor.session.post("/api/clue", json=FILLED) as answer:
        assert (answer.status, answer.headers["Cache-Control"]) == (201, "no-store")
        receipt = (await answer.json())["receipt"]
    body = {"receipt": receipt, "text": "还在赌"}
    async with visitor.session.post("/api/clue/box", json=body) as answer:
        box = await answer.json()

    assert (answer.status, box["state"], box["label"]) == (200, "received", "已收到，等工作人员看")
    assert [(line["label"], line["text"], line["mine"]) for line in box["lines"]] == [
        ("收到", "收到了，等工作人员看。", False),
        ("您写了一条", "", True),
    ]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/clue", {**FILLED, "once": "short"}, 422),
        ("/api/clue", {**FILLED, "kind": "x"}, 422),
        ("/api/clue", [], 422),
        ("/api/clue/box", {}, 422),
        ("/api/clue/box", {"receipt": "0" * 16}, 403),
        ("/api/clue/box", {"receipt": "x"}, 403),
    ],
)
async def test_what_programs_get_wrong_is_told(
    visitor: Visitor, path: str, body: object, status: int
) -> None:
    async with visitor.session.post(path, json=body) as answer:
        assert answer.status == status
        assert (await answer.json())["error"]["message"]


async def test_programs_are_slowed_down_as_well(visitor: Visitor) -> None:
    body = {"receipt": "0" * 16}
    for _ in range(TRIES_A_MINUTE):
        await visitor.session.post("/api/clue/box", json=body)

    told = set()
    for path in ("/api/clue", "/api/clue/box"):
        async with visitor.session.post(path, json=body) as answer:
            told.add(answer.status)
    assert told == {429}
