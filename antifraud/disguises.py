"""Finds what was done to a text so that filters, or eyes, read something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from antifraud.normal import Normal

# One torn word may be a slip of the thumb.
_LEAST_GAPS = 2
# People write these between words for their own sake.
_PAUSES = "—…～~-\n"
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disguise:
    """One trick; ``mark`` is the name of its rule, the span is in the folded text."""

    start: int
    end: int
    mark: str


def find_disguises(normal: Normal) -> Sequence[Disguise]:
    """Each trick once, where it begins."""
    return tuple(_disguises(normal))


def _disguises(normal: Normal) -> Iterator[Disguise]:
    gaps = [place for place, _ in enumerate(normal.text[1:], start=1) if _is_gap(normal, place)]
    if len(gaps) >= _LEAST_GAPS:
        yield Disguise(start=gaps[0] - 1, end=gaps[0] + 1, mark="disguise_gaps")
    for place, (before, after) in enumerate(pairwise(normal.origins)):
        # Only what is read as it is seen runs backwards.
        if after < before:
            yield Disguise(start=place, end=place + 2, mark="disguise_direction")
            return


def _is_gap(normal: Normal, place: int) -> bool:
    """Whether one sign that is not read stands between two Chinese characters."""
    before, after = normal.origins[place - 1], normal.origins[place]
    if after != before + 2 or normal.original[before + 1] in _PAUSES:
        return False
    return all(_HAN.match(normal.text[at]) for at in (place - 1, place))
