from __future__ import annotations

from datetime import date
from pathlib import Path

from knowledge_base.attested import Attested, AttestedRow, load_attested
from knowledge_base.attested_build import confirmed_rows, merged, write_attested
from knowledge_base.regulations import Regulation

from .conftest import MakeDraft

DAY = date(2026, 11, 22)


def row(article: str, key: str) -> AttestedRow:
    return AttestedRow(law="信访工作条例", article=article, key=key, checked_on=DAY)


def test_only_phrases_that_stand_in_the_text_are_confirmed(make_draft: MakeDraft) -> None:
    regulation = Regulation(law="信访工作条例", articles={"第五条": "小事不出村、大事不出镇。"})
    draft = make_draft(
        citations=[
            {"law": "信访工作条例", "article": "5", "key": "大事不出镇"},
            {"law": "信访工作条例", "article": "第五条", "key": "矛盾不上交"},
            {"law": "信访工作条例", "article": "第六条", "key": "大事不出镇"},
            {"law": "民法典", "article": "第五条", "key": "大事不出镇"},
        ]
    )
    assert list(confirmed_rows([draft], [regulation], DAY)) == [row("第五条", "大事不出镇")]


def test_rows_already_attested_are_not_repeated_and_the_table_is_in_order(tmp_path: Path) -> None:
    table = Attested([row("第十五条", "小事不出村、大事不出镇")])
    rows = merged(table, [row("第十五条", "大事不出镇"), row("第二条", "群团组织")])
    file = tmp_path / "attested.csv"
    write_attested(rows, file)
    assert load_attested(file).rows == (
        row("第二条", "群团组织"),
        row("第十五条", "小事不出村、大事不出镇"),
    )
