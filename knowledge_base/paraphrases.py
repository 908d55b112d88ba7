"""Questions that no entry holds as a variant: the search knows them too, routing never learns them.

What the model reads in them is therefore as good or bad as what it reads in a citizen's message, and
the weights of the search can be fitted to them: each part of them by a search that lacks that part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from knowledge_base.entries import Draft

FILE = Path(__file__).with_name("paraphrases.yml")
# An entry has some five; the more parts, the less a search lacks while the weights are fitted.
PARTS = 5


@cache
def paraphrases() -> Mapping[str, Sequence[str]]:
    """The file: questions by the id of the entry that answers them."""
    text = FILE.read_text(encoding="utf-8")
    by_entry: dict[str, list[str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return by_entry


def part(place: int) -> int:
    """The part that the paraphrase at a place of its entry's list belongs to."""
    return place % PARTS


def worded(drafts: Sequence[Draft], *, without: int | None = None) -> Sequence[Draft]:
    """The drafts with their paraphrases among the variants, those of one part left out."""
    return [
        draft.model_copy(update={"variants": (*draft.variants, *_kept(draft.id, without))})
        for draft in drafts
    ]


def _kept(entry: str, without: int | None) -> Sequence[str]:
    texts = paraphrases().get(entry, ())
    return [text for place, text in enumerate(texts) if part(place) != without]
