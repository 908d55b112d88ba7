from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.old_texts import AskedVersion
from knowledge_base.references import ReferenceReader

LAWS = {
    "民法典",
    "刑法",
    "劳动法",
    "劳动合同法",
    "公司法",
    "信访工作条例",
    "民法典婚姻家庭编解释（二）",
    "消费者权益保护法",
}


@pytest.fixture(scope="module")
def reader() -> ReferenceReader:
    return ReferenceReader(LAWS)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("《劳动合同法》第四十七条怎么说", ("劳动合同法", "第四十七条")),
        ("民法典1254", ("民法典", "第一千二百五十四条")),
        ("民典 第１２５４ 条", ("民法典", "第一千二百五十四条")),
        ("刑法133条之一", ("刑法", "第一百三十三条之一")),
        ("刑法第133条之1", ("刑法", "第一百三十三条之一")),
        ("刑法133-1说什么", ("刑法", "第一百三十三条之一")),
        ("第47条 劳动合同法", ("劳动合同法", "第四十七条")),
        ("民法典里面关于高空抛物的第1254条", ("民法典", "第一千二百五十四条")),
        ("中华人民共和国民法典第五十四条", ("民法典", "第五十四条")),
        ("民法典婚姻家庭编解释（二）第三条", ("民法典婚姻家庭编解释（二）", "第三条")),
        ("消保法五十五条", ("消费者权益保护法", "第五十五条")),
        ("《婚姻法》第32条", ("婚姻法", "第三十二条")),
        ("公司法 三十七条", ("公司法", "第三十七条")),
        ("民法典第三条和第五条", ("民法典", "第三条")),
    ],
)
def test_a_named_article_is_found(
    reader: ReferenceReader, text: str, reference: tuple[str, str]
) -> None:
    assert reader.find(text) == reference


@pytest.mark.parametrize(
    "text",
    [
        "劳动法2024年改了吗",
        "劳动法3个月不发工资",
        "我被公司辞退了",
        "民法典怎么说",
        "合同第三条写明不退押金",
        "",
    ],
)
def test_no_article_is_made_up(reader: ReferenceReader, text: str) -> None:
    assert reader.find(text) is None


def test_named_laws_come_by_their_printed_names_in_order(reader: ReferenceReader) -> None:
    assert reader.laws("消保法和劳动合同法，还有消费者权益保护法") == [
        "消费者权益保护法",
        "劳动合同法",
    ]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("2012年的劳动合同法第四十七条", AskedVersion(until=date(2012, 12, 31))),
        ("《劳动合同法》（2008年施行）第四十七条", AskedVersion(until=date(2008, 12, 31))),
        ("2007版《劳动合同法》第47条", AskedVersion(until=date(2007, 12, 31))),
        ("旧劳动合同法第四十七条", AskedVersion()),
        ("原《劳动合同法》第四十七条", AskedVersion()),
        ("修订前的劳动合同法第四十七条", AskedVersion()),
        ("劳动合同法第四十七条", None),
        ("我2012年入职，劳动合同法第四十七条怎么说", None),
        ("2012年入职", None),
    ],
)
def test_the_version_that_a_text_asks_for(text: str, asked: AskedVersion | None) -> None:
    assert ReferenceReader(["劳动合同法"]).version(text) == asked
