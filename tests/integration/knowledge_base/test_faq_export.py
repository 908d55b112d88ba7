"""Entries come out as a table, always the same one, and go in again as they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from knowledge_base.entries import Draft, Status, load_drafts
from knowledge_base.errors import BadData
from knowledge_base.faq_export import export
from knowledge_base.faq_intake import Rules, plan_import
from knowledge_base.faq_yaml import entries_yaml
from knowledge_base.sheets.tables import write_whole
from tests.unit.knowledge_base.drafts import FOLDERS, INTENT

from .conftest import DAY

RULES = Rules(on=DAY, intents=frozenset({INTENT}))


def kept(folder: Path, drafts: list[Draft]) -> Path:
    folder.mkdir()
    (folder / "labour.yml").write_text(entries_yaml(drafts), encoding="utf-8")
    return folder


@pytest.mark.parametrize("suffix", [".xlsx", ".yml"])
def test_the_projects_own_entries_come_back_unchanged(
    tmp_path: Path, intents: frozenset[str], suffix: str
) -> None:
    file = tmp_path / f"faq{suffix}"
    file.write_bytes(export(file))

    plan = plan_import(file, replace(RULES, intents=intents))

    assert (plan.faults, plan.notices, plan.contents) == ((), (), {})
    assert plan.same == len(load_drafts().entries)


@pytest.mark.parametrize("suffix", [".xlsx", ".yml"])
@settings(max_examples=12, deadline=None)
@given(drafts=FOLDERS)
def test_out_in_and_out_again_gives_the_same_bytes(suffix: str, drafts: list[Draft]) -> None:
    # What citizens get is held against the law on import; any words will do for the others.
    drafts = [d.model_copy(update={"status": Status.IN_REVIEW}) for d in drafts]
    with TemporaryDirectory() as name:
        home = Path(name)
        file, empty = home / f"out{suffix}", home / "empty"
        empty.mkdir()
        file.write_bytes(export(file, folder=kept(home / "faq", drafts)))

        plan = plan_import(file, RULES, folder=empty)
        write_whole(plan.contents)

        assert plan.faults == ()
        assert sorted(plan.added) == sorted(draft.id for draft in drafts)
        assert export(file, folder=empty) == file.read_bytes()
        again = plan_import(file, RULES, folder=empty)
        assert (again.contents, again.same) == ({}, len(drafts))


def test_a_template_has_headings_only(tmp_path: Path) -> None:
    file = tmp_path / "faq.xlsx"
    file.write_bytes(export(file, template=True))

    with pytest.raises(BadData, match="一行内容也没有"):
        plan_import(file, RULES)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"faq\.csv"):
        export(tmp_path / "faq.csv")


def test_nothing_is_left_out_silently(tmp_path: Path) -> None:
    (tmp_path / "labour.yml").write_text("- {id: broken}", encoding="utf-8")

    with pytest.raises(BadData, match="读不出来"):
        export(tmp_path / "faq.xlsx", folder=tmp_path)
