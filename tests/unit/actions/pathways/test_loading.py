"""Every pathway is connected, ends, and has no gate that decides nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.pathways.hearing import meant
from actions.pathways.loading import FaultyPathway, load_pathways, pathways
from actions.pathways.spec import Day, Gate, Kind, Pathway, Step
from tests.unit.actions.pathways.ways import walks

EVERY = [pytest.param(pathway, id=name) for name, pathway in pathways().items()]
GOOD = """
rank: 1
title: 测试
words: [测试]
intents: [legal_labour]
entries: []
start: first
gates:
  first: {ask: 是吗, answers: {"yes": {to: last}, "no": {to: last}}}
steps:
  last: {kind: sue, title: 起诉, do: 去法院, cost: 50元, hotlines: ["12348"]}
"""


def ways_of(node: Gate | Day | Step) -> set[str]:
    return set(node.exits.values())


def test_there_are_twelve_in_their_order() -> None:
    assert [pathway.rank for pathway in pathways().values()] == list(range(1, 13))
    assert len({pathway.title for pathway in pathways().values()}) == 12


@pytest.mark.parametrize("pathway", EVERY)
def test_every_node_is_come_to_and_no_way_turns_back(pathway: Pathway) -> None:
    """Reached by walking, not only by reading the file; a way that turned back would not end."""
    reached = set()
    for trail in walks(pathway):
        reached |= {*trail.passed, trail.at}

    assert set(pathway.nodes) - reached == set()


@pytest.mark.parametrize("pathway", EVERY)
def test_every_gate_decides_something(pathway: Pathway) -> None:
    """A question whose every answer leads to the same place wastes a worried person's time."""
    dead = [
        name
        for name, node in pathway.nodes.items()
        if not isinstance(node, Step) and not getattr(node, "to", None) and len(ways_of(node)) < 2
    ]

    assert dead == []


@pytest.mark.parametrize("pathway", EVERY)
def test_every_question_may_be_answered_with_unsure(pathway: Pathway) -> None:
    gates = {n: g for n, g in pathway.nodes.items() if isinstance(g, Gate)}

    # How an arbitration ended is known to who was told.
    assert {n for n, g in gates.items() if "unsure" not in g.answers} <= {"award_kind", "wish"}


@pytest.mark.parametrize("pathway", EVERY)
def test_every_way_of_settling_a_dispute_is_there(pathway: Pathway) -> None:
    kinds = {node.kind for node in pathway.nodes.values() if isinstance(node, Step)}

    assert Kind.SUE in kinds
    assert kinds & {Kind.NEGOTIATE, Kind.MEDIATE, Kind.ADMINISTRATIVE}


@pytest.mark.parametrize("pathway", EVERY)
def test_every_button_says_what_it_says(pathway: Pathway) -> None:
    """A title and every word that is listed mean their own answer, and no other."""
    for name, node in pathway.nodes.items():
        for key, answer in node.answers.items():
            said = [answer.title, *answer.words]
            assert [w for w in said if meant(node.answers, w) != key] == [], f"{name} {key}"


@pytest.mark.parametrize("pathway", EVERY)
def test_days_that_are_used_are_asked_for(pathway: Pathway) -> None:
    asked = {n for n, node in pathway.nodes.items() if isinstance(node, Day) and node.ask}
    used = {node.uses for node in pathway.nodes.values() if isinstance(node, Day) and node.uses}

    assert used - asked == set()


@pytest.mark.parametrize("pathway", EVERY)
def test_what_takes_over_is_a_pathway(pathway: Pathway) -> None:
    goes = {node.go for node in pathway.nodes.values() if isinstance(node, Step) and node.go}

    assert goes - set(pathways()) == set()


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (("to: last", "to: nowhere"), "nowhere"),
        (("cost: 50元, ", ""), "last: cost"),
        (("rank: 1", "rank: 1\nrang: 2"), "rang"),
        (("start: first", "start: [first"), "one.yml"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(
    tmp_path: Path, broken: tuple[str, str], told: str
) -> None:
    (tmp_path / "one.yml").write_text(GOOD.replace(*broken), encoding="utf-8")

    with pytest.raises(FaultyPathway, match=told):
        load_pathways(tmp_path, tmp_path / "none")


def test_a_good_file_is_read_with_the_usual_answers(tmp_path: Path) -> None:
    (tmp_path / "one.yml").write_text(GOOD, encoding="utf-8")

    (pathway,) = load_pathways(tmp_path, tmp_path / "none")

    gate = pathway.nodes["first"]
    assert isinstance(gate, Gate)
    assert [a.title for a in gate.answers.values()] == ["是", "不是"]
    assert pathway.name == "one"
