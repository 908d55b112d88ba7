"""The sentences about files, each of them used somewhere."""

from __future__ import annotations

from pathlib import Path

import yaml

from knowledge_base.sheets.wording import FILE, refused, words

CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (*Path(FILE).parent.parent.rglob("*.py"), *Path("bot/cli").glob("*.py"))
)


def test_names_are_filled() -> None:
    assert words("head_twice", sheet="表", title="名称") == "工作表“表”的表头里“名称”出现了两次。"


def test_an_error_says_its_sentence() -> None:
    assert str(refused("file_empty")) == "里面一行内容也没有。"


def test_no_sentence_is_left_over() -> None:
    assert [key for key in yaml.safe_load(FILE.read_text("utf-8")) if f'"{key}"' not in CODE] == []
