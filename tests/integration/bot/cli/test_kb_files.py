"""`kb import`, `kb export` and the directory of offices, as they are typed."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
import yaml
from openpyxl import load_workbook

from bot.cli.speech import FAILED, USAGE
from knowledge_base.entries import FOLDER, load_drafts
from tests.conversations.town import OFFICES
from tests.integration.bot.cli.typed import run
from tests.integration.knowledge_base.test_lint import GOOD

DAY = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two topics of the project's own, to be written in."""
    home = tmp_path / "faq"
    home.mkdir()
    for name in ("labour.yml", "notary.yml"):
        shutil.copy(FOLDER / name, home / name)
    return home


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_out_and_in_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    before = contents(folder)
    file, again = tmp_path / "a.xlsx", tmp_path / "b.xlsx"

    assert run("kb", "export", str(file), "--folder", str(folder)).exit_code == 0
    result = run("kb", "import", str(file), "--folder", str(folder))
    run("kb", "export", str(again), "--folder", str(folder))

    assert (result.exit_code, result.stderr) == (0, "")
    assert f"没变 {len(load_drafts(folder).entries)} 条" in result.stdout
    assert contents(folder) == before
    assert again.read_bytes() == file.read_bytes()


def test_a_faulty_row_refuses_the_whole_file(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    run("kb", "export", str(file), "--folder", str(folder))
    book = load_workbook(file)
    sheet = book["问答"]
    sheet["C2"] = "新标题"
    sheet["B3"] = "legal_space"
    book.save(file)
    before = contents(folder)

    result = run("kb", "import", str(file), "--folder", str(folder))

    assert result.exit_code == FAILED
    assert result.stdout.splitlines() == ["问答  第 3 行  意图：没有这个意图：legal_space"]
    assert len(result.stderr.splitlines()) == 1
    assert contents(folder) == before

    partial = run("kb", "import", str(file), "--folder", str(folder), "--partial")

    assert partial.exit_code == 0
    assert "1 行有错，没有导入" in partial.stderr
    assert "改动 1 条" in partial.stdout
    assert contents(folder) != before


def test_a_dry_run_writes_nothing(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    new = GOOD | {"id": "labour-new", "status": "in_review", "question": "全新的一个问法"}
    file.write_text(yaml.safe_dump([new], allow_unicode=True), encoding="utf-8")
    before = contents(folder)

    result = run("kb", "import", str(file), "--folder", str(folder), "--dry-run")

    assert (result.exit_code, contents(folder)) == (0, before)
    assert "会新增 1 条" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xlsx", b"no zip", "打不开"),
        ("a.yml", "- 甲".encode("gbk"), "不是 UTF-8"),
        ("a.txt", b"x", "不认识这种文件"),
        ("a.yml", b"", "一行内容也没有"),
    ],
)
@pytest.mark.parametrize("command", ["import", "import-directory"])
def test_a_bad_file_is_one_line(
    tmp_path: Path, name: str, content: bytes, told: str, command: str
) -> None:
    (tmp_path / name).write_bytes(content)

    result = run("kb", command, str(tmp_path / name))

    assert (result.exit_code, result.stdout) == (FAILED, "")
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["import", "import-directory"])
def test_no_file_is_a_usage_error(tmp_path: Path, command: str) -> None:
    assert run("kb", command, str(tmp_path / "none.xlsx")).exit_code == USAGE
    assert run("kb", command).exit_code == USAGE


def test_export_needs_a_kind_it_knows(tmp_path: Path) -> None:
    for command in ("export", "export-directory"):
        result = run("kb", command, str(tmp_path / "a.doc"))
        assert (result.exit_code, len(result.stderr.splitlines())) == (FAILED, 1)
    assert not (tmp_path / "a.doc").exists()


@time_machine.travel(DAY, tick=False)
def test_a_directory_is_imported_replaced_and_exported(home: Path, tmp_path: Path) -> None:
    result = run("kb", "import-directory", str(OFFICES))

    assert (result.exit_code, result.stderr) == (0, "")
    assert "现在 6 处（原来 0 处），其中 1 处已过有效期" in result.stdout
    assert (home / "offices.json").is_file()

    sheet = tmp_path / "o.xlsx"
    run("kb", "export-directory", str(sheet))
    kept = (home / "offices.json").read_bytes()
    assert "现在 6 处（原来 6 处）" in run("kb", "import-directory", str(sheet)).stdout
    assert (home / "offices.json").read_bytes() == kept


@time_machine.travel(DAY, tick=False)
def test_a_faulty_directory_leaves_the_old_one(home: Path, tmp_path: Path) -> None:
    run("kb", "import-directory", str(OFFICES))
    kept = (home / "offices.json").read_bytes()
    bad = tmp_path / "bad.csv"
    bad.write_text(OFFICES.read_text("utf-8").replace("吴中区", "上海市"), encoding="utf-8")

    refused = run("kb", "import-directory", str(bad))

    assert refused.exit_code == FAILED
    assert refused.stdout.splitlines() == ["bad.csv  第 6 行  区域：没有这个区域：上海市"]
    assert (home / "offices.json").read_bytes() == kept

    partial = run("kb", "import-directory", str(bad), "--partial")

    assert (partial.exit_code, "现在 5 处" in partial.stdout) == (0, True)


def test_a_directory_without_a_good_row_wipes_nothing(home: Path, tmp_path: Path) -> None:
    head, *_ = OFFICES.read_text("utf-8").splitlines()
    (tmp_path / "bad.csv").write_text(f"{head}\n茶馆,甲\n", encoding="utf-8")

    result = run("kb", "import-directory", str(tmp_path / "bad.csv"), "--partial")

    assert result.exit_code == FAILED
    assert not (home / "offices.json").exists()


def test_templates_have_headings(tmp_path: Path) -> None:
    for command, sheet in (("export", "问答"), ("export-directory", "办事地点")):
        file = tmp_path / f"{command}.xlsx"
        assert run("kb", command, str(file), "--template").exit_code == 0
        assert load_workbook(file)[sheet].max_row == 1
