"""Entries from tables that people filled in: checked row by row, taken whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from knowledge_base.entries import load_drafts
from knowledge_base.errors import BadData
from knowledge_base.faq_export import export
from knowledge_base.faq_intake import Plan, Rules, plan_import
from knowledge_base.sheets.tables import write_whole

from .conftest import DAY
from .test_lint import GOOD, OTHER

RULES = Rules(on=DAY, intents=frozenset({"legal_labour", "hotline"}))
WAGES, DEPOSIT = 2, 3  # the rows they stand in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "faq"
    home.mkdir()
    text = "".join(
        yaml.safe_dump([entry], allow_unicode=True, sort_keys=False) for entry in (GOOD, OTHER)
    )
    (home / "labour.yml").write_text(f"# 律师看过\n{text}", encoding="utf-8")
    return home


def filled_in(folder: Path, *changes: tuple[int, dict[str, object]]) -> Plan:
    """The exported table with some cells changed in Excel, read again."""
    file = folder.parent / "faq.xlsx"
    file.write_bytes(export(file, folder=folder))
    book = load_workbook(file)
    sheet = book["问答"]
    column = {cell.value: index for index, cell in enumerate(sheet[1])}
    for row, cells in changes:
        for title, value in cells.items():
            sheet[row][column[title]].value = value  # type: ignore[assignment]
    book.save(file)
    return plan_import(file, RULES, folder=folder)


def told(plan: Plan) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.text) for fault in plan.faults]


NEW: dict[str, object] = {
    "编号": "labour-new",
    "意图": "legal_labour",
    "标题": "新的",
    "问题": "厂里倒闭了工资找谁要？",
    "问法": "老板跑路\n厂子关了",
    "回答": "先去劳动监察投诉。",
    "下一步": "打 12333",
    "电话": 12333,
    "详细": "带上考勤。",
    "引用": "《劳动合同法》第三十条：依法向当地人民法院申请支付令",
    "来源": "facts",
    "核对日期": "2026/11/22",
}


def test_a_new_row_is_an_entry_in_review(folder: Path) -> None:
    before = (folder / "labour.yml").read_bytes()

    plan = filled_in(folder, (4, NEW))
    write_whole(plan.contents)

    assert (plan.added, plan.changed, plan.same, told(plan)) == (("labour-new",), (), 2, [])
    assert (folder / "labour.yml").read_bytes().startswith(before)
    new = load_drafts(folder).entries[-1]
    assert (new.id, new.status, new.hotlines) == ("labour-new", "in_review", ("12333",))
    # Too few ways of asking: kb lint will say so, but nobody gets the answer yet.
    assert [n.text for n in plan.notices] == [
        "会让 kb lint 报错：wrong_count variants: 2, not 6 to 20"
    ]
    assert [n.column for n in plan.notices] == ["问法"]


def test_a_changed_cell_changes_that_entry_only(folder: Path) -> None:
    plan = filled_in(folder, (WAGES, {"下一步": "先打 12348"}))
    write_whole(plan.contents)

    assert (plan.added, plan.changed, plan.same) == ((), ("labour-wages",), 1)
    first, other = load_drafts(folder).entries
    assert (first.next_step, other.model_dump()) == ("先打 12348", other.model_dump())
    assert (folder / "labour.yml").read_text(encoding="utf-8").startswith("# 律师看过\n- id:")


@pytest.mark.parametrize(
    ("cells", "column", "text"),
    [
        ({"编号": "Labour Wages"}, "编号", "编号只用小写字母、数字和连字符：Labour Wages"),
        ({"意图": "legal_space"}, "意图", "没有这个意图：legal_space"),
        ({"状态": "挺好"}, "状态", "不认识的状态：挺好"),
        ({"标题": None, "编号": "other-id"}, "标题", "没有填"),
        ({"核对日期": None}, "核对日期", "没有填"),
        ({"核对日期": "上周"}, "核对日期", "不是日期：上周；写成 2026-11-22"),
        ({"回答": "=1+1"}, "回答", "是公式；请改成文字或数字（选择性粘贴，只粘贴“值”）"),
        (
            {"编号": "rental-deposit"},
            "编号",
            "和前面一行的编号重复（编号、行号：rental-deposit 2）",
        ),
        ({"引用": "劳动法"}, "引用", "引用要写成“《法》第几条：原文几个字”，这一行不是：劳动法"),
        (
            {"引用": "《婚姻法》第三十二条：感情"},
            "编号",
            "会让 kb lint 报错：not_in_force 婚姻法第三十二条 感情",
        ),
        ({"下一步": "一定能赢"}, "下一步", "会让 kb lint 报错：promise next_step: 一定能"),
    ],
)
def test_a_faulty_row_is_told_with_its_column_and_left_out(
    folder: Path, cells: dict[str, object], column: str, text: str
) -> None:
    row = DEPOSIT if cells.get("编号") == "rental-deposit" else WAGES
    if row == DEPOSIT:  # the later of two is the one that repeats
        cells = {"编号": "labour-wages"}
        text = text.replace("rental-deposit", "labour-wages")

    plan = filled_in(folder, (row, cells), (4, NEW))

    assert (row, column, text) in told(plan)
    assert {place for place, _, _ in told(plan)} == {row}
    assert (plan.added, plan.changed) == (("labour-new",), ())


def test_columns_that_are_not_there_stay_as_they_are(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "short.xlsx"
    filled_in(folder)
    book = load_workbook(tmp_path / "faq.xlsx")
    book["问答"].delete_cols(3, 20)
    book["问答"].cell(row=1, column=3, value="下一步")
    book["问答"].cell(row=2, column=3, value="改了")
    book["问答"].cell(row=3, column=3, value="先打 12333")
    book.save(file)

    plan = plan_import(file, RULES, folder=folder)

    assert (told(plan), plan.changed, plan.same) == ([], ("labour-wages",), 1)


def test_a_yaml_item_is_a_whole_entry(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "faq.yml"
    short = {key: GOOD[key] for key in ("id", "intent", "title")}
    extra = OTHER | {"sauce": "x"}
    file.write_text(yaml.safe_dump([short, extra], allow_unicode=True), encoding="utf-8")

    plan = plan_import(file, RULES, folder=folder)

    assert (1, "回答", "没有填") in told(plan)
    assert [(c, t) for r, c, t in told(plan) if r > 1] == [("sauce", "没有这一项")]
    assert plan.contents == {}


def test_only_what_the_import_brings_about_counts(folder: Path) -> None:
    bad = GOOD | {"id": "old-fault", "question": "不相干的事", "variants": ["只有一种"]}
    text = yaml.safe_dump([bad], allow_unicode=True)
    (folder / "old.yml").write_text(text, encoding="utf-8")

    assert told(filled_in(folder, (WAGES + 1, {"来源": "又核对了"}))) == []


@pytest.mark.parametrize("content", ["- {id: x}", "just words"])
def test_with_faulty_files_nothing_is_imported(folder: Path, content: str) -> None:
    (folder / "bad.yml").write_text(content, encoding="utf-8")
    file = folder.parent / "faq.yml"
    file.write_text(yaml.safe_dump([GOOD]), encoding="utf-8")

    with pytest.raises(BadData, match="读不出来"):
        plan_import(file, RULES, folder=folder)
