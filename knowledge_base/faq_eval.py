"""Measures the FAQ search by leaving one wording out of every entry and asking it.

Also the source of the examples that ``faq_fit`` fits the weights on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from knowledge_base.entries import Draft
from knowledge_base.faq_features import VectorFeatures, WordFeatures
from knowledge_base.faq_search import ANSWER_FROM, FaqSearch
from knowledge_base.vectors import VectorCache

UNRELATED = Path(__file__).with_name("unrelated.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """The FAQ without its n-th wordings, and those wordings with the place of their entry."""

    drafts: Sequence[Draft]
    asked: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqScore:
    """Shares of the questions asked, but ``precision`` of those answered (score at least 0.5)."""

    n: int
    accuracy: float
    top3: float
    answered: float
    precision: float
    without_vector: float
    unrelated_answered: float


def folds(drafts: Sequence[Draft], *, start: int, step: int) -> Iterator[Fold]:
    """Leave out each entry's wording number ``start``, then ``start + step``, and so on."""
    longest = max(len(draft.questions) for draft in drafts)
    for place in range(start, longest, step):
        asked = [
            (draft.questions[place], entry)
            for entry, draft in enumerate(drafts)
            if place < len(draft.questions)
        ]
        yield Fold(drafts=[_without(draft, place) for draft in drafts], asked=asked)


def evaluate_faq(
    drafts: Sequence[Draft], cache: VectorCache | None, *, with_intent: bool, places: range
) -> FaqScore:
    """Ask every left-out wording at ``places`` and every other unrelated question.

    ``with_intent`` gives the search the right intent of each wording and none to the unrelated.
    Without a cache of vectors only words are searched.
    """
    results: list[tuple[bool, bool, float, bool]] = []
    for fold in folds(drafts, start=places.start, step=places.step):
        search = _search(fold.drafts, cache)
        for text, entry in fold.asked:
            intent = drafts[entry].intent if with_intent else None
            ids, score, quick = _ask(search, cache, text, intent)
            wanted = drafts[entry].id
            results.append((ids[0] == wanted, wanted in ids, score, quick))
    search = _search(drafts, cache)
    unrelated = [_ask(search, cache, text, None)[1] for text in unrelated_questions()[1::2]]
    answered = [right for right, _, score, _ in results if score >= ANSWER_FROM]
    return FaqScore(
        n=len(results),
        accuracy=_share([right for right, _, _, _ in results]),
        top3=_share([among for _, among, _, _ in results]),
        answered=len(answered) / len(results),
        precision=_share(answered),
        without_vector=_share([quick for _, _, _, quick in results]),
        unrelated_answered=_share([score >= ANSWER_FROM for score in unrelated]),
    )


@cache
def unrelated_questions() -> Sequence[str]:
    """Questions that must not be answered."""
    questions: list[str] = yaml.safe_load(UNRELATED.read_text(encoding="utf-8"))
    return questions


def fold_features(
    fold: Fold, cache: VectorCache | None
) -> tuple[WordFeatures, VectorFeatures | None]:
    """The features of a fold's FAQ."""
    vectors = VectorFeatures(fold.drafts, cache) if cache else None
    return WordFeatures(fold.drafts), vectors


def _without(draft: Draft, place: int) -> Draft:
    kept = tuple(q for i, q in enumerate(draft.questions) if i != place)
    return draft.model_copy(update={"question": kept[0], "variants": kept[1:]})


def _search(drafts: Sequence[Draft], cache: VectorCache | None) -> FaqSearch:
    search = FaqSearch(drafts)
    search.vectors = VectorFeatures(drafts, cache) if cache else None
    return search


def _ask(
    search: FaqSearch, cache: VectorCache | None, text: str, intent: str | None
) -> tuple[list[str], float, bool]:
    probabilities = search.by_words(text, intent)
    quick = search.is_sure(text, probabilities)
    if cache and not quick:
        vector = cache.get("query", [text])[0]
        probabilities = search.by_both(text, vector.tolist(), intent)
    ranked = search.ranked(probabilities, 3)
    return [found.entry for found in ranked], ranked[0].score, quick


def _share(marks: Sequence[bool]) -> float:
    return sum(marks) / len(marks) if marks else 0.0
