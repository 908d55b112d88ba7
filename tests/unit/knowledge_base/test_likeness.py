"""Questions asked alike in two entries are found, by letters, by words, by meaning."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.likeness import BLOCK, alike, duplicates
from knowledge_base.notation import to_chinese
from knowledge_base.vectors import VectorCache

from .conftest import LetterEmbedder, MakeDraft


def found(make_draft: MakeDraft, first: str, second: str) -> list[tuple[str, str]]:
    drafts = [
        ("a.yml", make_draft("one", question=first, variants=[])),
        ("b.yml", make_draft("two", question=second, variants=[])),
    ]
    return [(fault.code, fault.text) for fault in duplicates(drafts)]


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("离婚官司收多少钱", "离婚官司收多少钱？", "duplicate"),
        ("離婚官司收多少錢", "离婚官司收多少钱", "duplicate"),
        ("离婚官司收多少钱", "离婚官司法院收多少", "near_duplicate"),
        ("欠钱不还起诉哪个法院", "哪个法院起诉，欠钱不还", "near_duplicate"),
        ("没签合同", "倒签合同", None),
        ("保护令", "违反保护令", None),
        ("外地户口在苏州能办低保吗", "外地户口能在苏州办离婚吗", None),
    ],
)
def test_two_questions_are_compared(
    make_draft: MakeDraft, first: str, second: str, code: str | None
) -> None:
    codes = {name for name, _ in found(make_draft, first, second)}

    assert codes == ({code} if code else set())


def test_a_pair_is_told_once_with_where_the_other_stands(make_draft: MakeDraft) -> None:
    told = found(make_draft, "定金和订金有什么区别", "订金和定金有什么区别")

    assert told == [("near_duplicate", "订金和定金有什么区别 = one: 定金和订金有什么区别")]


def test_many_questions_are_compared_with_those_far_before_them(make_draft: MakeDraft) -> None:
    numbers = [f"{to_chinese(n)}号楼" for n in range(1, BLOCK + 90)]
    first, others, last = "离婚官司收多少钱", numbers, "离婚官司收多少钱？"
    drafts = [
        ("a.yml", make_draft("one", question=first, variants=[])),
        ("b.yml", make_draft("many", question=others[0], variants=others[1:])),
        ("c.yml", make_draft("two", question=last, variants=[])),
    ]

    assert [(f.entry, f.code, f.text) for f in duplicates(drafts)] == [
        ("two", "duplicate", f"{last} = one: {first}")
    ]


def test_one_entry_may_ask_nearly_the_same_twice_but_not_the_same(make_draft: MakeDraft) -> None:
    near = make_draft("one", question="离婚官司收多少钱", variants=["离婚官司法院收多少"])
    same = make_draft("two", question="工伤认定要多久", variants=["工伤认定要多久？"])

    assert list(duplicates([("a.yml", near)])) == []
    assert [fault.code for fault in duplicates([("a.yml", same)])] == ["duplicate"]


def test_what_means_the_same_is_a_warning(
    make_draft: MakeDraft, embedder: LetterEmbedder, tmp_path: Path
) -> None:
    cache = VectorCache(tmp_path / "v.npz")
    drafts = [
        ("a.yml", make_draft("one", question="钱要不回来怎么办", variants=["不相干"])),
        ("b.yml", make_draft("two", question="怎么办要不回来钱", variants=["另一句话说"])),
    ]

    (warning,) = alike(drafts, cache, embedder)
    asked = len(embedder.asked)
    again = list(alike(drafts, cache, embedder))

    assert (warning.entry, warning.code) == ("two", "alike")
    assert warning.text == "怎么办要不回来钱 = one: 钱要不回来怎么办"
    assert (again, len(embedder.asked)) == ([warning], asked)
    assert list(alike([], cache, embedder)) == []
