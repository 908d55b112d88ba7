from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.knowledge import Hotline
from core.messages import Citation
from knowledge_base.attested import Attested, AttestedRow
from knowledge_base.entries import load_drafts, told_entries
from knowledge_base.statutes import Statute, Statutes

from .conftest import MakeDraft

DAY = date(2026, 11, 22)
GOOD = """
- id: labour-wages
  intent: legal_labour
  title: 被拖欠工资
  question: 老板拖欠工资怎么办？
  variants: [干了三个月没给钱]
  answer: 先去劳动监察投诉。
  next_step: 先打 12333
  hotlines: ["12333"]
  detail: 带上考勤记录。
  citations: [{law: 劳动合同法, article: 第三十条, key: 及时足额支付劳动报酬}]
  source: facts
  checked_on: 2026-11-22
  status: published
"""


@pytest.fixture
def statutes() -> Statutes:
    wages = Statute(
        law="劳动合同法",
        number="第三十条",
        text="用人单位应当及时足额支付劳动报酬。",
        chapter="",
        searched=True,
    )
    return Statutes([wages], on=DAY)


@pytest.fixture
def table() -> Attested:
    row = AttestedRow(law="工资支付暂行规定", article="第十三条", key="加班", checked_on=DAY)
    return Attested([row])


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "labour.yml").write_text(GOOD, encoding="utf-8")
    loaded = load_drafts(tmp_path)
    assert loaded.faults == ()
    assert [draft.questions for draft in loaded.entries] == [
        ("老板拖欠工资怎么办？", "干了三个月没给钱")
    ]


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("  answer: 先去劳动监察投诉。\n", "", "answer: Field required"),
        ("status: published", "status: done", "status: Input should be"),
        ("  source: facts", "  sauce: facts", "sauce: Extra inputs"),
        ("id: labour-wages", "id: Labour Wages", "id: String should match"),
        ("checked_on: 2026-11-22", "checked_on: soon", "checked_on: Input should be"),
    ],
)
def test_a_bad_entry_is_a_fault_and_spares_the_others(
    tmp_path: Path, old: str, new: str, text: str
) -> None:
    other = GOOD.replace("labour-wages", "labour-other")
    (tmp_path / "labour.yml").write_text(GOOD.replace(old, new) + other, encoding="utf-8")
    loaded = load_drafts(tmp_path)
    assert [draft.id for draft in loaded.entries] == ["labour-other"]
    found = {(fault.file, fault.code) for fault in loaded.faults}
    assert found == {("labour.yml", "field_invalid")}
    assert any(fault.text.startswith(text) for fault in loaded.faults)


@pytest.mark.parametrize("text", ["- [unclosed", "just words", "key: value"])
def test_a_file_that_is_no_list_of_entries_is_a_fault(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.yml").write_text(text, encoding="utf-8")
    assert [fault.code for fault in load_drafts(tmp_path).faults] == ["file_unreadable"]


def test_citations_hotlines_and_links_are_resolved(
    make_draft: MakeDraft, statutes: Statutes, table: Attested
) -> None:
    cited = [
        {"law": "中华人民共和国劳动合同法", "article": "30", "key": "劳动报酬"},
        {"law": "工资支付暂行规定", "article": "第十三条", "key": "加班"},
        {"law": "婚姻法", "article": "第一条", "key": "婚姻"},
    ]
    drafts = [
        make_draft(citations=cited, related=["labour-other", "labour-gone"]),
        make_draft("labour-other", title="加班费"),
    ]
    entry = told_entries(drafts, statutes=statutes, attested=table)[0]
    assert entry.citations == (
        Citation(law="劳动合同法", article="第三十条", quote="劳动报酬", in_force=True),
        Citation(law="工资支付暂行规定", article="第十三条", quote="加班", in_force="attested"),
        Citation(law="婚姻法", article="第一条", quote="婚姻", in_force=False),
    )
    assert entry.related == (("labour-other", "加班费"),)
    assert entry.hotlines == (Hotline(number="12333", name="人社服务热线"),)


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({}, True),
        ({"status": "draft"}, False),
        ({"status": "retired"}, False),
        ({"valid_from": "2026-11-22"}, True),
        ({"valid_from": "2026-11-23"}, False),
        ({"valid_to": "2026-11-22"}, True),
        ({"valid_to": "2026-11-21"}, False),
    ],
)
def test_only_published_entries_within_their_days_are_told(
    make_draft: MakeDraft, fields: dict[str, str], *, is_told: bool
) -> None:
    assert make_draft(**fields).is_told(DAY) is is_told


def test_the_revision_changes_with_the_content_only(make_draft: MakeDraft) -> None:
    first = make_draft()
    assert first.revision == make_draft().revision
    assert first.revision != make_draft(answer="换了一句。").revision
