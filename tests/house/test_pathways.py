"""Every pathway rests on law in force today, and leads to answers and numbers that exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from actions.pathways.loading import counting, pathways
from actions.pathways.spec import Cited, Day, Node, Pathway, Rule, Step, Unit
from bot.bootstrap import today
from core.clock import utc_now
from knowledge_base.attested import attested
from knowledge_base.entries import Draft, Status, load_drafts
from knowledge_base.hotlines import hotlines
from knowledge_base.notation import mentions, squeeze, to_chinese
from knowledge_base.statutes import Statutes, open_statutes
from knowledge_base.style import style_faults
from nlu.training import intents

EVERY = [pytest.param(pathway, id=name) for name, pathway in pathways().items()]
NAMED = {Unit.DAYS: ("日", "天"), Unit.MONTHS: ("个月", "月"), Unit.YEARS: ("年",)}


@pytest.fixture(scope="module")
def statutes() -> Statutes:
    return open_statutes(today(utc_now))


@pytest.fixture(scope="module")
def drafts() -> Sequence[Draft]:
    return load_drafts().entries


def rules(node: Node) -> Iterator[Rule]:
    named = ("rule",) if isinstance(node, Day) else ("earliest", "latest")
    found = (getattr(node, name, None) for name in named)
    yield from (rule for rule in found if rule is not None)


def cited(node: Node) -> Iterator[Cited]:
    yield from (rule.source for rule in rules(node))
    yield from node.citations if isinstance(node, Step) else ()


def stands(rule: Cited, statutes: Statutes) -> bool:
    article = statutes.get(rule.law, rule.article)
    if article is None:
        return attested().attests(rule.law, rule.article, rule.quote)
    return squeeze(rule.quote) in squeeze(article.text)


@pytest.mark.parametrize("pathway", EVERY)
def test_every_citation_is_in_force_or_attested(pathway: Pathway, statutes: Statutes) -> None:
    every = [rule for node in pathway.nodes.values() for rule in cited(node)]

    assert [rule for rule in every if not stands(rule, statutes)] == []
    assert every


def test_the_rules_of_counting_are_in_force(statutes: Statutes) -> None:
    assert [rule for rule in counting().values() if not stands(rule, statutes)] == []


@pytest.mark.parametrize("pathway", EVERY)
def test_every_period_stands_in_its_article(pathway: Pathway) -> None:
    """The words quoted say the very length that is counted: 三年, 15日, 六个月."""
    wrong = []
    for name, node in pathway.nodes.items():
        for rule in rules(node):
            spelled = {to_chinese(rule.length), str(rule.length)}
            spelled |= {"两"} if rule.length == 2 else set()
            written = {f"{number}{unit}" for number in spelled for unit in NAMED[rule.unit]}
            if not any(words in rule.source.quote for words in written):
                wrong.append((name, rule.length, rule.unit, rule.source.quote))

    assert wrong == []


@pytest.mark.parametrize("pathway", EVERY)
def test_every_law_named_in_a_step_is_cited_by_it(pathway: Pathway) -> None:
    for name, node in pathway.nodes.items():
        if isinstance(node, Step):
            told = f"{node.do}{node.note}{node.cost}"
            listed = {(rule.law, rule.article) for rule in cited(node)}
            assert set(mentions(told)) <= listed, name


@pytest.mark.parametrize("pathway", EVERY)
def test_every_number_and_entry_exists(pathway: Pathway, drafts: Sequence[Draft]) -> None:
    steps = [node for node in pathway.nodes.values() if isinstance(node, Step)]
    written = {draft.id for draft in drafts}
    told = {draft.id for draft in drafts if draft.status is Status.PUBLISHED}

    assert {number for step in steps for number in step.hotlines} <= hotlines().keys()
    assert {step.entry for step in steps if step.entry} - written == set()
    assert set(pathway.entries) - told == set()
    assert {pathway.overview} - {None} - written == set()
    assert set(pathway.intents) - intents() == set()


@pytest.mark.parametrize("pathway", EVERY)
def test_no_step_promises_and_none_is_officialese(pathway: Pathway) -> None:
    texts = {
        name: " ".join(
            str(value) for value in node.model_dump().values() if isinstance(value, str)
        )
        for name, node in pathway.nodes.items()
    }

    found = {n: list(style_faults(t)) for n, t in texts.items()}
    assert {n: f for n, f in found.items() if any(code != "long_sentence" for code, _ in f)} == {}


def test_no_entry_offers_two_pathways() -> None:
    offered = [entry for pathway in pathways().values() for entry in pathway.entries]

    assert len(offered) == len(set(offered))
