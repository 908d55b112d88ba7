"""Which answers rest on a law or an article, however it is written."""

from __future__ import annotations

import pytest

from knowledge_base.impact import impact

from .conftest import MakeDraft

LAWS = frozenset({"民法典", "劳动合同法"})
CITATIONS = {
    "one": [("民法典", "第七百零七条"), ("民法典", "第七百一十条"), ("劳动合同法", "第三十条")],
    "other": [("劳动合同法", "第四十七条")],
    "none": [],
}


@pytest.mark.parametrize(
    ("law", "article", "expected"),
    [
        ("民法典", None, {"one": ("第七百零七条", "第七百一十条")}),
        ("中华人民共和国民法典", "707", {"one": ("第七百零七条",)}),
        ("《劳动合同法》", None, {"one": ("第三十条",), "other": ("第四十七条",)}),
        ("劳动合同法", "第47条", {"other": ("第四十七条",)}),
        ("劳动合同法", "第四十八条", {}),
        ("劳动合同法", "那一条", {}),
        ("刑法", None, {}),
    ],
)
def test_what_cites_it_is_found(
    make_draft: MakeDraft, law: str, article: str | None, expected: dict[str, tuple[str, ...]]
) -> None:
    drafts = [
        make_draft(
            entry,
            citations=[{"law": name, "article": number, "key": "字"} for name, number in cited],
        )
        for entry, cited in CITATIONS.items()
    ]

    found = impact(drafts, law, article, laws=LAWS)

    assert {answer.draft.id: answer.articles for answer in found} == expected
