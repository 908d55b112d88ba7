from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.statutes import Statutes, open_statutes


def test_the_corpus_holds_some_twenty_three_thousand_articles(statutes: Statutes) -> None:
    assert 23_000 < len(statutes.searched) < len(statutes) < 24_000


@pytest.mark.parametrize(
    ("law", "number", "words"),
    [
        # Listed as amended, in force all the same.
        ("刑法", "第二百六十六条", "诈骗公私财物"),
        # “之一” shares its arabic number with the main article.
        ("刑法", "133-1", "醉酒驾驶机动车"),
        ("刑法", "第133条", "违反交通运输管理法规"),
        # Amendment 十二 stands beside the text and is worked in.
        ("刑法", "第三百九十条", "监察、行政执法、司法工作人员行贿"),
        ("刑法", "第三百八十七条", "在帐外暗中收受"),
        # The replaced version is in force until the new one starts in 2027.
        ("商标法", "第五十九条", "注册商标"),
        ("农业法", "第九十九条", "施行"),
        ("中华人民共和国民法典", "1254", "禁止从建筑物中抛掷物品"),
        ("民典", "第一千二百五十四条", "禁止从建筑物中抛掷物品"),
        ("治安管理处罚法", "第二十六条", "扰乱"),
        (
            "生态环境法典",
            "第一千二百四十二条",
            "本法自2026年8月15日起施行。《中华人民共和国环境保护法》",
        ),
        (
            "全国人民代表大会常务委员会关于修改《中华人民共和国食品安全法》的决定",
            "条目一",
            "第四十一条增加四款",
        ),
    ],
)
def test_an_article_in_force_is_found(
    statutes: Statutes, law: str, number: str, words: str
) -> None:
    article = statutes.article(law, number)
    assert article is not None
    assert words in article.text


@pytest.mark.parametrize(
    ("law", "number"),
    [
        ("医疗保障法", "第一条"),
        ("耕地保护和质量提升法", "第一条"),
        ("农业法", "第一百一十五条"),
        ("农村土地承包法", "第一条"),
        ("噪声污染防治法", "第一条"),
        ("民法典", "第一千二百六十一条"),
        ("劳动合同法", "随便"),
    ],
)
def test_what_is_not_in_force_is_not_found(statutes: Statutes, law: str, number: str) -> None:
    assert statutes.article(law, number) is None


@pytest.mark.parametrize(
    ("law", "number", "end"),
    [("民法典", "第一千一百六十三条", "清偿。"), ("民法典", "第四百六十二条", "消灭。")],
)
def test_no_heading_is_glued_to_an_article(
    statutes: Statutes, law: str, number: str, end: str
) -> None:
    article = statutes.article(law, number)
    assert article is not None
    assert article.text.endswith(end)


def test_names_are_printed_without_the_country(statutes: Statutes) -> None:
    article = statutes.article("中华人民共和国劳动合同法", "38")
    assert article is not None
    assert article.citation.label == "《劳动合同法》第三十八条"


def test_amendments_and_decisions_are_not_searched(statutes: Statutes) -> None:
    assert [s.law for s in statutes.searched if "修正案" in s.law or "关于修改" in s.law] == []


def test_the_new_laws_are_in_from_their_first_day() -> None:
    new_year = open_statutes(date(2027, 1, 1))
    assert new_year.article("医疗保障法", "第一条") is not None
    assert new_year.article("农业法", "第一百一十五条") is not None
