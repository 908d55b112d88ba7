"""Measures the FAQ search by questions whose entry is known, and by questions that none answers."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

import yaml

from core.errors import Invalid
from core.knowledge import Found
from core.ports import Knowledge
from knowledge_base.faq_search import ANSWER_FROM, Ranking

UNRELATED = Path(__file__).with_name("unrelated.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What the search is told of a question: its text as spelt, an intent, or how it was read."""

    spelt: str = ""
    intent: str | None = None
    ranking: Ranking = ()


Hints = Mapping[str, Hint]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and the id of the entry that answers it."""

    text: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A question whose entry did not come first, and what did."""

    text: str
    entry: str
    found: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerScore:
    """Shares of ``n`` questions; ``precision`` is the share of right ones among those answered.

    ``unrelated_answered`` is the share of the questions that no entry answers and yet one is told.
    """

    n: int
    hit_1: float
    hit_3: float
    answered: float
    precision: float
    unrelated_answered: float
    ms_p50: float
    misses: tuple[Miss, ...]

    def figures(self) -> dict[str, float]:
        """The figures by their names in reports."""
        return {
            "n": self.n,
            "hit@1": round(self.hit_1, 4),
            "hit@3": round(self.hit_3, 4),
            "answered": round(self.answered, 4),
            "precision": round(self.precision, 4),
            "unrelated_answered": round(self.unrelated_answered, 4),
            "ms_p50": round(self.ms_p50, 2),
        }

    def errors(self) -> Sequence[dict[str, str | float]]:
        """The misses as a report lists them."""
        return [
            {"text": m.text, "entry": m.entry, "found": m.found, "score": round(m.score, 3)}
            for m in self.misses
        ]


def read_asked(lines: Iterable[str]) -> Sequence[Asked]:
    """Questions from JSON lines ``{"text", "entry"}``; raises ``Invalid`` naming the line."""
    asked: list[Asked] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            asked.append(Asked(text=item["text"], entry=item["entry"]))
        except (ValueError, KeyError, TypeError) as error:
            raise Invalid(f"line {number}: {error!r}") from error
    if not asked:
        raise Invalid("no question")
    return asked


async def evaluate_answers(
    knowledge: Knowledge, asked: Sequence[Asked], hints: Hints | None = None
) -> AnswerScore:
    """Ask every question and every other unrelated one, each with what is known of it by its text.

    Raises ``Invalid`` for an entry that citizens do not get.
    """
    outcomes: list[tuple[Asked, Sequence[Found]]] = []
    spent: list[float] = []
    for question in asked:
        if knowledge.entry(question.entry) is None:
            raise Invalid(f"no such entry: {question.entry}")
        begun = time.perf_counter()
        outcomes.append((question, await _search(knowledge, question.text, hints)))
        spent.append((time.perf_counter() - begun) * 1000)
    told = [
        (await _search(knowledge, text, hints))[0].score >= ANSWER_FROM
        for text in unrelated_questions()[1::2]
    ]
    right = [found[0].entry.id == question.entry for question, found in outcomes]
    answered = [found[0].score >= ANSWER_FROM for _, found in outcomes]
    return AnswerScore(
        n=len(asked),
        hit_1=_share(right),
        hit_3=_share([q.entry in (f.entry.id for f in found) for q, found in outcomes]),
        answered=_share(answered),
        precision=_share([r for r, a in zip(right, answered, strict=True) if a]),
        unrelated_answered=_share(told),
        ms_p50=median(spent) if spent else 0.0,
        misses=tuple(
            Miss(text=q.text, entry=q.entry, found=found[0].entry.id, score=found[0].score)
            for q, found in outcomes
            if found[0].entry.id != q.entry
        ),
    )


def known_intents(knowledge: Knowledge, asked: Iterable[Asked]) -> Hints:
    """The hint that a button gives: the right intent, for sure."""
    entries = ((question.text, knowledge.entry(question.entry)) for question in asked)
    return {text: Hint(intent=entry.intent) for text, entry in entries if entry}


@cache
def unrelated_questions() -> Sequence[str]:
    """Questions that must not be answered: every other one is fitted to, the rest are asked."""
    questions: list[str] = yaml.safe_load(UNRELATED.read_text(encoding="utf-8"))
    return questions


async def _search(knowledge: Knowledge, text: str, hints: Hints | None) -> Sequence[Found]:
    hint = (hints or {}).get(text, Hint())
    return await knowledge.search(hint.spelt or text, intent=hint.intent, ranking=hint.ranking)


def _share(marks: Sequence[bool]) -> float:
    return sum(marks) / len(marks) if marks else 0.0
