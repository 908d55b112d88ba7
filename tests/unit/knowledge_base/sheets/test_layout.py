"""A table's heading says which column is which, or that this is another table."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.faq_table import LAYOUT as FAQ
from knowledge_base.offices.intake import LAYOUT as OFFICES
from knowledge_base.sheets.layout import load_layout
from knowledge_base.sheets.wording import BadTable

from .workbooks import LAYOUT


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        (["名称", "备注"], ["name", "note"]),
        ([" note ", "", "name"], ["note", "", "name"]),
        (["名称"], ["name"]),
    ],
)
def test_columns_are_known_by_heading_or_key(heading: list[str], keys: list[str]) -> None:
    assert LAYOUT.read_heading("表", heading) == keys


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        (["备注"], "没有“名称”这一列"),
        (["名称", "电话"], "不认识的“电话”"),
        (["名称", "name"], "“name”出现了两次"),
    ],
)
def test_another_table_is_refused(heading: list[str], told: str) -> None:
    with pytest.raises(BadTable, match=told):
        LAYOUT.read_heading("表", heading)


@pytest.mark.parametrize("file", [FAQ, OFFICES], ids=lambda file: file.parent.name)
def test_the_projects_own_tables_are_whole(file: Path) -> None:
    layout = load_layout(file)
    names = [name for c in layout.columns for name in (c.key, c.title)]

    assert len(names) == len(set(names))
    assert layout.columns[0].needed
    assert all(column.hint for column in layout.columns)
