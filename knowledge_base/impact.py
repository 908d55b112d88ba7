"""Which answers rest on a law, or on one of its articles: what to read again when it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from knowledge_base.aliases import full_name
from knowledge_base.entries import Draft
from knowledge_base.notation import article_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """An entry and the articles of the law that it cites, in the order of its citations."""

    draft: Draft
    articles: tuple[str, ...]


def impact(
    drafts: Iterable[Draft], law: str, article: str | None = None, *, laws: AbstractSet[str]
) -> Sequence[Resting]:
    """The entries that cite the law, or the article: 民典 1254, 《劳动合同法》第47条.

    ``laws`` are the names in force, to tell what a short or old name stands for. An article
    that cannot be read as a number is cited by none.
    """
    wanted = full_name(law, laws)
    number = article_number(article) if article else None
    found = []
    for draft in drafts:
        cited = dict.fromkeys(
            article_number(c.article) or c.article
            for c in draft.citations
            if full_name(c.law, laws) == wanted
        )
        kept = tuple(cited) if article is None else tuple(a for a in cited if a == number)
        if kept:
            found.append(Resting(draft=draft, articles=kept))
    return found
