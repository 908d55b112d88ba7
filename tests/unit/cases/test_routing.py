"""Area, kind and sub-kind lead to a body, and a table that does not hold together is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.districts import districts
from cases.references import Kind
from cases.routing import ROUTING, AdapterKind, FaultyRouting, read_routing, routing

TEN = {
    "320505": "snd", "320506": "wuzhong", "320507": "xiangcheng", "320508": "gusu",
    "320509": "wujiang", "320581": "changshu", "320582": "zhangjiagang", "320583": "kunshan",
    "320585": "taicang", "SIP000": "sip",
}  # fmt: skip
CITY = {"petition_office", "antifraud", "legal_aid", "hotline", "procuratorate"}


def who(kind: str, sub_kind: str, area: str) -> str | None:
    body = routing().body(kind, sub_kind, area)
    return body.id if body else None


@pytest.mark.parametrize("area", TEN)
def test_each_district_has_its_own_cases(area: str) -> None:
    assert who("XF", "claim", area) == who("YH", "fire", area) == TEN[area]
    assert who("ZP", "any", area) == "antifraud"
    assert who("FY", "any", area) == "legal_aid"


@pytest.mark.parametrize("area", districts())
def test_what_must_not_leave_us_leaves_nowhere(area: str) -> None:
    assert who("XF", "accusation", area) is None
    assert [who(kind, "any", area) for kind in ("XS", "YY", "LB")] == [None] * 3


def test_the_whole_city_has_bodies_of_its_own() -> None:
    assert (who("XF", "claim", "320500"), who("YH", "gas", "320500")) == (
        "petition_office",
        "hotline",
    )
    assert routing().bodies.keys() == {*TEN.values(), *CITY}
    assert who("XF", "claim", "110000") is None


def test_every_kind_has_a_decision_everywhere() -> None:
    table = routing()
    for area, routes in table.areas.items():
        assert "*" in routes
        assert all(who(kind, "x", area) in {None, *table.bodies} for kind in Kind)


def test_offices_are_known_by_name_or_id() -> None:
    assert routing().named("市信访部门") == routing().named(" petition_office ")
    assert routing().named("姑苏区住建部门") is None
    assert routing().named("") is None


def test_no_telephone_and_no_address_is_made_up() -> None:
    known = {"", "12345", "12348", "12309", "96110"}
    assert {body.ask for body in routing().bodies.values()} <= known
    text = ROUTING.read_text(encoding="utf-8")
    assert not re.search(r"https?://|\d{7,}", re.sub(r"3205\d\d", "", text))
    assert {body.adapter for body in routing().bodies.values()} == set(AdapterKind)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t["areas"].pop("320508"), "no route in area 320508"),
        (lambda t: t["areas"].update({"999999": {"*": "gusu"}}), "no such area: 999999"),
        (lambda t: t["areas"]["320508"].pop("*"), "does not say who has the rest"),
        (lambda t: t["areas"]["320508"].update({"XF": "nobody"}), "no such body: nobody"),
        (lambda t: t["everywhere"].update({"QQ": ""}), "no such kind or sub-kind: QQ"),
        (lambda t: t["everywhere"].update({"XF.song": ""}), "no such kind or sub-kind: XF.song"),
        (lambda t: t["waits"].update({"XF": ["asleep"]}), "no such state of XF: asleep"),
        (lambda t: t["bodies"].append(t["bodies"][0]), "id is there twice: zhangjiagang"),
    ],
)
def test_a_faulty_table_is_refused(
    change: Callable[[dict[str, Any]], object], said: str, tmp_path: Path
) -> None:
    table = yaml.safe_load(ROUTING.read_text(encoding="utf-8"))
    change(table)
    path = tmp_path / "routing.yml"
    path.write_text(yaml.safe_dump(table, allow_unicode=True), encoding="utf-8")

    with pytest.raises(FaultyRouting, match=said):
        read_routing(path)
