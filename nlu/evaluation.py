"""How well messages are routed: accuracy, macro F1, calibration, and which intents suffer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.confidence import too_weak
from core.errors import Invalid
from core.messages import Parse
from core.ports import Parser
from nlu.calibration import Bin, calibrate, expected_error


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A message with the intent it should be routed to."""

    text: str
    intent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of an example: ``got`` is the best intent, None where nothing was read.

    A ``fallback`` is too weak to act on: the dialogue asks back, with ``got`` on its first button.
    """

    example: Example
    got: str | None
    confidence: float
    fallback: bool

    @property
    def right(self) -> bool:
        """Whether it was read as it should be."""
        return self.got == self.example.intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """An intent's precision, recall and F1 between 0 and 1; ``n`` lines should be read as it."""

    precision: float
    recall: float
    f1: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """``n`` lines of one intent were read as another, or as nothing."""

    intent: str
    got: str | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All figures of one evaluation; shares between 0 and 1."""

    n: int
    accuracy: float
    macro_f1: float
    fallback_rate: float
    ece: float
    per_intent: Mapping[str, Score]
    confusions: tuple[Confusion, ...]
    bins: tuple[Bin, ...]
    wrong: tuple[Verdict, ...]

    def as_json(self) -> dict[str, Any]:  # Any: JSON
        """What ``eval intents --json`` prints; its keys are a contract."""
        return {
            "n": self.n,
            "accuracy": round(self.accuracy, 4),
            "macro_f1": round(self.macro_f1, 4),
            "fallback_rate": round(self.fallback_rate, 4),
            "ece": round(self.ece, 4),
            "per_intent": {
                intent: {k: round(v, 4) for k, v in asdict(score).items()}
                for intent, score in self.per_intent.items()
            },
            "confusions": [asdict(confusion) for confusion in self.confusions],
            "errors": [
                {"text": v.example.text, "intent": v.example.intent, "got": v.got}
                for v in self.wrong
            ],
        }

    def worst(self, count: int) -> list[tuple[str, Score]]:
        """The intents of lowest F1, those without any fault left out."""
        suffering = [(i, s) for i, s in self.per_intent.items() if s.f1 < 1]
        return sorted(suffering, key=lambda pair: (pair[1].f1, -pair[1].n, pair[0]))[:count]


def read_examples(path: Path) -> list[Example]:
    """Lines of ``{"text", "intent"}``; raises ``Invalid`` naming the faulty line."""
    examples = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            examples.append(Example(text=str(row["text"]), intent=str(row["intent"])))
        except (ValueError, KeyError, TypeError) as error:
            raise Invalid(f'{path}:{number}: not a line {{"text", "intent"}}') from error
    if not examples:
        raise Invalid(f"{path}: no examples")
    return examples


async def evaluate(parser: Parser, examples: Sequence[Example]) -> Report:
    """Read every example as a citizen's message would be read, and score it."""
    return score([judge(e, await parser.parse(e.text)) for e in examples])


def judge(example: Example, parse: Parse) -> Verdict:
    """What became of an example that was read so."""
    unread = parse.parser == "rules" and parse.confidence == 0.0
    return Verdict(
        example=example,
        got=None if unread else parse.intent,
        confidence=parse.confidence,
        fallback=too_weak(parse),
    )


def score(verdicts: Sequence[Verdict]) -> Report:
    """The figures over some verdicts, at least one."""
    wrong = tuple(v for v in verdicts if not v.right)
    per_intent = score_intents((v.example.intent, v.got) for v in verdicts)
    confused = Counter((v.example.intent, v.got) for v in wrong)
    bins = calibrate((v.confidence, v.right) for v in verdicts)
    return Report(
        n=len(verdicts),
        accuracy=1 - len(wrong) / len(verdicts),
        macro_f1=sum(s.f1 for s in per_intent.values()) / len(per_intent),
        fallback_rate=sum(v.fallback for v in verdicts) / len(verdicts),
        ece=expected_error(bins),
        per_intent=per_intent,
        confusions=tuple(
            Confusion(intent=intent, got=got, n=n)
            for (intent, got), n in sorted(confused.items(), key=_most_first)
        ),
        bins=bins,
        wrong=wrong,
    )


def score_intents(pairs: Iterable[tuple[str, str | None]]) -> dict[str, Score]:
    """The score of every expected intent, by name, from (expected, got) pairs."""
    pairs = list(pairs)
    expected = Counter(want for want, _ in pairs)
    got = Counter(have for _, have in pairs)
    right = Counter(want for want, have in pairs if want == have)
    return {
        intent: Score(
            precision=right[intent] / got[intent] if got[intent] else 0.0,
            recall=right[intent] / n,
            # The harmonic mean of the two: hits over the mean of what was given and wanted.
            f1=2 * right[intent] / (got[intent] + n),
            n=n,
        )
        for intent, n in sorted(expected.items())
    }


def _most_first(confused: tuple[tuple[str, str | None], int]) -> tuple[int, str, str]:
    (intent, got), n = confused
    return -n, intent, got or ""
