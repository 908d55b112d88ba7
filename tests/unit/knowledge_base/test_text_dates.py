from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.text_dates import dates_in, effective_on, published_on

PUBLISHED = date(2008, 9, 18)


def test_dates_are_read_in_either_kind_of_numeral() -> None:
    text = "2008年9月18日公布，自一九九五年一月一日起执行；二〇二〇年十二月三十一日"
    assert list(dates_in(text)) == [PUBLISHED, date(1995, 1, 1), date(2020, 12, 31)]


def test_a_day_that_does_not_exist_is_none() -> None:
    assert list(dates_in("2023年2月30日")) == []


@pytest.mark.parametrize(
    ("stem", "head", "day"),
    [
        ("条例(2008-09-18)", ["2010年1月1日 修订"], PUBLISHED),
        ("条例", ["2007年1月1日 通过", "2008年9月18日 公布", "2008年12月1日 施行"], PUBLISHED),
        ("条例(2008-13-18)", [], None),
        ("条例", ["为了规范，制定本条例"], None),
    ],
)
def test_the_file_name_tells_the_version_before_the_head(
    stem: str, head: list[str], day: date | None
) -> None:
    assert published_on(stem, head) == day


@pytest.mark.parametrize(
    ("head", "articles", "day"),
    [
        (["2008年12月1日 施行"], ["本条例自2009年1月1日起施行。"], date(2008, 12, 1)),
        ([], ["前言。", "本规定自一九九五年一月一日起执行。"], date(1995, 1, 1)),
        ([], ["本条例自公布之日起施行。"], PUBLISHED),
        ([], ["本办法自发布之日起施行"], PUBLISHED),
        ([], ["自2005年1月1日起施行的旧规定，", "本办法自2009年1月1日起施行。"], date(2009, 1, 1)),
        ([], ["以本规定为准。"], None),
    ],
)
def test_a_text_says_when_it_starts(
    head: list[str], articles: list[str], day: date | None
) -> None:
    assert effective_on(head, articles, PUBLISHED) == day
