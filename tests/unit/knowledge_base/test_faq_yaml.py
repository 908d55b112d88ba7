"""An entry is written as its authors write it, and read back as it was."""

from __future__ import annotations

import yaml
from hypothesis import given

from knowledge_base.entries import FOLDER, Draft, load_drafts
from knowledge_base.faq_yaml import entries_yaml, entry_yaml

from .conftest import MakeDraft
from .drafts import DRAFTS

WRITTEN = """\
- id: labour-wages
  intent: legal_labour
  title: 被拖欠工资
  question: 老板拖欠工资怎么办？
  variants:
    - 干了三个月没给钱
  answer: |
    先投诉。
    再仲裁。
  next_step: 先打 12333
  hotlines: ["12333"]
  detail: |
    带上考勤记录和转账记录。
  citations:
    - {law: 劳动合同法, article: 第三十条, key: 及时足额支付劳动报酬}
  related: [labour-other]
  source: "facts §5.1"
  checked_on: 2026-11-22
  status: published
  valid_to: 2027-01-01
"""


def test_the_layout_is_that_of_the_files(make_draft: MakeDraft) -> None:
    draft = make_draft(
        variants=["干了三个月没给钱"],
        answer="先投诉。\n再仲裁。",
        related=["labour-other"],
        valid_to="2027-01-01",
    )

    assert entry_yaml(draft) == WRITTEN


def test_the_projects_own_files_are_laid_out_so() -> None:
    by_file: dict[str, list[Draft]] = {}
    for file, draft in load_drafts().drafts:
        by_file.setdefault(file, []).append(draft)
    other = [
        line
        for file, drafts in by_file.items()
        for line in set((FOLDER / file).read_text(encoding="utf-8").splitlines())
        - set(entries_yaml(drafts).splitlines())
    ]

    # A line here and there may be quoted otherwise; more would make every import a rewrite.
    assert len(other) <= 5


@given(DRAFTS)
def test_what_is_written_is_read(draft: Draft) -> None:
    (item,) = yaml.safe_load(entry_yaml(draft))

    assert Draft.model_validate(item) == draft
