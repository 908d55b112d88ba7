"""References, codes, numbers and dates found by the patterns Rasa trains on."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.messages import Entity
from nlu.entities import EntityPatterns, load_patterns, without_overlaps


@pytest.fixture(scope="module")
def patterns() -> EntityPatterns:
    return load_patterns()


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("编号XF3205082610120001236", "case_ref", "XF3205082610120001236"),
        ("xfSIP0002610150000347到哪了", "case_ref", "xfSIP0002610150000347"),
        ("码是7QK2M9XD谢谢", "query_code", "7QK2M9XD"),
        ("打13800000000找我", "phone", "13800000000"),
        ("0512-12345678", "phone", "0512-12345678"),
        ("点 gjj-sz.vip 核验", "url", "gjj-sz.vip"),
        ("https://a.top/x?y=1，快", "url", "https://a.top/x?y=1"),
        ("卡6222 0000 0000 0000 000", "bank_account", "6222 0000 0000 0000 000"),
        ("欠我三万五", "amount", "三万五"),
        ("一共12,000元", "amount", "12,000元"),
        ("去年三月辞职", "date", "去年三月"),
        ("住在工业园区", "district", "工业园区"),
    ],
)
def test_found(patterns: EntityPatterns, text: str, name: str, value: str) -> None:
    found = [(e.name, e.value) for e in patterns.find(text)]

    assert (name, value) in found


def test_places_point_into_the_text(patterns: EntityPatterns) -> None:
    text = "编号 XF3205082610120001236 码 7QK2M9XD"

    for entity in patterns.find(text):
        assert text[entity.start : entity.end] == entity.value


@pytest.mark.parametrize("text", ["ABCDEFGH", "12345678", "7QK2M9X", "X7QK2M9XDX"])
def test_what_is_no_query_code(patterns: EntityPatterns, text: str) -> None:
    assert "query_code" not in {e.name for e in patterns.find(text)}


def test_of_two_that_overlap_the_longer_stays() -> None:
    def entity(name: str, start: int, end: int) -> Entity:
        return Entity(name=name, value="x" * (end - start), start=start, end=end)

    kept = without_overlaps(
        [entity("b", 3, 9), entity("a", 0, 4), entity("c", 9, 11), entity("d", 3, 9)]
    )

    assert [(e.name, e.start) for e in kept] == [("b", 3), ("c", 9)]


def test_a_file_of_patterns_and_words(tmp_path: Path) -> None:
    file = tmp_path / "entities.yml"
    file.write_text(
        "nlu:\n- regex: number\n  examples: |\n    - \\d+\n"
        "- lookup: place\n  examples: |\n    - 高新区\n    - 苏州高新区\n"
        "- intent: other\n  examples: |\n    - 你好\n",
        encoding="utf-8",
    )

    found = load_patterns(file).find("苏州高新区12号")

    assert [(e.name, e.value) for e in found] == [("place", "苏州高新区"), ("number", "12")]
