"""What can be seen in a passage: the signs of the catalogue, and what the passage speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from antifraud.accounts import find_accounts
from antifraud.apps import AppReader
from antifraud.disguises import find_disguises
from antifraud.links import Link, LinkReader
from antifraud.normal import Normal
from antifraud.phones import find_phones
from antifraud.signals import CALM, Catalogue, Hit, total

_LEAST_CONTENT = 3


class _Marked(Protocol):
    """What readers of numbers, accounts and names give."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def mark(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A folded passage with what was found in it.

    ``odds`` are the log-odds of fraud by the rules alone. ``subjects`` are the spans of addresses,
    numbers, accounts and programs. ``is_bare`` holds when nothing else was said.
    """

    passage: Normal
    links: Sequence[Link]
    hits: Sequence[Hit]
    subjects: Sequence[tuple[int, int]]
    odds: float
    is_bare: bool

    @property
    def about_subjects(self) -> Sequence[Hit]:
        """The signs that lie in an address, a number, an account or a program's name."""
        return tuple(hit for hit in self.hits if (hit.start, hit.end) in self.subjects)


class Collector:
    """Looks at passages with everything that the rules know."""

    def __init__(self, *, catalogue: Catalogue, links: LinkReader, apps: AppReader) -> None:
        self._catalogue = catalogue
        self._links = links
        self._apps = apps

    @classmethod
    def load(cls) -> Self:
        """Read the packaged data."""
        return cls(catalogue=Catalogue.load(), links=LinkReader.load(), apps=AppReader.load())

    @property
    def catalogue(self) -> Catalogue:
        """The signs that are looked for."""
        return self._catalogue

    def told_by(self, catalogue: Catalogue) -> Collector:
        """The same collector with the signs in other words."""
        return Collector(catalogue=catalogue, links=self._links, apps=self._apps)

    def collect(self, passage: Normal) -> Evidence:
        """Everything in one passage."""
        links = self._links.find(passage)
        things: list[_Marked] = [
            *find_phones(passage.text),
            *find_accounts(passage.text),
            *self._apps.find(passage.text),
        ]
        marks = [(mark, link.start, link.end) for link in links for mark in link.marks]
        marks += [(m.mark, m.start, m.end) for m in (*things, *find_disguises(passage))]
        hits = tuple(self._hits(passage.text, marks))
        subjects = (*((n.start, n.end) for n in links), *((t.start, t.end) for t in things))
        return Evidence(
            passage=passage,
            links=links,
            hits=hits,
            subjects=subjects,
            odds=total(hits, self._catalogue),
            is_bare=self._is_bare(passage.text, subjects, hits),
        )

    def _hits(self, text: str, marks: Sequence[tuple[str, int, int]]) -> Iterator[Hit]:
        yield from self._catalogue.find(text)
        seen: set[str] = set()
        for mark, start, end in marks:
            if mark not in seen:
                seen.add(mark)
                yield Hit(signal=self._catalogue.marks[mark], start=start, end=end)

    def _is_bare(
        self, text: str, subjects: Sequence[tuple[int, int]], hits: Sequence[Hit]
    ) -> bool:
        """Whether nothing is left once the subjects and asking words are taken away."""
        if any(hit.signal.group == CALM for hit in hits):
            return False
        covered = {place for span in subjects for place in range(*span)}
        rest = "".join(c for place, c in enumerate(text) if place not in covered)
        content = [c for c in self._catalogue.asking.sub("", rest) if c.isalpha()]
        return len(content) < _LEAST_CONTENT
