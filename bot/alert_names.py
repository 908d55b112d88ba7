"""What the alerts' room is told of its siblings: kinds of fraud and areas, by key and by name."""

from __future__ import annotations

from actions.phrases import LANGUAGES
from alerts.counting import Axes
from alerts.wording import Names
from antifraud.checker import Checker
from cases.districts import districts
from cases.translation import translation
from core.messages import CHINESE


def axes(scams: Checker) -> Axes:
    """What frauds are counted by: the twelve common kinds, every district and the city."""
    kinds = [kind.key for kind in scams.types()]
    return Axes(kinds=kinds, areas=list(districts()), family=scams.family)


def names(scams: Checker) -> Names:
    """What kinds of fraud and areas are called in each language."""
    others = {name: translation(name).districts for name in LANGUAGES if name != CHINESE}
    return Names(scams=scams, areas={CHINESE: districts(), **others})
