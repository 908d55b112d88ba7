from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.statute_search import StatuteSearch, open_statute_search
from knowledge_base.statutes import Statutes


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("被邻居家的狗咬了谁来赔", "民法典"),
        ("单位不跟我签劳动合同怎么赔", "劳动合同法"),
        ("喝酒开车怎么处罚", "道路交通安全法"),
        ("治安管理处罚法里关于养狗的规定", "治安管理处罚法"),
        ("买到假货能要三倍赔偿吗", "消费者权益保护法"),
    ],
)
def test_the_law_that_answers_is_among_the_first(
    statute_search: StatuteSearch, text: str, law: str
) -> None:
    assert law in {article.law for article in statute_search.search(text, limit=5)}


def test_scores_fall_from_a_probability(statute_search: StatuteSearch) -> None:
    scores = [a.score for a in statute_search.search("饲养的动物造成他人损害", limit=10)]
    assert scores == sorted(scores, reverse=True)
    assert 0.45 < scores[0] <= 1.0


@pytest.mark.parametrize("text", ["", "？？", "zzzz"])
def test_what_no_statute_says_finds_nothing(statute_search: StatuteSearch, text: str) -> None:
    assert list(statute_search.search(text, limit=3)) == []


def test_the_index_is_kept(
    statutes: Statutes, statute_search: StatuteSearch, cache_dir: Path
) -> None:
    written = {file: file.stat().st_mtime_ns for file in cache_dir.glob("statute-*.npz")}
    assert len(written) == 4
    again = open_statute_search(statutes, cache_dir)
    assert {file: file.stat().st_mtime_ns for file in cache_dir.glob("statute-*.npz")} == written
    text = "房东不退押金"
    assert again.search(text, limit=5) == statute_search.search(text, limit=5)


def test_a_damaged_index_is_built_anew(
    statutes: Statutes, statute_search: StatuteSearch, cache_dir: Path, tmp_path: Path
) -> None:
    for file in cache_dir.glob("statute-*.npz"):
        (tmp_path / file.name).write_bytes(b"broken")
    text = "房东不退押金"
    mended = open_statute_search(statutes, tmp_path)
    assert mended.search(text, limit=5) == statute_search.search(text, limit=5)
