"""The law behind each line of a sum, and the day it was last checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from core.messages import Citation

FILE = Path(__file__).with_name("laws.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Laws:
    """Citations by name; from ``valid_until`` on they are to be checked again.

    ``short`` is what laws of long names are called in a sum.
    """

    citations: Mapping[str, Citation]
    short: Mapping[str, str]
    checked_on: date
    valid_until: date


@cache
def laws() -> Laws:
    """The project's table."""
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    checked = document["checked"]
    return Laws(
        citations={
            name: Citation(
                law=row["law"],
                article=row["article"],
                quote=row["quote"],
                in_force=True if row.get("corpus") else "attested",
            )
            for name, row in document["laws"].items()
        },
        short=document["short"],
        checked_on=checked["day"],
        valid_until=checked["until"],
    )


def cited(names: Iterable[str]) -> tuple[Citation, ...]:
    """The citations of some names in their order, each article once."""
    found: dict[str, Citation] = {}
    for name in names:
        citation = laws().citations[name]
        found.setdefault(citation.label, citation)
    return tuple(found.values())


def labels(citations: Iterable[Citation], *, after: str = "") -> str:
    """As lawyers print several: 《劳动合同法》第四十条、第四十七条，《劳动法》第四十四条.

    The law named last before, ``after``, is not named again; long names are told short.
    """
    by_law: dict[str, list[str]] = {}
    for citation in citations:
        by_law.setdefault(citation.law, []).append(citation.article)
    short = laws().short
    named = (
        "、".join(articles) if law == after else f"《{short.get(law, law)}》{'、'.join(articles)}"
        for law, articles in by_law.items()
    )
    return "，".join(named)
