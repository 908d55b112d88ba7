from __future__ import annotations

from datetime import date

import pytest

from core.knowledge import OldArticle
from knowledge_base.corpus import LawVersion
from knowledge_base.old_texts import AskedVersion, KeptVersion, OldTexts

NEW_STARTS = date(2026, 3, 1)


def kept(published: str, starts: str, text: str, *, current: bool = False) -> KeptVersion:
    version = LawVersion(
        id=published,
        law="仲裁法",
        kind="法律",
        published=date.fromisoformat(published),
        effective=date.fromisoformat(starts),
        status="",
    )
    return KeptVersion(version=version, texts={"第一条": text}, current=current)


OLDEST = kept("1994-08-31", "1995-09-01", "最早")
OLD = kept("2017-09-01", "2017-09-01", "旧")
NEW = kept("2025-09-12", "2026-03-01", "新", current=True)


@pytest.fixture
def texts() -> OldTexts:
    return OldTexts([NEW, OLDEST, OLD], {"仲裁法": NEW_STARTS, "劳动合同法": date(2013, 7, 1)})


@pytest.mark.parametrize(
    ("asked", "text", "replaced_on"),
    [
        (AskedVersion(), "旧", NEW_STARTS),
        (AskedVersion(until=date(2018, 12, 31)), "旧", NEW_STARTS),
        (AskedVersion(until=date(2025, 12, 31)), "旧", NEW_STARTS),
        (AskedVersion(until=date(2000, 12, 31)), "最早", date(2017, 9, 1)),
    ],
)
def test_the_version_of_a_day_or_the_one_before(
    texts: OldTexts, asked: AskedVersion, text: str, replaced_on: date
) -> None:
    found = texts.find("仲裁法", "第一条", asked)
    assert found is not None
    assert (found.text, found.replaced_on, found.living) == (text, replaced_on, True)


@pytest.mark.parametrize("asked", [None, AskedVersion(until=date(2026, 12, 31))])
def test_the_version_in_force_is_no_old_one(texts: OldTexts, asked: AskedVersion | None) -> None:
    assert texts.find("仲裁法", "第一条", asked) is None


@pytest.mark.parametrize(
    ("law", "asked"),
    [
        ("仲裁法", AskedVersion(until=date(1990, 12, 31))),
        ("劳动合同法", AskedVersion(until=date(2008, 12, 31))),
        ("劳动合同法", AskedVersion()),
    ],
)
def test_a_version_that_is_not_known_is_said_so(
    texts: OldTexts, law: str, asked: AskedVersion
) -> None:
    assert texts.find(law, "第一条", asked) == OldArticle(
        law=law, number="第一条", text=None, version=None, replaced_on=None, living=True
    )


def test_an_article_that_the_old_version_lacks_has_no_text(texts: OldTexts) -> None:
    found = texts.find("仲裁法", "第九十九条", AskedVersion())
    assert found is not None
    assert (found.text, found.version) == (None, date(2017, 9, 1))


def test_a_law_no_longer_in_force_is_told_without_being_asked_for_by_year() -> None:
    found = OldTexts([OLD], {}).find("仲裁法", "第一条", None)
    assert found is not None
    assert (found.text, found.replaced_on, found.living) == ("旧", None, False)


def test_a_law_that_nobody_knows_is_none(texts: OldTexts) -> None:
    assert texts.find("离婚法", "第一条", AskedVersion()) is None
