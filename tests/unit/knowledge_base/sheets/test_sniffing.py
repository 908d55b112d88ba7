"""A file is what it holds, whatever it is called."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from knowledge_base.sheets import sniffing
from knowledge_base.sheets.sniffing import Kind, kind_of
from knowledge_base.sheets.wording import BadTable

from .workbooks import repacked, workbook

MACRO_TYPES = (
    b'<Types><Default ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
)


@pytest.mark.parametrize("name", ["a.xlsx", "a.yml", "a"])
def test_a_workbook_is_one_under_any_name(tmp_path: Path, name: str) -> None:
    path = workbook(tmp_path / "w.xlsx", ["甲"]).rename(tmp_path / name)

    assert kind_of(path) is Kind.XLSX


@pytest.mark.parametrize(
    "add", [("xl/vbaProject.bin", b"x"), ("[Content_Types].xml", MACRO_TYPES)]
)
def test_macros_are_found_in_the_content(tmp_path: Path, add: tuple[str, bytes]) -> None:
    path = repacked(workbook(tmp_path / "harmless.xlsx", ["甲"]), add=[add])

    with pytest.raises(BadTable, match="带宏"):
        kind_of(path)


def test_a_workbook_called_xlsm_without_macros_is_taken(tmp_path: Path) -> None:
    assert kind_of(workbook(tmp_path / "w.xlsx", ["甲"]).rename(tmp_path / "w.xlsm")) is Kind.XLSX


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.xls", "旧格式"),
        (b"PK\x03\x04 and no more", "a.xlsx", "打不开"),
        (b"just text", "a.xlsx", "打不开"),
        (b"", "a.xlsx", "打不开"),
        (b"a,b", "a.csv", "不认识这种文件"),
        (b"%PDF-1.7", "a.pdf", "不认识这种文件"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes, name: str, told: str) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(BadTable, match=told):
        kind_of(tmp_path / name)


def test_half_a_workbook_is_broken(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", ["甲"])
    path.write_bytes(path.read_bytes()[:-100])

    with pytest.raises(BadTable, match="打不开"):
        kind_of(path)


def test_another_archive_is_no_workbook(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "x")

    with pytest.raises(BadTable, match="不是 Excel 工作簿"):
        kind_of(tmp_path / "a.xlsx")


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "w.xlsx", ["甲"])
    with ZipFile(path, "a", ZIP_DEFLATED) as archive, archive.open("xl/bomb.xml", "w") as bomb:
        for _ in range(80):
            bomb.write(bytes(1_000_000))
    assert path.stat().st_size < 200_000

    with pytest.raises(BadTable, match="大得不正常"):
        kind_of(path)


def test_a_file_has_a_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sniffing, "FILE_AT_MOST", 10)
    (tmp_path / "a.yml").write_text("- 一二三四五六", encoding="utf-8")

    with pytest.raises(BadTable, match="文件太大"):
        kind_of(tmp_path / "a.yml")


def test_text_goes_by_its_name(tmp_path: Path) -> None:
    for name, kind in (("a.yml", Kind.YAML), ("a.YAML", Kind.YAML), ("a.csv", Kind.CSV)):
        (tmp_path / name).write_text("x", encoding="utf-8")
        assert kind_of(tmp_path / name, csv=True) is kind
