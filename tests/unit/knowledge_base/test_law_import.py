from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.errors import TextRefused
from knowledge_base.law_import import ImportRow, Outcome, import_laws
from knowledge_base.shelf import LawShelf

MARKDOWN = """# 测试条例

2019年3月1日 国务院令第1号公布

<!-- INFO END -->

## 第一章 总则

第一条 为了 测试，制定本条例。

第二条 本条例自2019年5月1日起施行。

附件：

1. 表格
"""
SCHEMA = """
CREATE TABLE laws (law_id, law_name, doc_type, publish_date, effective_date, status);
CREATE TABLE articles (id INTEGER PRIMARY KEY, law_id, article_no, chapter, article_text);
"""


@pytest.fixture
def packaged(tmp_path: Path) -> Path:
    return database(tmp_path / "packaged.db", ("p1", "中华人民共和国甲法", "2018-01-01", "甲"))


def database(file: Path, *laws: tuple[str, str, str, str]) -> Path:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executescript(SCHEMA)
        for law_id, name, day, text in laws:
            row = (law_id, name, "法律", day, day, "现行有效")
            connection.execute("INSERT INTO laws VALUES (?, ?, ?, ?, ?, ?)", row)
            if text:
                connection.execute(
                    "INSERT INTO articles (law_id, article_no, article_text) VALUES (?, ?, ?)",
                    (law_id, "第一条", text),
                )
    return file


@pytest.fixture
def shelf(tmp_path: Path) -> LawShelf:
    return LawShelf(tmp_path / "laws")


def test_a_markdown_text_is_taken_in_with_its_days(
    tmp_path: Path, packaged: Path, shelf: LawShelf
) -> None:
    file = tmp_path / "测试条例(2019-03-01).md"
    file.write_text(MARKDOWN, encoding="utf-8")

    [row] = import_laws(file, shelf, database=packaged)

    assert row == ImportRow(
        source=file.name,
        law="测试条例",
        published=date(2019, 3, 1),
        effective=date(2019, 5, 1),
        articles=2,
        repaired=1,
        outcome=Outcome.ADDED,
    )
    [text] = shelf.texts()
    assert [(r.number, r.chapter, r.text) for r in text.rows] == [
        ("第一条", "第一章总则", "为了测试，制定本条例。"),
        ("第二条", "第一章总则", "本条例自2019年5月1日起施行。"),
    ]
    assert [r.outcome for r in import_laws(file, shelf, database=packaged)] == [Outcome.UNCHANGED]


def test_each_bad_text_of_a_folder_is_a_row_and_spares_the_others(
    tmp_path: Path, packaged: Path, shelf: LawShelf
) -> None:
    folder = tmp_path / "texts"
    (folder / "deep").mkdir(parents=True)
    texts = {
        "deep/good(2019-03-01).md": MARKDOWN,
        "empty(2019-03-01).md": "# 空的\n",
        "nameless(2019-03-01).md": "第一条 没有标题。",
        "twice(2019-03-01).md": "# 重复\n第一条 一。\n第一条 又一。",
        "undated.md": "# 无日期\n第一条 一。",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "latin(2019-03-01).md").write_bytes("# 条例".encode("gbk"))

    rows = {row.source: row for row in import_laws(folder, shelf, database=packaged)}

    assert {name: row.reason for name, row in rows.items()} == {
        "deep/good(2019-03-01).md": "",
        "empty(2019-03-01).md": "no_article",
        "latin(2019-03-01).md": "not_utf8",
        "nameless(2019-03-01).md": "no_title",
        "twice(2019-03-01).md": "article_twice",
        "undated.md": "no_date",
    }
    assert [text.version.law for text in shelf.texts()] == ["测试条例"]


def test_a_database_adds_what_the_packaged_one_lacks(
    tmp_path: Path, packaged: Path, shelf: LawShelf
) -> None:
    newer = database(
        tmp_path / "newer.db",
        ("a", "中华人民共和国甲法", "2018-01-01", "甲"),
        ("b", "中华人民共和国甲法", "2026-01-01", "甲改"),
        ("c", "中华人民共和国乙法", "2026-01-01", ""),
    )

    rows = list(import_laws(newer, shelf, database=packaged))

    assert [(row.law, row.outcome, row.reason, row.detail) for row in rows] == [
        ("甲法", Outcome.PACKAGED, "", ""),
        ("甲法", Outcome.ADDED, "", ""),
        ("", Outcome.SKIPPED, "no_article", "乙法"),
    ]


def test_a_packaged_text_under_another_day_is_known_word_for_word(
    tmp_path: Path, packaged: Path, shelf: LawShelf
) -> None:
    same = tmp_path / "中华人民共和国甲法(2018-01-05).md"
    same.write_text("# 中华人民共和国甲法\n\n第一条 甲", encoding="utf-8")

    assert [row.outcome for row in import_laws(same, shelf, database=packaged)] == [
        Outcome.PACKAGED
    ]


@pytest.mark.parametrize("name", ["empty", "notes.txt"])
def test_what_holds_no_texts_is_refused(
    tmp_path: Path, packaged: Path, shelf: LawShelf, name: str
) -> None:
    path = tmp_path / name
    if path.suffix:
        path.write_text("x", encoding="utf-8")
    else:
        path.mkdir()
    with pytest.raises(TextRefused, match="no_texts"):
        list(import_laws(path, shelf, database=packaged))
