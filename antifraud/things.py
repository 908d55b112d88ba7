"""What people report: telephone numbers, addresses, accounts and programs, each under one spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self

import yaml

from antifraud.accounts import find_accounts
from antifraud.links import LinkReader
from antifraud.normal import Normal, normalise

APPS = Path(__file__).with_name("apps.yml")
# A mobile number, one of a town with its area code, 400, and numbers from abroad.
_PHONE = re.compile(
    r"(?<![\d+])(?:\+?86[ -]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8}|400[ -]?\d{3}[ -]?\d{4})(?!\d)"
    r"|(?<![\d+])((?:\+|00)(?!86)[1-9]\d{6,13})(?!\d)"
)
# “软件叫某某钱包”, “App 某某任务”: what the program calls itself.
_PROGRAM = re.compile(
    r"(?:app|软件|应用|程序)(?:名字|名|的)?(?:叫做|叫|是|为|[:：])\s*([\w·]{2,20})"
)
MOST = 5
LONGEST = 200


class Sort(StrEnum):
    """What sort of thing it is."""

    PHONE = "phone"
    LINK = "link"
    ACCOUNT = "account"
    APP = "app"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing that a text names: ``key`` is its one spelling, the span is in the folded text."""

    sort: Sort
    key: str
    start: int
    end: int


class ThingReader:
    """Finds what can be reported in a text; what is a bank's, an office's or everybody's is left out."""

    def __init__(self, links: LinkReader) -> None:
        self._links = links

    @classmethod
    def load(cls) -> Self:
        """Read the packaged brands."""
        return cls(LinkReader.load())

    def find(self, text: str) -> Sequence[Thing]:
        """Each thing once, ``MOST`` of them; official sites and short official numbers are none."""
        normal = normalise(text)
        found = {(t.sort, t.key): t for t in self._things(normal)}
        return tuple(found.values())[:MOST]

    def _things(self, normal: Normal) -> Iterator[Thing]:
        text = normal.text
        taken: list[range] = []
        for account in find_accounts(text):
            taken.append(range(account.start, account.end))
            key = re.sub(r"[ -]", "", text[account.start : account.end])
            yield Thing(sort=Sort.ACCOUNT, key=key, start=account.start, end=account.end)
        for found in _PHONE.finditer(text):
            if not any(found.start() in span for span in taken):
                key = re.sub(r"\D", "", found[1] or found[2].replace("+", "00", 1))
                yield Thing(sort=Sort.PHONE, key=key, start=found.start(), end=found.end())
        for link in self._links.find(normal):
            if "link_official" not in link.marks:
                # What a shortener leads to hangs on the path; its host is everybody's.
                whole = (
                    text[link.start : link.end].partition("://")[2] or text[link.start : link.end]
                )
                key = whole if "link_short" in link.marks else link.host
                yield Thing(sort=Sort.LINK, key=key[:LONGEST], start=link.start, end=link.end)
        for found in _PROGRAM.finditer(text):
            key = unicodedata.normalize("NFKC", found[1]).lower()
            if key not in _programs_of_everybody():
                yield Thing(sort=Sort.APP, key=key, start=found.start(1), end=found.end(1))


@cache
def _programs_of_everybody() -> frozenset[str]:
    """Programs that honest people use too: a report of one says nothing about it."""
    names: dict[str, list[str]] = yaml.safe_load(APPS.read_text(encoding="utf-8"))
    return frozenset(name.lower() for own in names.values() for name in own)
