"""Real texts of regulations and interpretations, taken in and used like the packaged laws."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.attested import attested
from knowledge_base.corpus import packaged_database
from knowledge_base.law_import import ImportRow, Outcome, import_laws
from knowledge_base.lint import lint
from knowledge_base.notation import squeeze
from knowledge_base.old_texts import AskedVersion
from knowledge_base.shelf import LawShelf
from knowledge_base.statute_search import open_statute_search
from knowledge_base.statutes import Statutes, open_statutes

from .conftest import DAY


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("laws")


@pytest.fixture(scope="module")
def rows(regulations_folder: Path, shelf: Path) -> Sequence[ImportRow]:
    return list(import_laws(regulations_folder, LawShelf(shelf)))


@pytest.fixture(scope="module")
def filled(rows: Sequence[ImportRow], shelf: Path) -> Statutes:
    assert rows
    return open_statutes(DAY, shelf=shelf)


def test_every_text_is_taken_in_and_told(rows: Sequence[ImportRow]) -> None:
    assert {row.outcome for row in rows} == {Outcome.ADDED}
    assert len(rows) == 35
    by_law = {row.law: row for row in rows}
    injury = by_law["工伤保险条例"]
    assert (injury.articles, injury.published) == (67, date(2010, 12, 20))
    assert by_law["劳动保障监察条例"].effective == date(2004, 12, 1)
    assert by_law["企业职工带薪年休假实施办法"].repaired > 0
    # Amended interpretations keep silent about the day.
    assert not by_law["审理民事案件适用诉讼时效制度若干问题的规定"].effective_known


def test_the_same_folder_again_changes_nothing(
    rows: Sequence[ImportRow], regulations_folder: Path, shelf: Path
) -> None:
    again = list(import_laws(regulations_folder, LawShelf(shelf)))
    assert {row.outcome for row in again} == {Outcome.UNCHANGED}
    assert len(again) == len(rows)


def test_the_packaged_database_is_known_row_by_row(tmp_path: Path) -> None:
    rows = list(import_laws(packaged_database(), LawShelf(tmp_path / "laws")))
    assert {row.outcome for row in rows} == {Outcome.PACKAGED}
    assert len(rows) > 370
    assert sum(row.repaired for row in rows) > 100
    assert not (tmp_path / "laws").exists()


@pytest.mark.parametrize(
    ("law", "number", "words"),
    [
        ("工伤保险条例", "14", "应当认定为工伤"),
        ("信访工作条例", "第二十二条", "15日内"),
        ("最高人民法院关于审理劳动争议案件适用法律问题的解释（一）", "第五十四条", "2021年1月1日"),
        ("民法典婚姻家庭编解释（二）", "第一条", "重婚"),
        ("中华人民共和国劳动合同法实施条例", "第二十五条", "赔偿金"),
    ],
)
def test_an_imported_article_is_in_force_with_its_day(
    filled: Statutes, law: str, number: str, words: str
) -> None:
    article = filled.article(law, number)
    assert article is not None
    assert words in article.text
    assert article.version is not None


def test_an_annex_is_no_part_of_the_last_article(filled: Statutes) -> None:
    article = filled.article("女职工劳动保护特别规定", "第十六条")
    assert article is not None
    assert article.text.endswith("同时废止。")


def test_imported_articles_are_found_by_words_at_once(filled: Statutes) -> None:
    search = open_statute_search(filled)
    found = search.search("上下班途中出车祸 算不算工伤 认定工伤的情形", limit=5)
    assert ("工伤保险条例", "第十四条") in {(a.law, a.number) for a in found}


def test_every_attested_phrase_stands_in_the_full_text(filled: Statutes) -> None:
    texts = [(row, filled.get(row.law, row.article)) for row in attested().rows]
    wrong = [
        f"{row.law}{row.article} {row.key}"
        for row, statute in texts
        if statute and squeeze(row.key) not in squeeze(statute.text)
    ]
    assert wrong == []
    assert sum(statute is not None for _, statute in texts) > 100


def test_the_entries_citations_hold_against_the_full_texts(shelf: Path, filled: Statutes) -> None:
    assert filled.article("信访工作条例", "第一条") is not None
    codes = {fault.code for fault in lint(DAY, frozenset(), shelf=shelf).faults}
    assert codes & {"key_missing", "no_such_article", "not_in_force", "not_attested"} == set()


def test_a_superseded_version_is_resolved_and_never_searched(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for day, words in (("2003-04-27", "旧的伤残待遇"), ("2010-12-20", "新的伤残待遇")):
        (texts / f"工伤保险条例({day}).md").write_text(
            f"# 工伤保险条例\n\n第一条 {words}。", encoding="utf-8"
        )
    (texts / "婚姻法(2001-04-28).md").write_text(
        "# 中华人民共和国婚姻法\n\n第一条 本法是婚姻家庭关系的基本准则。", encoding="utf-8"
    )
    shelf = tmp_path / "laws"
    rows = list(import_laws(texts, LawShelf(shelf)))
    statutes = open_statutes(DAY, shelf=shelf)

    assert [row.outcome for row in rows] == [Outcome.ADDED] * 3
    assert [s.text for s in statutes.searched if s.law == "工伤保险条例"] == ["新的伤残待遇。"]
    old = statutes.old_article("工伤保险条例", "1", AskedVersion(until=date(2005, 12, 31)))
    assert old is not None
    assert (old.text, old.replaced_on) == ("旧的伤残待遇。", date(2010, 12, 20))
    # 民法典 repealed it: known from the packaged text, kept for old citations.
    assert statutes.article("婚姻法", "第一条") is None
    gone = statutes.old_article("婚姻法", "第一条", None)
    assert gone is not None
    assert (gone.text, gone.living) == ("本法是婚姻家庭关系的基本准则。", False)
