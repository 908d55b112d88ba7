"""The kinds of fraud as the typology file tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from core.knowledge import FraudType

TYPOLOGY = Path(__file__).with_name("typology.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typology:
    """All kinds by key; ``parents`` maps a special form to its one of the twelve."""

    kinds: Mapping[str, FraudType]
    parents: Mapping[str, str]

    @property
    def main(self) -> Sequence[FraudType]:
        """The twelve common kinds, most frequent first."""
        return tuple(kind for key, kind in self.kinds.items() if key not in self.parents)

    def family(self, key: str) -> str:
        """The key of the common kind that ``key`` belongs to."""
        return self.parents.get(key, key)


def load_typology(path: Path = TYPOLOGY) -> Typology:
    """Read the typology; its layout is described at the top of the file."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    kinds = {
        row["key"]: FraudType(
            key=row["key"],
            title=row["title"],
            steps=tuple(row["steps"]),
            red_flags=tuple(row["red_flags"]),
            never=row["never"],
            advice=row["advice"],
        )
        for row in rows
    }
    return Typology(kinds=kinds, parents={r["key"]: r["parent"] for r in rows if "parent" in r})
