"""The law behind the sums: every quote stands in its article, in force."""

from __future__ import annotations

from datetime import date

import pytest

from actions.calculators.laws import cited, labels, laws
from knowledge_base.attested import attested
from knowledge_base.statutes import open_statutes

TODAY = date(2026, 11, 22)


def squeeze(text: str) -> str:
    return "".join(text.split())


def test_every_quote_stands_in_an_article_in_force_or_was_checked_by_hand() -> None:
    statutes = open_statutes(TODAY)
    false = []
    for name, c in laws().citations.items():
        if c.in_force == "attested":
            stands = attested().attests(c.law, c.article, c.quote)
        else:
            article = statutes.article(c.law, c.article)
            stands = article is not None and squeeze(c.quote) in squeeze(article.text)
        false += [] if stands else [name]

    assert false == []


def test_the_standards_say_when_they_were_checked_and_until_when_that_holds() -> None:
    assert laws().checked_on < laws().valid_until


def test_short_names_are_of_laws_that_are_cited() -> None:
    assert set(laws().short) <= {c.law for c in laws().citations.values()}


def test_an_article_is_cited_once() -> None:
    assert [c.article for c in cited(["severance", "notice", "severance_cap"])] == [
        "第四十七条",
        "第四十条",
    ]


@pytest.mark.parametrize(
    ("names", "after", "told"),
    [
        (["severance"], "", "《劳动合同法》第四十七条"),
        (["severance", "damages"], "", "《劳动合同法》第四十七条、第八十七条"),
        (["damages"], "劳动合同法", "第八十七条"),
        (["overtime", "severance"], "劳动合同法", "《劳动法》第四十四条，第四十七条"),
        (["rent"], "", "《商品房买卖解释》第十三条"),
    ],
)
def test_labels_name_a_law_once(names: list[str], after: str, told: str) -> None:
    assert labels(cited(names), after=after) == told
