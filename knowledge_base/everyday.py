"""Which laws a citizen's question is mostly about, and by how much the search prefers them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("everyday_laws.yml")


# An installation imports what its citizens ask about. Nothing imported taught the ranking, so without
# this an imported article stands behind packaged ones that fit worse (figures: ADR 12).
IMPORTED = 1.2


def everyday_factor(law: str, *, imported: bool) -> float:
    """How much an article's law is preferred; 1 for a law that people seldom ask about."""
    factor = everyday_laws().get(law, 1.0)
    return max(factor, IMPORTED) if imported else factor


@cache
def everyday_laws() -> Mapping[str, float]:
    """Law → factor on its articles' scores; laws not listed have 1."""
    tiers = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {law: float(tier["factor"]) for tier in tiers for law in tier["laws"]}
