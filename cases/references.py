"""Case references, as printed on a receipt: ``XF3205082610120001236``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from stdnum.iso7064 import mod_37_36

from cases.districts import districts
from cases.errors import BadReference, DayIsFull

LAST_SEQUENCE = 999_999
PAGES = "/t/"

_FORM = re.compile(r"([A-Z]{2})([0-9A-Z]{6})([0-9]{6})([0-9]{6})[0-9A-Z]")
_SEPARATORS = re.compile(r"[\W_]+")


class Kind(StrEnum):
    """What a case is about, by the two letters its reference begins with."""

    PETITION = "XF"
    FRAUD_REPORT = "ZP"
    CLUE = "XS"
    MEDIATION = "TJ"
    LEGAL_AID = "FY"
    HAZARD = "YH"
    APPOINTMENT = "YY"
    ZERO_REPORT = "LB"
    WAGE_COMPLAINT = "QX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Kind, area, day (20yy) and sequence within them, 1 to 999,999; ``str()`` prints it.

    The check character (ISO 7064 mod 37,36) catches any one wrong character, and any swap of
    neighbours but 36 of 22,680: those of two consecutive values (8 and 9) met in one state.
    """

    kind: Kind
    area: str
    day: date
    sequence: int

    def __post_init__(self) -> None:
        if self.area not in districts() or self.sequence < 1:
            raise BadReference
        if self.sequence > LAST_SEQUENCE:
            raise DayIsFull

    @property
    def prefix(self) -> str:
        """Kind, area and day: what the sequence is counted within, 14 characters."""
        return f"{self.kind}{self.area}{self.day:%y%m%d}"

    def __str__(self) -> str:
        body = f"{self.prefix}{self.sequence:06d}"
        return f"{body}{mod_37_36.calc_check_digit(body)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a citizen typed, forgiving case, blanks, hyphens and full-width characters.

        Raises ``BadReference``.
        """
        tidied = tidy(text)
        form = _FORM.fullmatch(tidied)
        if form is None or not mod_37_36.is_valid(tidied):
            raise BadReference
        kind, area, day, sequence = form.groups()
        try:
            return cls(
                kind=Kind(kind),
                area=area,
                day=date.fromisoformat(f"20{day}"),
                sequence=int(sequence),
            )
        except ValueError as error:
            raise BadReference from error


def tidy(text: str) -> str:
    """The bare characters of a typed reference or code: half width, upper case, no separators."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).upper())


def page_of(reference: str) -> str:
    """The path of the page on which a case is followed."""
    return PAGES + reference
