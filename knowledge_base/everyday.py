"""Which laws a citizen's question is mostly about, and by how much the search prefers them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("everyday_laws.yml")


@cache
def everyday_laws() -> Mapping[str, float]:
    """Law → factor on its articles' scores; laws not listed have 1."""
    tiers = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {law: float(tier["factor"]) for tier in tiers for law in tier["laws"]}
