from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.corpus import LawVersion, in_force, read_database
from knowledge_base.errors import CorpusMissing

DAY = date(2026, 11, 22)


def version(law: str, published: str, effective: str, status: str = "现行有效") -> LawVersion:
    return LawVersion(
        id=f"{law}{published}",
        law=law,
        kind="法律",
        published=date.fromisoformat(published),
        effective=date.fromisoformat(effective),
        status=status,
    )


def test_the_criminal_law_is_in_though_listed_as_amended() -> None:
    criminal = version("刑法", "2020-12-26", "1997-10-01", "已被修改")
    assert list(in_force([criminal], DAY)) == [criminal]


def test_a_law_that_starts_later_is_out_and_the_replaced_one_in() -> None:
    old = version("商标法", "2019-04-23", "1983-03-01", "历史版本")
    new = version("商标法", "2026-06-26", "2027-01-01")
    assert list(in_force([new, old], DAY)) == [old]
    assert list(in_force([new, old], date(2027, 1, 1))) == [new]


def test_an_amended_text_does_not_start_before_it_was_published() -> None:
    old = version("注册会计师法", "2014-08-31", "1994-01-01", "历史版本")
    new = version("注册会计师法", "2026-06-26", "1994-01-01")
    assert list(in_force([old, new], date(2026, 6, 25))) == [old]
    assert list(in_force([old, new], DAY)) == [new]


@pytest.mark.parametrize(
    ("law", "on", "is_in"),
    [
        ("农村土地承包法", date(2020, 1, 1), False),
        ("噪声污染防治法", date(2026, 8, 14), True),
        ("噪声污染防治法", date(2026, 8, 15), False),
    ],
)
def test_a_repealed_law_is_in_until_its_repealer_starts(
    law: str, on: date, *, is_in: bool
) -> None:
    repealed = version(law, "2018-12-29", "2003-03-01", "已废止")
    assert bool(in_force([repealed], on)) is is_in


def test_a_file_that_is_no_statute_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "laws.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE other (x)")
    with pytest.raises(CorpusMissing, match=r"laws\.db"):
        read_database(file)
