"""Grids and their daily reports, as their workers may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A grid (网格) by its id and name; ``own`` is whether it is the worker's own."""

    id: str
    name: str
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport:
    """What was reported of a grid and day: households screened, disputes found, a few words each."""

    day: date
    screened: int
    found: int
    disputes: str = ""


class CodeState(StrEnum):
    """Whether a binding code may be used now."""

    FITS = "fits"
    WRONG = "wrong"
    LOCKED = "locked"
