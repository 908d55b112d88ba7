"""A cell is read by its key, its faults are told in the table's own words, an area goes by any name."""

from __future__ import annotations

import pytest

from cases.districts import districts
from knowledge_base.offices.intake import office_layout
from knowledge_base.offices.words import words
from knowledge_base.sheets.checking import Checking, area_named
from knowledge_base.sheets.rows import Row


def checking(**cells: str) -> Checking:
    row = Row(sheet="办公点", number=3, cells=cells)
    return Checking(row=row, layout=office_layout(), words=words)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("姑苏区", "320508"),
        ("320508", "320508"),
        ("虎丘区", "320505"),
        ("苏州高新区", "320505"),
        ("虎丘区（苏州高新区）", "320505"),
        ("sip000", "SIP000"),
        ("火星", None),
        ("", None),
    ],
)
def test_an_area_goes_by_key_and_by_name(said: str, key: str | None) -> None:
    assert area_named(said, districts()) == key


def test_a_cell_is_trimmed_and_one_that_is_not_there_is_empty() -> None:
    check = checking(name=" 某司法所 ")

    assert (check.cell("name"), check.cell("phone")) == ("某司法所", "")


def test_what_could_not_be_read_is_told_and_so_is_what_is_empty() -> None:
    check = checking(district="火星")

    assert check.unless("320508", "district", "no_district") == []
    [unread] = check.unless(None, "district", "no_district")
    [empty] = check.unless(None, "kind", "no_kind")
    assert "火星" in unread.text
    assert (unread.row, empty.text) == (3, words("needed"))


def test_texts_are_short_on_one_line_and_there_where_needed() -> None:
    check = checking(name="", address="某路\n某号", hours="日" * 9)
    faults = list(check.texts({"name": 4, "address": 40, "hours": 8}, ("name",)))

    assert [fault.text for fault in faults] == [
        words("needed"),
        words("one_line"),
        words("too_long", length=9, most=8),
    ]
