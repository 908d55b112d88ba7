"""Understanding: our pipeline beside stock DIET on the same examples, trained in the same run."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import load
from benchmarks.figures import ratio_interval, ratio_of_medians
from benchmarks.messages import SEED, select
from benchmarks.nlu_scores import Scores, score_all
from benchmarks.nlu_server import ParseSide, ParsingServer
from benchmarks.peer import assistant
from benchmarks.result import Limit, Result
from benchmarks.talk import Side
from benchmarks.turn import figures, messages_per_second
from bot.bootstrap import faq_examples, today
from core.clock import utc_now
from nlu.evaluation import read_examples
from nlu.server.environment import rasa_environment, rasa_python
from nlu.training import ROOT, train, training_examples

HELD = ROOT / "tests" / "nlu" / "held.jsonl"
WARM_UP = 10
LATENCY = 300
SENDERS = 8
ROUNDS = 2
Say = Callable[[str], None]
# What was measured of either side: ours, then the peer's.
Facts = dict[str, list[float]]


async def measure(say: Say) -> Result:
    """Train both, start both, time both on the same unseen messages, score both."""
    examples = faq_examples(today(utc_now))
    begun = time.perf_counter()
    folder = await assistant.build(say, extra=examples, again=True)
    peer_seconds = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as scratch:
        say("ours: training")
        begun = time.perf_counter()
        model = (await train(Path(scratch), extra=examples, say=lambda step: None)).path
        our_seconds = time.perf_counter() - begun
        ours = ParsingServer("ours", rasa_python(), model, rasa_environment())
        peer = ParsingServer(
            "peer", str(assistant.PYTHON), folder / assistant.MODEL, assistant.environment()
        )
        try:
            say("starting both servers")
            started = [await server.start() for server in (ours, peer)]
            timed = await time_both([ParseSide(ours), ParseSide(peer)], say)
            memory = [server.resident_mib() for server in (ours, peer)]
            say("scoring")
            scores = await score_all(ours.url, peer.url, model)
        finally:
            await asyncio.gather(ours.stop(), peer.stop())
    facts: Facts = {
        "trained_s": [round(our_seconds, 1), round(peer_seconds, 1)],
        "started_s": [round(seconds, 1) for seconds in started],
        "rss_mib": [round(mib) for mib in memory],
    }
    return compose(scores, timed, facts)


async def time_both(
    sides: Sequence[Side], say: Say
) -> tuple[list[load.Timings], list[list[load.Round]]]:
    """Latency one message at a time, then throughput, sides alternating; no message twice."""
    texts = (example.text for example in read_examples(HELD))
    messages = select(texts, (example.text for example in training_examples()))
    await load.ask_in_turn(sides, messages[:WARM_UP])
    rest = messages[WARM_UP:]
    say(f"latency: {LATENCY} messages, one at a time")
    latency = await load.ask_in_turn(sides, rest[:LATENCY])
    rounds: list[list[load.Round]] = [[] for _ in sides]
    share = (len(rest) - LATENCY) // ROUNDS
    for number in range(ROUNDS):
        say(f"throughput: round {number + 1} of {ROUNDS}, {share} messages")
        part = rest[LATENCY + number * share :][:share]
        for index in (0, 1) if number % 2 == 0 else (1, 0):
            rounds[index].append(await load.ask_at_once(sides[index], part, senders=SENDERS))
    return latency, rounds


def compose(
    scores: Scores,
    timed: tuple[list[load.Timings], list[list[load.Round]]],
    facts: Facts,
) -> Result:
    """The result from what was measured."""
    latency, rounds = timed
    both = load.pairs(latency[0], latency[1])
    ratio = round(ratio_of_medians([a for a, _ in both], [b for _, b in both]), 3)
    interval = ratio_interval(both)
    speed = round(messages_per_second(rounds[0]) / messages_per_second(rounds[1]), 2)
    failed = len(latency[0].failures) + sum(len(one.failures) for one in rounds[0])
    sides = [
        {name: values[side] for name, values in facts.items()}
        | figures(latency[side], rounds[side])
        for side in (0, 1)
    ]
    ratios: dict[str, object] = {
        "p50": ratio,
        "p50_interval_95": [round(interval.low, 3), round(interval.high, 3)],
        "messages_per_second": speed,
        "accuracy_points": round(100 * (scores.accuracy - scores.peer_accuracy), 1),
    }
    ours, peer = facts["trained_s"]
    return Result(
        configuration={"seed": SEED, "latency": LATENCY, "senders": SENDERS, "rounds": ROUNDS},
        figures=sides[0] | scores.as_json(),
        peer={"name": f"stock DIET, {assistant.epochs()} epochs", "accuracy": scores.peer_accuracy}
        | sides[1],
        ratios=ratios,
        limits=[*scores.limits(), *_limits(facts, ratio, speed, failed)],
        headline=(
            f"held-out accuracy {scores.accuracy:.3f} against {scores.peer_accuracy:.3f} of "
            f"stock DIET; trained in {ours:.0f} s against {peer:.0f} s; parse p50 ratio {ratio:.2f}"
        ),
    )


def _limits(facts: Facts, ratio: float, speed: float, failed: int) -> list[Limit]:
    """The bounds on what it costs."""
    return [
        Limit(name="training, seconds", value=facts["trained_s"][0], bound=60),
        Limit(name="memory of Rasa, MiB", value=facts["rss_mib"][0], bound=1229),
        Limit(name="p50 ours / stock DIET", value=ratio, bound=1.0),
        Limit(name="parses/s ours / stock DIET", value=speed, bound=1.0, at_least=True),
        Limit(name="parses without an answer", value=failed, bound=0),
    ]
