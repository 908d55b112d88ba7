from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import nlu
from benchmarks.load import Round, Timings
from benchmarks.nlu import LATENCY, ROUNDS, WARM_UP, compose, time_both
from benchmarks.nlu_scores import Scores
from benchmarks.talk import Talk, Turn
from nlu.training import training_examples
from tests.unit.benchmarks.test_nlu_scores import scores

SHARE = 20
FACTS = {"trained_s": [21.34, 300.0], "started_s": [9.0, 14.0], "rss_mib": [700.0, 900.0]}


class Listener:
    """A side that notes what it is asked."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.asked: list[str] = []
        self.over = False

    async def open(self) -> Talk:
        return self

    async def say(self, text: str) -> Turn:
        self.asked.append(text)
        return Turn(first=0.01, whole=0.01, replies=1)

    async def close(self) -> None:
        pass


def measured(
    ours: float, peer: float, answered: int = 40
) -> tuple[list[Timings], list[list[Round]]]:
    turns = [[Turn(first=s, whole=s, replies=1)] * 4 for s in (ours, peer)]
    rounds = [
        [Round(answered=n, seconds=10, turns=some, failures=[], unanswered=[])]
        for n, some in zip((answered, 20), turns, strict=True)
    ]
    return [Timings(turns=list(some)) for some in turns], rounds


def missed(
    of: Scores, timed: tuple[list[Timings], list[list[Round]]], **facts: list[float]
) -> set[str]:
    return {limit.name for limit in compose(of, timed, FACTS | facts).limits if not limit.met}


async def test_both_are_asked_the_same_unseen_messages_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"第{n}句没学过的话" for n in range(WARM_UP + LATENCY + ROUNDS * SHARE)]
    learned = training_examples()[0].text
    rows = [{"text": text, "intent": "greet"} for text in [*texts, learned, texts[0]]]
    held = tmp_path / "held.jsonl"
    held.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    monkeypatch.setattr(nlu, "HELD", held)
    ours, peer = Listener("ours"), Listener("peer")

    latency, rounds = await time_both([ours, peer], lambda line: None)

    assert sorted(ours.asked) == sorted(peer.asked) == sorted(texts)
    assert [len(one.turns) for one in latency] == [LATENCY, LATENCY]
    assert [[one.answered for one in side] for side in rounds] == [[SHARE] * ROUNDS] * 2


def test_ours_stands_beside_the_peer() -> None:
    result = compose(scores(), measured(0.004, 0.010), FACTS)

    assert result.ratios == {
        "p50": 0.4,
        "p50_interval_95": [0.4, 0.4],
        "messages_per_second": 2.0,
        "accuracy_points": 10.0,
    }
    assert (result.figures["trained_s"], result.peer["trained_s"]) == (21.34, 300.0)
    assert (result.figures["rss_mib"], result.peer["rss_mib"]) == (700.0, 900.0)
    assert result.peer["accuracy"] == 0.85
    assert result.headline == (
        "held-out accuracy 0.950 against 0.850 of stock DIET; trained in 21 s against 300 s; "
        "parse p50 ratio 0.40"
    )
    assert [limit.line() for limit in result.limits if not limit.met] == []


def test_each_bound_can_be_missed() -> None:
    assert missed(scores(), measured(0.02, 0.01)) == {"p50 ours / stock DIET"}
    assert missed(scores(), measured(0.004, 0.01, 10)) == {"parses/s ours / stock DIET"}
    assert missed(scores(), measured(0.004, 0.01), trained_s=[61, 300]) == {"training, seconds"}
    assert missed(scores(), measured(0.004, 0.01), rss_mib=[1300, 1]) == {"memory of Rasa, MiB"}


@pytest.mark.parametrize("in_round", [False, True])
def test_a_parse_without_an_answer_counts(in_round: bool) -> None:  # noqa: FBT001
    latency, rounds = measured(0.004, 0.01)
    place = rounds[0][0].failures if in_round else latency[0].failures
    place.append("HTTP 500")

    assert missed(scores(), (latency, rounds)) == {"parses without an answer"}
