"""What can be said of a law as a whole, from the texts in force on a day."""

from __future__ import annotations

from datetime import date

import pytest

from core.knowledge import LawFacts
from knowledge_base.law_register import LawRegister
from knowledge_base.statutes import Statute, Statutes, open_statutes

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def register() -> LawRegister:
    return LawRegister(open_statutes(TODAY))


def only(register: LawRegister, text: str) -> LawFacts:
    (facts,) = register.named_in(text)
    return facts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("民法典第9999条", ("民法典", 1260, "第一千二百六十条", "第九千九百九十九条")),
        ("民法典9999条怎么说", ("民法典", 1260, "第一千二百六十条", "第九千九百九十九条")),
        ("民法典第12345条", ("民法典", 1260, "第一千二百六十条", "第12345条")),
        ("《中华人民共和国劳动合同法》第三百条", ("劳动合同法", 98, "第九十八条", "第三百条")),
        ("消法第64条", ("消费者权益保护法", 63, "第六十三条", "第六十四条")),
        ("消法第63条", ("消费者权益保护法", 63, "第六十三条", None)),
        ("治安处罚法", ("治安管理处罚法", 144, "第一百四十四条", None)),
        # 之一 is counted with its article, and the count would not be the last number.
        ("刑法第四百五十三条", ("刑法", None, "第四百五十二条", "第四百五十三条")),
    ],
)
def test_a_law_ends_with_its_last_article(
    register: LawRegister, text: str, told: tuple[object, ...]
) -> None:
    facts = only(register, text)

    assert facts.last is not None
    assert (facts.law, facts.articles, facts.last.article, facts.beyond) == told


@pytest.mark.parametrize(
    ("text", "law", "ended_on", "by"),
    [
        ("婚姻法第四十六条", "婚姻法", date(2021, 1, 1), "《民法典》第一千二百六十条"),
        ("民法通则第135条", "民法通则", date(2021, 1, 1), "《民法典》第一千二百六十条"),
        (
            "噪声污染防治法",
            "噪声污染防治法",
            date(2026, 8, 15),
            "《生态环境法典》第一千二百四十二条",
        ),
    ],
)
def test_a_law_that_was_replaced_is_known_by_what_ended_it(
    register: LawRegister, text: str, law: str, ended_on: date, by: str
) -> None:
    facts = only(register, text)

    assert facts.ended_by is not None
    assert (facts.law, facts.ended_on, facts.ended_by.label) == (law, ended_on, by)


def test_two_laws_come_in_their_order_and_a_longer_name_hides_a_shorter(
    register: LawRegister,
) -> None:
    named = register.named_in("合同法和民法典、劳动合同法，还有合同法")

    assert [facts.law for facts in named] == ["合同法", "民法典", "劳动合同法"]
    assert register.named_in("老板不发工资") == []


def test_before_the_day_the_old_law_is_still_in_force() -> None:
    before = LawRegister(open_statutes(date(2026, 8, 14)))

    (facts,) = before.named_in("噪声污染防治法")
    assert facts.ended_on is None
    assert facts.last is not None


def test_every_citation_holds_what_it_quotes(register: LawRegister) -> None:
    texts = open_statutes(TODAY)
    for text in ("民法典", "婚姻法", "清洁生产促进法", "仲裁法"):
        facts = only(register, text)
        cited = facts.last or facts.ended_by
        assert cited is not None
        article = texts.get(cited.law, cited.article)
        assert article is not None
        assert "".join(cited.quote.split()) in "".join(article.text.split())


def test_a_day_that_is_none_ends_nothing() -> None:
    text = "本法自2021年13月40日起施行。《旧法》同时废止。"
    statute = Statute(law="新法", number="第一条", text=text, chapter="", searched=True)

    assert LawRegister(Statutes([statute], on=TODAY)).named_in("旧法") == []
