"""The areas a case can belong to: Suzhou's districts and the city itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

DISTRICTS = Path(__file__).with_name("districts.yml")


@cache
def districts() -> Mapping[str, str]:
    """Six-character area key → name; GB/T 2260 codes, and own keys where there is none."""
    rows = yaml.safe_load(DISTRICTS.read_text(encoding="utf-8"))
    return MappingProxyType({row["key"]: row["name"] for row in rows})
