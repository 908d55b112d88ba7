from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.corpus import LawVersion, Row
from knowledge_base.errors import BadData
from knowledge_base.shelf import LawShelf, LawText, Shelved, shelf_id

DAY = date(2010, 12, 20)
ID = shelf_id("工伤保险条例", DAY)
TEXT = LawText(
    version=LawVersion(
        id=ID,
        law="工伤保险条例",
        kind="导入",
        published=DAY,
        effective=date(2011, 1, 1),
        status="现行有效",
        imported=True,
    ),
    rows=(
        Row(law_id=ID, number="第一条", chapter="第一章总则", text="为了保障\n（一）职工"),
        Row(law_id=ID, number="第二条", chapter="", text="“单位”应当参加"),
    ),
)


def test_what_is_put_is_read_again(tmp_path: Path) -> None:
    shelf = LawShelf(tmp_path / "laws")

    assert shelf.put(TEXT) is Shelved.ADDED
    assert list(shelf.texts()) == [TEXT]


def test_the_same_again_changes_nothing_and_another_text_replaces(tmp_path: Path) -> None:
    shelf = LawShelf(tmp_path)
    shelf.put(TEXT)
    [file] = tmp_path.iterdir()
    before = file.stat().st_mtime_ns

    assert (shelf.put(TEXT), file.stat().st_mtime_ns) == (Shelved.UNCHANGED, before)
    changed = replace(TEXT, rows=TEXT.rows[:1])
    assert (shelf.put(changed), list(shelf.texts())) == (Shelved.REPLACED, [changed])


def test_versions_of_a_law_stand_beside_each_other(tmp_path: Path) -> None:
    shelf = LawShelf(tmp_path)
    older = replace(TEXT.version, id=shelf_id("工伤保险条例", date(2003, 4, 27)))
    shelf.put(replace(TEXT, version=replace(older, published=date(2003, 4, 27)), rows=()))
    shelf.put(TEXT)

    assert [text.version.published.year for text in shelf.texts()] == [2003, 2010]


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert list(LawShelf(tmp_path / "none").texts()) == []


@pytest.mark.parametrize("content", ["", "{", '{"law": "x"}', "[]"])
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / f"{ID}.json").write_text(content, encoding="utf-8")
    with pytest.raises(BadData, match=ID):
        LawShelf(tmp_path).texts()


def test_a_write_that_is_cut_off_leaves_the_text_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = LawShelf(tmp_path)
    shelf.put(TEXT)

    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        shelf.put(replace(TEXT, rows=()))
    assert list(shelf.texts()) == [TEXT]
