"""What was imported is kept in one file, and seen by a service that runs already."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.knowledge import Office
from knowledge_base.errors import BadData
from knowledge_base.offices.directory import (
    OfficeDirectory,
    count_offices,
    load_offices,
    save_offices,
)

HERE = Office(
    kind="notary",
    name="演示公证处",
    area="320508",
    address="演示路1号",
    phone="",
    hours="",
    source="演示",
    confirmed_on=date(2026, 11, 1),
    valid_until=date(2027, 1, 1),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new" / "offices.json"


def directory(file: Path) -> OfficeDirectory:
    return OfficeDirectory(file, areas={"320508": "姑苏区"}, area_of={"姑苏区": "320508"}.get)


def test_what_is_saved_is_loaded(file: Path) -> None:
    save_offices(file, [HERE])

    assert load_offices(file) == [HERE]
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_without_a_file_there_is_none(file: Path) -> None:
    assert (load_offices(file), count_offices(file)) == ((), 0)
    assert directory(file).of_kind("notary") == []


def test_an_import_is_seen_at_once_and_so_is_its_end(file: Path) -> None:
    open_already = directory(file)
    assert open_already.of_kind("notary") == []

    save_offices(file, [HERE])
    assert open_already.of_kind("notary") == [HERE]
    assert open_already.of_kind("court") == []

    file.unlink()
    assert open_already.of_kind("notary") == []


@pytest.mark.parametrize("content", ["{", "{}", '{"offices": [{"name": "x"}]}', "[]"])
def test_a_damaged_file_is_named_but_answers_go_on(file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_text(content, encoding="utf-8")

    with pytest.raises(BadData, match=r"offices\.json"):
        load_offices(file)
    assert count_offices(file) == 0
    assert directory(file).of_kind("notary") == []


def test_kinds_and_areas_are_looked_up(file: Path) -> None:
    known = directory(file)
    kind = known.kind_in("公证处在哪")

    assert kind is not None
    assert known.kind("notary") == kind
    assert known.kind("pub") is None
    assert (known.area_of("姑苏区"), known.area_of("上海")) == ("320508", None)
    assert known.area_name("320508") == "姑苏区"
