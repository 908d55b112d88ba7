"""Where to go: by kind and district, with the day it was checked, and never more than is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from actions import offices
from core.knowledge import Office
from core.messages import Entity
from core.turns import Outcome, Session
from knowledge_base.offices.directory import save_offices
from tests.unit.actions.conftest import MakeTurn, Toolset, directory_of

GUSU, KUNSHAN, CITY = "320508", "320583", "320500"


def office(name: str, area: str = GUSU, kind: str = "notary", **changes: object) -> Office:
    fields: dict[str, object] = {
        "kind": kind,
        "name": name,
        "area": area,
        "address": "演示路1号",
        "phone": "12348",
        "hours": "",
        "source": "演示",
        "confirmed_on": date(2026, 11, 1),
        "valid_until": date(2026, 11, 22),
    }
    return Office(**{**fields, **changes})  # type: ignore[arg-type]


def place(value: str, name: str = "district") -> tuple[Entity, ...]:
    return (Entity(name=name, value=value, start=0, end=2),)


@pytest.fixture
def loaded(tools: Toolset, tmp_path: Path) -> Toolset:
    file = tmp_path / "offices.json"
    names = [office("甲"), office("乙", KUNSHAN), office("丙", KUNSHAN), office("丁", "320506")]
    save_offices(file, [*names, office("市信访", CITY, "petition"), office("院", kind="court")])
    tools.directory = directory_of(file)
    return tools


def text(outcome: Outcome) -> str:
    return "\n".join(reply.text for reply in outcome.replies)


async def test_without_a_directory_the_knowledge_base_answers(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn("find_office", "公证处在哪", entities=place("昆山市"))

    assert not offices.is_meant(turn, tools)
    assert (await offices.find(turn, tools)).replies[0].source == "faq:office@3"


async def test_an_office_is_told_line_by_line(make_turn: MakeTurn, loaded: Toolset) -> None:
    turn = make_turn("find_office", "姑苏区公证处在哪", entities=place("姑苏区"))

    outcome = await offices.find(turn, loaded)

    assert text(outcome).splitlines() == [
        "甲（姑苏区）",
        "地址：演示路1号",
        "电话：12348",
        "最后核对日期：2026年11月1日",
        "地址和时间会变，出门前先打电话问一下。问不到打：12348（公共法律服务热线）、12345（政务服务便民热线）。",
    ]
    assert [q.payload for q in outcome.replies[0].quick_replies] == [
        "find_office/in:notary",
        "human_handoff",
    ]
    assert (outcome.session.topic, outcome.session.last_intent) == ("公证处", "find_office")


@pytest.mark.parametrize(
    ("until", "expired"), [(date(2026, 11, 22), False), (date(2026, 11, 21), True)]
)
async def test_what_nobody_vouches_for_any_more_is_told_as_such(
    make_turn: MakeTurn, tools: Toolset, tmp_path: Path, until: date, *, expired: bool
) -> None:
    file = tmp_path / "offices.json"
    save_offices(file, [office("旧", valid_until=until), office("新", valid_until=date.max)])
    tools.directory = directory_of(file)

    told = text(await offices.find(make_turn("find_office", "公证处地址"), tools))

    assert ("还没有重新核对" in told) is expired
    assert (told.index("新") < told.index("旧")) is expired


@pytest.mark.parametrize(
    ("intent", "said", "meant"),
    [
        ("find_office", "园区的公证处", True),
        ("notary_info", "哪里有公证处", True),
        ("notary_info", "公证处办遗嘱要什么材料", False),
        ("hotline", "公证处地址和电话", True),
        ("legal_inheritance", "公证处在哪", False),
        ("find_office", "检察院在哪", False),
        ("find_office", "在哪里", False),
        ("find_office", "公证处在哪" + "呀" * 40, False),
    ],
)
async def test_what_is_meant_for_the_directory(
    make_turn: MakeTurn, loaded: Toolset, intent: str, said: str, *, meant: bool
) -> None:
    assert offices.is_meant(make_turn(intent, said), loaded) is meant


async def test_a_place_alone_goes_on_from_the_office_before(
    make_turn: MakeTurn, loaded: Toolset
) -> None:
    before = Session(topic="公证处", last_intent="find_office")
    turn = make_turn("inform", "昆山的呢", session=before, entities=place("昆山市"))

    assert offices.is_meant(turn, loaded)
    assert "乙（昆山市）" in text(await offices.find(turn, loaded))
    assert not offices.is_meant(make_turn("inform", "好的", session=before), loaded)


@pytest.mark.parametrize(
    ("named", "area"),
    [(place("木渎镇", "town"), "吴中区"), (place("昆山市"), "昆山市")],
)
async def test_towns_belong_to_their_districts(
    make_turn: MakeTurn, loaded: Toolset, named: tuple[Entity, ...], area: str
) -> None:
    turn = make_turn("find_office", "公证处在哪", entities=named)

    assert f"（{area}）" in text(await offices.find(turn, loaded))


async def test_where_there_is_none_the_others_are_named(
    make_turn: MakeTurn, loaded: Toolset
) -> None:
    turn = make_turn("find_office", "公证处在哪", entities=place("太仓市"))

    told = text(await offices.find(turn, loaded))

    assert "没有太仓市的公证处。名册里有的：姑苏区、昆山市、吴中区。" in told
    assert "地址：" not in told


async def test_the_citys_own_office_serves_where_a_district_has_none(
    make_turn: MakeTurn, loaded: Toolset
) -> None:
    turn = make_turn("find_office", "信访局在哪", entities=place("太仓市"))

    assert "市信访（苏州市）" in text(await offices.find(turn, loaded))


async def test_the_district_is_asked_for_where_there_are_many(
    make_turn: MakeTurn, loaded: Toolset
) -> None:
    outcome = await offices.find(make_turn("find_office", "公证处在哪"), loaded)

    assert "哪个区" in text(outcome)
    assert (outcome.session.form, outcome.session.slots) == ("find_office", {"kind": "notary"})
    titles = [button.title for button in outcome.replies[0].quick_replies]
    assert titles == ["姑苏区", "苏州工业园区", "吴中区", "相城区", "更多", "取消"]


@pytest.mark.parametrize(("press", "asks"), [("find_office/in:notary", True), ("in:pub", False)])
async def test_the_button_asks_for_another_district(
    make_turn: MakeTurn, loaded: Toolset, press: str, *, asks: bool
) -> None:
    outcome = await offices.find(make_turn(press=press), loaded)

    assert (outcome.session.form == "find_office") is asks


async def test_no_more_is_told_than_a_screen_holds(
    make_turn: MakeTurn, tools: Toolset, tmp_path: Path
) -> None:
    file = tmp_path / "offices.json"
    save_offices(file, [office(f"{n}号公证处", address="长" * 80) for n in range(9)])
    tools.directory = directory_of(file)
    turn = make_turn("find_office", "公证处在哪", entities=place("姑苏区"))

    told = text(await offices.find(turn, tools))

    assert told.count("地址：") == 1
    assert "还有 8 处" in told
    assert len(told) < 300
