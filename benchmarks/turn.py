"""One turn end to end: our web chat beside a stock Rasa assistant, latency and throughput."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import load
from benchmarks.figures import percentile, ratio_interval, ratio_of_medians, summary_ms
from benchmarks.messages import SEED, Plan, split, unseen_messages
from benchmarks.our_server import OurServer, degraded
from benchmarks.peer.assistant import build, epochs
from benchmarks.peer.rest import RestChannel
from benchmarks.peer.server import PeerServer
from benchmarks.result import Limit, Result
from benchmarks.servers import Server, log_file
from benchmarks.talk import HOST, PAUSE, REPLY_SECONDS, Side
from benchmarks.web_chat import WebChat
from bot.bootstrap import faq_examples, today
from core.clock import utc_now
from nlu.server.process import free_port
from nlu.training import ROOT

ROUNDS = 3
RATIO_MOST = 0.6
THROUGHPUT_LEAST = 3.0
Say = Callable[[str], None]


async def measure(say: Say) -> Result:
    """Both servers up, loaded one at a time; raises when either does not start."""
    plan = split(unseen_messages(), rounds=ROUNDS)
    folder = await build(say, extra=faq_examples(today(utc_now)))
    with tempfile.TemporaryDirectory() as scratch:
        overhead = await client_overhead(plan.latency)
        ours, peer = OurServer(Path(scratch)), PeerServer(folder, Path(scratch))
        try:
            say("starting both servers")
            starts = {
                "ours": round(await ours.start(plan.warm_up[0]), 1),
                "peer": round(await peer.start(plan.warm_up[0]), 1),
            }
            sides = (WebChat(ours.url), RestChannel(peer.url))
            latency, rounds = await ask_both(sides, plan, say)
            missing = await degraded(ours.url)
            note_unanswered(latency, rounds)
        finally:
            await asyncio.gather(ours.stop(), peer.stop())
    settings = configuration(plan) | {"seconds_to_start": starts, "our_degraded": missing}
    return compose(settings, latency, rounds, overhead)


async def ask_both(
    sides: Sequence[Side], plan: Plan, say: Say
) -> tuple[list[load.Timings], list[list[load.Round]]]:
    """Warm up, then latency in alternating blocks, then throughput in alternating rounds."""
    await load.ask_in_turn(sides, plan.warm_up)
    say(f"latency: {len(plan.latency)} messages, one at a time")
    latency = await load.ask_in_turn(sides, plan.latency)
    rounds: list[list[load.Round]] = [[] for _ in sides]
    order = list(range(len(sides)))
    for number, messages in enumerate(plan.rounds, start=1):
        say(f"throughput: round {number} of {len(plan.rounds)}, {len(messages)} messages")
        for index in order:
            rounds[index].append(await load.ask_at_once(sides[index], messages))
        order.reverse()
    return latency, rounds


async def client_overhead(messages: Sequence[str]) -> dict[str, object]:
    """What the client and the transport cost alone, each way, against an empty server."""
    port = free_port()
    url = f"http://{HOST}:{port}"
    server = Server(
        (sys.executable, "-m", "benchmarks.echo", str(port)),
        cwd=ROOT,
        env={},
        log=log_file("echo"),
    )
    try:
        await server.start()
        await server.ready(f"{url}/readyz", seconds=30)
        ways = (WebChat(url), RestChannel(url))
        await load.ask_in_turn(ways, messages[:10])
        web_chat, rest = await load.ask_in_turn(ways, messages[:50])
    finally:
        await server.stop()
    return {
        "web_chat": summary_ms([turn.whole for turn in web_chat.answered]),
        "rest": summary_ms([turn.whole for turn in rest.answered]),
    }


def note_unanswered(
    latency: Sequence[load.Timings], rounds: Sequence[Sequence[load.Round]]
) -> None:
    """Which messages stayed without an answer, for whoever wants to ask them again."""
    lines = [
        json.dumps({"side": name, "text": text}, ensure_ascii=False)
        for name, timings, parts in zip(("ours", "peer"), latency, rounds, strict=True)
        for text in [*timings.unanswered, *(text for one in parts for text in one.unanswered)]
    ]
    log_file("unanswered").write_text("\n".join(lines), encoding="utf-8")


def configuration(plan: Plan) -> dict[str, object]:
    """What is committed about the run."""
    return {
        "messages": {
            "seed": SEED,
            "warm_up": len(plan.warm_up),
            "latency": len(plan.latency),
            "throughput": [len(messages) for messages in plan.rounds],
        },
        "latency": {"senders": 1, "block": load.BLOCK},
        "throughput": {
            "senders": load.SENDERS,
            "rounds": len(plan.rounds),
            "seconds_most": load.ROUND_SECONDS,
            "messages_a_conversation": load.MESSAGES_A_TALK,
        },
        "peer_epochs": epochs(),
        "pause_s": PAUSE,
        "reply_seconds_most": REPLY_SECONDS,
    }


def compose(
    settings: dict[str, object],
    latency: Sequence[load.Timings],
    rounds: Sequence[Sequence[load.Round]],
    overhead: dict[str, object],
) -> Result:
    """The figures of both sides, their ratios and the bounds, from what was measured."""
    ours, peer = (figures(latency[side], rounds[side]) for side in (0, 1))
    both = load.pairs(latency[0], latency[1])
    ratio = ratio_of_medians([a for a, _ in both], [b for _, b in both])
    interval = ratio_interval(both)
    speeds = [messages_per_second(side) for side in rounds]
    failed = len(latency[0].failures) + sum(len(one.failures) for one in rounds[0])
    return Result(
        configuration=settings | {"client_overhead": overhead},
        figures=ours,
        peer={"name": "stock Rasa 3.6.21"} | peer,
        ratios={
            "p50": round(ratio, 3),
            "p50_interval_95": [round(interval.low, 3), round(interval.high, 3)],
            "messages_per_second": round(speeds[0] / speeds[1], 2),
        },
        limits=[
            Limit(name="p50 ours / stock Rasa", value=round(ratio, 3), bound=RATIO_MOST),
            Limit(
                name="messages/s ours / stock Rasa",
                value=round(speeds[0] / speeds[1], 2),
                bound=THROUGHPUT_LEAST,
                at_least=True,
            ),
            Limit(name="messages without an answer", value=failed, bound=0),
        ],
        headline=(
            f"p50 {percentile([a for a, _ in both], 0.5) * 1000:.1f} ms against "
            f"{percentile([b for _, b in both], 0.5) * 1000:.1f} ms; "
            f"{speeds[0]:.1f} against {speeds[1]:.1f} messages/s"
        ),
    )


def figures(latency: load.Timings, rounds: Sequence[load.Round]) -> dict[str, object]:
    """One side's figures: whole turns, first replies, and each throughput round."""
    failures = [*latency.failures, *(why for one in rounds for why in one.failures)]
    return {
        "latency": summary_ms([turn.whole for turn in latency.answered]),
        "latency_first_reply": summary_ms([turn.first for turn in latency.answered]),
        "replies_per_turn": round(
            sum(turn.replies for turn in latency.answered) / len(latency.answered), 2
        ),
        "messages_per_second": round(messages_per_second(rounds), 2),
        "rounds": [
            {
                "answered": one.answered,
                "seconds": round(one.seconds, 2),
                "messages_per_second": round(one.messages_per_second, 2),
                "turn": summary_ms([turn.whole for turn in one.turns]) if one.turns else None,
            }
            for one in rounds
        ],
        "failed": len(failures),
        "failures": sorted(set(failures))[:5],
    }


def messages_per_second(rounds: Sequence[load.Round]) -> float:
    """Answers over all rounds, divided by the seconds they took."""
    return sum(one.answered for one in rounds) / sum(one.seconds for one in rounds)
