from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.amendments import amended_law, apply_amendment
from knowledge_base.corpus import LawVersion, Row


def rows(*texts: str) -> list[Row]:
    return [Row(law_id="a", number="条目一", chapter="", text=text) for text in texts]


@pytest.mark.parametrize(
    ("law", "kind", "amended"),
    [
        ("刑法修正案（十二）", "修正案", "刑法"),
        ("刑法修正案", "修正案", None),
        ("刑法修正案（十二）", "法律", None),
    ],
)
def test_the_law_that_an_amendment_amends(law: str, kind: str, amended: str | None) -> None:
    day = date(2023, 12, 29)
    version = LawVersion(
        id="x", law=law, kind=kind, published=day, effective=day, status="现行有效"
    )
    assert amended_law(version) == amended


def test_a_whole_article_is_replaced() -> None:
    amendment = rows('将刑法第三百九十条修改为："新的第一款。\n"新的第二款。"')
    assert apply_amendment({"第三百九十条": "旧的。"}, amendment) == {
        "第三百九十条": "新的第一款。\n新的第二款。"
    }


def test_one_paragraph_is_replaced_with_its_items() -> None:
    law = {"第三百八十七条": "旧的，有下列情形的：\n（一）甲；\n（二）乙。\n第二款。"}
    amendment = rows('将刑法第三百八十七条第一款修改为："新的第一款。"')
    assert apply_amendment(law, amendment) == {"第三百八十七条": "新的第一款。\n第二款。"}


def test_an_added_paragraph_with_the_whole_text_replaces_the_article() -> None:
    amendment = rows('在刑法第一百六十五条中增加一款作为第二款，将该条修改为："甲。\n"乙。"')
    assert apply_amendment({"第一百六十五条": "甲旧。"}, amendment) == {
        "第一百六十五条": "甲。\n乙。"
    }


def test_the_last_item_changes_nothing() -> None:
    law = {"第一条": "为了惩罚犯罪。"}
    assert apply_amendment(law, rows("本修正案自2024年3月1日起施行。")) == law
