from __future__ import annotations

from datetime import date

import pytest

from actions.law_texts import old_text, statute_text
from core.knowledge import Article, OldArticle

OLD = OldArticle(
    law="仲裁法",
    number="第一条",
    text="为保证公正",
    version=date(2017, 9, 1),
    replaced_on=date(2026, 3, 1),
    living=True,
)


def test_an_imported_text_is_told_with_its_day() -> None:
    article = Article(law="工伤保险条例", number="第一条", text="为了", version=date(2010, 12, 20))
    assert statute_text(article) == "《工伤保险条例》第一条（2010年12月20日公布的文本）：\n为了"


def test_a_packaged_text_is_told_plainly() -> None:
    article = Article(law="民法典", number="第一条", text="为了")
    assert statute_text(article) == "《民法典》第一条：\n为了"


@pytest.mark.parametrize(
    ("changes", "said", "unsaid"),
    [
        ({}, ["2017年9月1日公布", "2026年3月1日起", "为保证公正", "现行的"], []),
        ({"replaced_on": None}, ["已经被新的文本替换"], ["2026"]),
        ({"living": False, "replaced_on": None}, ["已经废止"], ["现行的"]),
        ({"text": None}, ["没有《仲裁法》第一条", "现行的"], ["2017"]),
    ],
)
def test_an_old_text_says_that_it_is_old(
    changes: dict[str, object], said: list[str], unsaid: list[str]
) -> None:
    fields = {name: getattr(OLD, name) for name in OldArticle.__dataclass_fields__}
    text = old_text(OldArticle(**(fields | changes)))
    assert [s for s in said if s not in text] == []
    assert [s for s in unsaid if s in text] == []
