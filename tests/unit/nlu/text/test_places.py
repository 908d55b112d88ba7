"""Districts and towns of Suzhou."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from itertools import chain

import pytest

from cases.districts import districts
from nlu.text.places import FILE, district_of, find_places

PLACES = json.loads(FILE.read_text(encoding="utf-8"))


def found(text: str) -> list[tuple[str, str]]:
    """Words and full names."""
    return [(text[m.start : m.end], m.value) for m in find_places(text, date(2026, 11, 23))]


def test_the_ten_districts_are_those_that_cases_belong_to() -> None:
    others = [name for name in districts().values() if name != "苏州市"]

    assert len(PLACES) == len(others) == 10
    assert [p for p in PLACES if not any(name.startswith(p) for name in others)] == []


def test_no_name_is_given_twice() -> None:
    names = Counter(
        name
        for district, place in PLACES.items()
        for name in (district, *place["said"], *place["towns"], *chain(*place["towns"].values()))
    )

    assert [name for name, count in names.items() if count > 1] == []


def test_a_towns_district() -> None:
    assert district_of("木渎镇") == "吴中区"
    assert district_of("唯亭街道") == "苏州工业园区"
    with pytest.raises(KeyError):
        district_of("枫泾镇")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("住在园区唯亭", [("园区", "苏州工业园区"), ("唯亭", "唯亭街道")]),
        ("苏州高新区枫桥街道", [("苏州高新区", "虎丘区"), ("枫桥街道", "枫桥街道")]),
        ("吴江松陵镇", [("吴江", "吴江区"), ("松陵镇", "松陵街道")]),
        ("昆山高新区", [("昆山", "昆山市")]),
        ("木渎镇路口", [("木渎镇", "木渎镇")]),
        ("常熟市政府", [("常熟市", "常熟市")]),
        ("昆山周市镇", [("昆山", "昆山市"), ("周市镇", "周市镇")]),
        ("虎丘街道", [("虎丘街道", "虎丘街道")]),
    ],
)
def test_places_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "昆山路上",
        "吴中东路",
        "平江路",
        "常熟农商行",
        "物流园区",
        "无锡高新区",
        "交通安全法",
        "合同里没写",
        "下周市里来人",
        "枫桥经验",
        "虎丘山",
        "上海",
    ],
)
def test_what_is_no_place(text: str) -> None:
    assert found(text) == []
