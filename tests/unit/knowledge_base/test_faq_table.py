"""Entries as rows and back."""

from __future__ import annotations

import pytest
from hypothesis import given

from knowledge_base.entries import Draft
from knowledge_base.faq_table import cells_of, faq_layout, fields_of
from knowledge_base.sheets.rows import Row

from .conftest import MakeDraft
from .drafts import DRAFTS


def row(**cells: str) -> Row:
    return Row(sheet="问答", number=2, cells=cells)


def test_the_columns_are_the_fields() -> None:
    assert set(faq_layout().titles) == set(Draft.model_fields)


def test_an_entry_as_people_see_it(make_draft: MakeDraft) -> None:
    cells = cells_of(make_draft(variants=["一", "二"], hotlines=["12333", "12348"]))

    assert cells["variants"] == "一\n二"
    assert cells["hotlines"] == "12333\n12348"
    assert cells["citations"] == "《劳动合同法》第三十条：及时足额支付劳动报酬"
    assert cells["status"] == "已发布"
    assert (cells["checked_on"], cells["valid_to"], cells["time_limit"]) == ("2026-11-22", "", "")


@given(DRAFTS)
def test_a_row_is_the_entry_it_came_from(draft: Draft) -> None:
    fields, faults = fields_of(row(**cells_of(draft)))

    assert faults == []
    assert Draft.model_validate(fields) == draft


@pytest.mark.parametrize(
    ("cells", "fields"),
    [
        ({"hotlines": "12333、12348，12345"}, {"hotlines": ("12333", "12348", "12345")}),
        ({"status": "published"}, {"status": "published"}),
        ({"status": "停用"}, {"status": "retired"}),
        ({"status": "随便"}, {"status": "随便"}),
        ({"status": " "}, {}),
        ({"time_limit": " "}, {"time_limit": None}),
        ({"answer": ""}, {}),
        ({"source": ""}, {"source": ""}),
        (
            {"citations": "《解释（一）适用《民法典》》第二条: 原文"},
            {
                "citations": [
                    {"law": "解释（一）适用《民法典》", "article": "第二条", "key": "原文"}
                ]
            },
        ),
    ],
)
def test_cells_are_read_leniently(cells: dict[str, str], fields: dict[str, object]) -> None:
    assert fields_of(row(**cells)) == (fields, [])


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ({"citations": "劳动法第五十条"}, "引用", "这一行不是：劳动法第五十条"),
        ({"citations": "《劳动法》第五十条"}, "引用", "《法》第几条"),
        ({"checked_on": "昨天"}, "核对日期", "不是日期：昨天"),
        ({"valid_to": "2026-13-01"}, "失效日期", "不是日期：2026-13-01"),
    ],
)
def test_what_cannot_be_read_is_told(cells: dict[str, str], column: str, told: str) -> None:
    (fault,) = fields_of(row(**cells))[1]

    assert (fault.column, told in fault.text) == (column, True)
