"""What citizens read of a check, in another language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from antifraud.signals import Catalogue, Signal
from antifraud.typology import Typology
from core.knowledge import FraudType

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """A kind of fraud in words; the fields of ``FraudType``."""

    title: str
    steps: tuple[str, ...]
    red_flags: tuple[str, ...]
    never: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One file of words: kinds by key, meanings by the name of the sign."""

    kinds: Mapping[str, KindWords]
    meanings: Mapping[str, str]

    def typology(self, typology: Typology) -> Typology:
        """The typology in these words."""
        kinds = {key: self._kind(kind) for key, kind in typology.kinds.items()}
        return replace(typology, kinds=kinds)

    def catalogue(self, catalogue: Catalogue) -> Catalogue:
        """The signs with these meanings; they are looked for in the same texts."""
        return replace(
            catalogue,
            signals=tuple(self._signal(signal) for signal in catalogue.signals),
            marks={name: self._signal(mark) for name, mark in catalogue.marks.items()},
        )

    def _kind(self, kind: FraudType) -> FraudType:
        words = self.kinds[kind.key]
        return FraudType(
            key=kind.key,
            title=words.title,
            steps=words.steps,
            red_flags=words.red_flags,
            never=words.never,
            advice=words.advice,
        )

    def _signal(self, signal: Signal) -> Signal:
        # A sign without a meaning is never shown, so it has none here either.
        return replace(signal, meaning=self.meanings[signal.name]) if signal.meaning else signal


@cache
def translation(language: str) -> Translation:
    """The words of a language; raises ``FileNotFoundError`` where nobody has written them."""
    text = (FOLDER / f"{language}.yml").read_text(encoding="utf-8")
    return TypeAdapter(Translation).validate_python(yaml.safe_load(text))
