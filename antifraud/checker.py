"""Looks at a text for the marks of fraud and says why, in the text's own words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from antifraud.classifier import Classifier
from antifraud.evidence import Collector, Evidence
from antifraud.normal import MAX_QUOTE, Normal, readings
from antifraud.signals import Hit, Signal, votes
from antifraud.translation import translation
from antifraud.typology import Typology, load_typology
from core.knowledge import FraudType, Reason, ScamCheck, ScamVerdict
from core.messages import CHINESE

_LEAST_VOTE = 1.0
# So much of a passage must be Chinese for the classifier, which has read nothing else, to judge it.
_LEAST_CHINESE = 0.3
_SEVERITY = (
    ScamVerdict.CANNOT_TELL,
    ScamVerdict.NO_SIGN,
    ScamVerdict.SUSPICIOUS,
    ScamVerdict.SCAM,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    """What one passage looks like; ``words`` is the clause that the classifier found most telling."""

    evidence: Evidence
    verdict: ScamVerdict
    score: float
    kinds: Mapping[str, float]
    words: tuple[int, int] | None = None


class Checker:
    """The local scam check; it asks nobody, keeps nothing and opens no link."""

    def __init__(
        self, *, collector: Collector, classifier: Classifier, typology: Typology
    ) -> None:
        self._collector = collector
        self._classifier = classifier
        self._typology = typology
        self._tongues: dict[str, Checker] = {CHINESE: self}

    @classmethod
    def load(cls) -> Self:
        """Read the packaged data; takes a fraction of a second, so do it once."""
        checker = cls(
            collector=Collector.load(), classifier=Classifier.load(), typology=load_typology()
        )
        checker.check("看一下 http://example.com")  # fills the lazy tables
        return checker

    def into(self, language: str) -> Checker:
        """The same check told in a language; a sign means the same in each."""
        if language not in self._tongues:
            words = translation(language)
            self._tongues[language] = Checker(
                collector=self._collector.told_by(words.catalogue(self._collector.catalogue)),
                classifier=self._classifier,
                typology=words.typology(self._typology),
            )
        return self._tongues[language]

    def check(self, text: str) -> ScamCheck:
        """Judge a message as pasted, or a story as told; never “safe”, at best no sign found.

        A long text is judged by its worst passage. ``cannot_tell`` means there is nothing to judge:
        too short, only a question, or only an address, number, account or program; what is known
        of such a thing stands in the reasons.
        """
        passages = [p for reading in readings(text) for p in reading.passages()]
        worst = max(
            (self._judge(passage) for passage in passages),
            key=lambda one: (_SEVERITY.index(one.verdict), one.score),
        )
        passage, hits = worst.evidence.passage, worst.evidence.hits
        if worst.verdict is ScamVerdict.NO_SIGN:
            hits = ()
        elif worst.verdict is ScamVerdict.CANNOT_TELL:
            hits = worst.evidence.about_subjects
        else:
            hits = (*hits, *self._wording(worst))
        flagged = worst.verdict in {ScamVerdict.SCAM, ScamVerdict.SUSPICIOUS}
        return ScamCheck(
            verdict=worst.verdict,
            score=worst.score,
            type=self._type(worst) if flagged else None,
            reasons=_reasons(passage, hits),
        )

    def types(self) -> Sequence[FraudType]:
        """The twelve common kinds, most frequent first."""
        return self._typology.main

    def type(self, key: str) -> FraudType | None:
        """A kind or a special form of one by its key."""
        return self._typology.kinds.get(key)

    def family(self, key: str) -> str:
        """The common kind to which a special form belongs; a common kind's own key."""
        return self._typology.family(key)

    def _judge(self, passage: Normal) -> _Judgement:
        evidence = self._collector.collect(passage)
        if evidence.is_bare or not _is_chinese(passage.text):
            return self._by_rules(evidence)
        opinion, limits = self._classifier.opinion(evidence), self._classifier.limits
        verdict = _verdict(opinion.score, limits.scam_from, limits.suspicious_from)
        by_rules = self._by_rules(evidence)
        # Two that find it by different ways are surer than one.
        if verdict is ScamVerdict.SUSPICIOUS and by_rules.verdict is ScamVerdict.SCAM:
            verdict = ScamVerdict.SCAM
        return _Judgement(
            evidence=evidence,
            verdict=verdict,
            score=opinion.score,
            kinds=opinion.kinds,
            words=opinion.words,
        )

    def _by_rules(self, evidence: Evidence) -> _Judgement:
        catalogue = self._collector.catalogue
        score = 1 / (1 + math.exp(-evidence.odds))
        verdict = _verdict(score, catalogue.scam_from, catalogue.suspicious_from)
        if verdict is ScamVerdict.NO_SIGN and evidence.is_bare:
            verdict = ScamVerdict.CANNOT_TELL
        kinds: dict[str, float] = {}
        for key, weight in votes(evidence.hits).items():
            family = self._typology.family(key)
            kinds[family] = kinds.get(family, 0.0) + weight
        return _Judgement(evidence=evidence, verdict=verdict, score=score, kinds=kinds)

    def _wording(self, judgement: _Judgement) -> Sequence[Hit]:
        """The classifier's most telling clause, unless a sign was found in it already.

        A short report with neither is quoted whole: whoever is warned is told by which words.
        """
        shown = [hit for hit in judgement.evidence.hits if hit.signal.meaning]
        text = judgement.evidence.passage.text
        whole = (0, len(text)) if text.strip() and len(text) <= MAX_QUOTE and not shown else None
        words = judgement.words or whole
        if words is None:
            return ()
        start, end = words
        if any(h.start < end and start < h.end for h in shown):
            return ()
        return (Hit(signal=self._collector.catalogue.marks["wording"], start=start, end=end),)

    def _type(self, judgement: _Judgement) -> FraudType | None:
        """The likeliest kind; its special form when that was pointed to by name."""
        if not judgement.kinds:
            return None
        best = max(judgement.kinds, key=lambda key: judgement.kinds[key])
        counts = votes(judgement.evidence.hits)
        forms = {k: w for k, w in counts.items() if self._typology.parents.get(k) == best}
        form = max(forms, key=lambda key: forms[key], default=best)
        chosen = form if forms.get(form, 0.0) >= _LEAST_VOTE else best
        return self._typology.kinds[chosen]


def _verdict(score: float, scam_from: float, suspicious_from: float) -> ScamVerdict:
    if score >= scam_from:
        return ScamVerdict.SCAM
    if score >= suspicious_from:
        return ScamVerdict.SUSPICIOUS
    return ScamVerdict.NO_SIGN


def _is_chinese(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(not char.isascii() for char in letters) >= _LEAST_CHINESE * max(len(letters), 1)


def _reasons(passage: Normal, hits: Sequence[Hit]) -> tuple[Reason, ...]:
    """Shown signs, weightiest first; each quote is a piece of the original text."""
    shown = sorted((h for h in hits if h.signal.meaning), key=lambda hit: -hit.signal.weight)
    return tuple(_reason(passage, hit.signal, *passage.span(hit.start, hit.end)) for hit in shown)


def _reason(passage: Normal, signal: Signal, start: int, end: int) -> Reason:
    return Reason(
        rule=signal.name,
        quote=passage.cut(start, end),
        meaning=signal.meaning,
        start=start,
        end=end,
    )
