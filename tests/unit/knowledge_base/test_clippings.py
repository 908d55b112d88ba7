"""Cases, figures and bulletins: only with a source and a day, whole files, again and again."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
import yaml

from knowledge_base.clippings import ClippingShelf, Fate, Reported, import_clippings, read_held
from knowledge_base.errors import BadData

TODAY = date(2026, 11, 23)
ROW: dict[str, object] = {
    "title": "欠薪案",
    "source": "某某法院",
    "url": "https://example.org/a",
    "date": "2026-03-01",
    "topic": "legal_labour",
    "text": "工人离开工地后一年内申请仲裁，裁决支付。",
    "entries": ["labour-unpaid-wages"],
}


def write(path: Path, *rows: object) -> Path:
    path.write_text(yaml.safe_dump(list(rows), allow_unicode=True), encoding="utf-8")
    return path


def take(tmp_path: Path, *rows: object) -> list[Reported]:
    file = write(tmp_path / "in.yml", *rows)
    return list(
        import_clippings(
            file,
            tmp_path / "held" / "clippings.yml",
            today=TODAY,
            entries={"labour-unpaid-wages"},
            topics={"legal_labour"},
        )
    )


def fates(report: list[Reported]) -> list[Fate]:
    return [line.fate for line in report]


def without(key: str) -> dict[str, object]:
    return {k: v for k, v in ROW.items() if k != key}


def test_rows_are_taken_in_once_and_mended(tmp_path: Path) -> None:
    assert fates(take(tmp_path, ROW)) == [Fate.ADDED]
    assert fates(take(tmp_path, ROW)) == [Fate.KEPT]
    assert fates(take(tmp_path, {**ROW, "text": "改过的文字，还是那一件事。"})) == [Fate.CHANGED]
    assert [row.text for row in read_held(tmp_path / "held" / "clippings.yml")] == [
        "改过的文字，还是那一件事。"
    ]


def test_importing_again_writes_nothing(tmp_path: Path) -> None:
    take(tmp_path, ROW)
    held = tmp_path / "held" / "clippings.yml"
    os.utime(held, ns=(1, 1))

    take(tmp_path, ROW)

    assert held.stat().st_mtime_ns == 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({k: v for k, v in ROW.items() if k not in {"source", "url"}}, "neither source nor url"),
        (without("date"), "date"),
        ({**ROW, "date": "2026-11-24"}, "in the future"),
        ({**ROW, "date": "去年"}, "date"),
        ({**ROW, "topic": "nothing"}, "topic"),
        ({**ROW, "entries": ["gone"]}, "no gone"),
        ({**ROW, "url": "file:///etc/passwd"}, "url"),
        ({**ROW, "text": "短"}, "text"),
        ({**ROW, "text": "长" * 201}, "text"),
        ({**ROW, "headline": "x"}, "headline"),
        ("只是一句话", "dictionary"),
    ],
)
def test_one_bad_row_keeps_all_out_and_says_why(tmp_path: Path, row: object, why: str) -> None:
    report = take(tmp_path, {**ROW, "title": "好的一行"}, row)

    assert [(line.number, line.fate) for line in report] == [(1, Fate.ADDED), (2, Fate.REFUSED)]
    assert why in report[1].why
    assert read_held(tmp_path / "held" / "clippings.yml") == ()


def test_json_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text(json.dumps([ROW], ensure_ascii=False), encoding="utf-8")

    report = import_clippings(
        tmp_path / "in.json",
        tmp_path / "clippings.yml",
        today=TODAY,
        entries={"labour-unpaid-wages"},
        topics={"legal_labour"},
    )

    assert fates(list(report)) == [Fate.ADDED]


@pytest.mark.parametrize("text", ["title: 一条", "a: [b", ""])
def test_what_is_no_list_is_refused_whole(tmp_path: Path, text: str) -> None:
    file = tmp_path / "in.yml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(BadData, match=r"in\.yml"):
        import_clippings(file, tmp_path / "out", today=TODAY, entries=(), topics=())


def test_a_held_file_that_was_spoilt_is_named(tmp_path: Path) -> None:
    write(tmp_path / "clippings.yml", without("date"))

    with pytest.raises(BadData, match=r"clippings\.yml: date"):
        read_held(tmp_path / "clippings.yml")


def test_an_entry_gets_its_own_newest_first_else_those_of_its_topic(tmp_path: Path) -> None:
    shelf = ClippingShelf(tmp_path / "held" / "clippings.yml")
    assert shelf.of("labour-unpaid-wages", "legal_labour") == []

    newer = {**ROW, "title": "新的一件", "date": "2026-05-01"}
    general = {**ROW, "title": "一份数据", "kind": "figure", "entries": []}
    take(tmp_path, ROW, newer, general)

    # The shelf has seen no file before, and looks again now that there is one.
    own = [clipping.title for clipping in shelf.of("labour-unpaid-wages", "legal_labour")]
    assert own == ["新的一件", "欠薪案", "一份数据"]
    assert [c.title for c in shelf.of("labour-dismissal", "legal_labour")] == ["一份数据"]
    assert shelf.of("lending-no-iou", "legal_lending") == []


def test_a_source_is_told_by_its_site_where_it_has_no_name(tmp_path: Path) -> None:
    take(tmp_path, without("source"))

    (row,) = read_held(tmp_path / "held" / "clippings.yml")
    assert row.clipping.source == "example.org"
    assert row.clipping.url == "https://example.org/a"
