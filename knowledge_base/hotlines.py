"""Public hotlines that an answer may name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from core.knowledge import Hotline
from timekeeping.opening import OpeningHours

FILE = Path(__file__).with_name("hotlines.yml")


class Checked(StrEnum):
    """How a number was verified."""

    LAW = "law"
    WEB = "web"
    COMMON = "common"


class HotlineRow(BaseModel):
    """One number of the file; ``use`` says what it is for in a few words.

    ``hours`` is when somebody answers, as in a duty plan; empty where nobody has checked that.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)

    number: str
    name: str
    use: str
    checked: Checked
    hours: tuple[str, ...] = ()

    def is_open(self, at: datetime) -> bool:
        """Whether it is known that somebody answers at that moment."""
        return OpeningHours.read(self.hours).is_open(at)

    @property
    def hotline(self) -> Hotline:
        """The number as an answer carries it."""
        return Hotline(number=self.number, name=self.name)


@cache
def hotlines() -> Mapping[str, HotlineRow]:
    """Every number, by number."""
    rows = TypeAdapter(list[HotlineRow]).validate_python(
        yaml.safe_load(FILE.read_text(encoding="utf-8"))
    )
    return {row.number: row for row in rows}
