"""A row knows where it stands."""

from __future__ import annotations

from knowledge_base.sheets.rows import Row, RowFault


def test_a_fault_has_the_rows_place() -> None:
    row = Row(sheet="表", number=7, cells={})

    assert row.fault("名称", "没有填") == RowFault(sheet="表", row=7, column="名称", text="没有填")
