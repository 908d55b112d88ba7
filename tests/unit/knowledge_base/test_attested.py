from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge_base.attested import AttestedRow, attested, load_attested
from knowledge_base.errors import BadData

HEAD = "law,article,key,checked_on\n"


def table(folder: Path, *lines: str) -> Path:
    file = folder / "attested.csv"
    file.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    return file


def test_rows_are_read_with_their_day(tmp_path: Path) -> None:
    file = table(tmp_path, "信访工作条例,第三十四条,自受理之日起60日内办结,2026-11-22")
    assert load_attested(file).rows == (
        AttestedRow(
            law="信访工作条例",
            article="第三十四条",
            key="自受理之日起60日内办结",
            checked_on=date(2026, 11, 22),
        ),
    )


@pytest.mark.parametrize(
    ("article", "key", "attests"),
    [
        ("第三十四条", "60日内办结", True),
        ("34", "60日内 办结", True),
        ("第三十四条", "90日内办结", False),
        ("第三十五条", "60日内办结", False),
    ],
)
def test_a_phrase_is_attested_where_it_was_read(
    tmp_path: Path, article: str, key: str, *, attests: bool
) -> None:
    file = table(tmp_path, "信访工作条例,第三十四条,自受理之日起60日内办结,2026-11-22")
    assert load_attested(file).attests("《信访工作条例》", article, key) is attests


@pytest.mark.parametrize(
    "line",
    [
        "信访工作条例,随便,自受理之日起,2026-11-22",
        "信访工作条例,第一条,,2026-11-22",
        "信访工作条例,第一条,一二三四五六七八九十一二三四五六七八九十一,2026-11-22",
        "信访工作条例,第一条,自受理之日起,昨天",
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    good = "信访工作条例,第三十四条,自受理之日起60日内办结,2026-11-22"
    with pytest.raises(BadData, match=r"attested\.csv:3"):
        load_attested(table(tmp_path, good, line))


def test_the_project_attests_the_petition_regulation() -> None:
    assert attested().holds("信访工作条例", "第三十四条")
