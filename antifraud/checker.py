"""Looks at a text for the marks of fraud and says why, in the text's own words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Self

from antifraud.links import Link, LinkReader
from antifraud.normal import Normal, normalise
from antifraud.phones import find_phones
from antifraud.signals import CALM, Catalogue, Hit, total, votes
from antifraud.translation import translation
from antifraud.typology import Typology, load_typology
from core.knowledge import FraudType, Reason, ScamCheck, ScamVerdict
from core.messages import CHINESE

_LEAST_CONTENT = 3
_LEAST_VOTE = 1.0


class Checker:
    """The local scam check; it asks nobody, keeps nothing and opens no link."""

    def __init__(self, *, catalogue: Catalogue, links: LinkReader, typology: Typology) -> None:
        self._catalogue = catalogue
        self._links = links
        self._typology = typology
        self._tongues: dict[str, Checker] = {CHINESE: self}

    @classmethod
    def load(cls) -> Self:
        """Read the packaged data; takes a fraction of a second, so do it once."""
        checker = cls(
            catalogue=Catalogue.load(), links=LinkReader.load(), typology=load_typology()
        )
        checker.check("http://example.com")  # fills the lazy tables
        return checker

    def into(self, language: str) -> Checker:
        """The same check told in a language; a sign means the same in each."""
        if language not in self._tongues:
            words = translation(language)
            self._tongues[language] = Checker(
                catalogue=words.catalogue(self._catalogue),
                links=self._links,
                typology=words.typology(self._typology),
            )
        return self._tongues[language]

    def check(self, text: str) -> ScamCheck:
        """Judge a message as pasted, or a story as told; never “safe”, at best no sign found.

        ``cannot_tell`` means there is nothing to judge: too short, only a question, or only an
        address or number without a mark of its own.
        """
        normal = normalise(text)
        links = self._links.find(normal)
        hits = tuple(self._hits(normal, links))
        score = 1 / (1 + math.exp(-total(hits, self._catalogue)))
        verdict = self._verdict(score)
        if verdict is ScamVerdict.NO_SIGN:
            if self._says_nothing(normal, links, hits):
                verdict = ScamVerdict.CANNOT_TELL
            return ScamCheck(verdict=verdict, score=score, type=None, reasons=())
        return ScamCheck(
            verdict=verdict, score=score, type=self._type(hits), reasons=_reasons(normal, hits)
        )

    def types(self) -> Sequence[FraudType]:
        """The twelve common kinds, most frequent first."""
        return self._typology.main

    def type(self, key: str) -> FraudType | None:
        """A kind or a special form of one by its key."""
        return self._typology.kinds.get(key)

    def family(self, key: str) -> str:
        """The common kind to which a special form belongs; a common kind's own key."""
        return self._typology.family(key)

    def _hits(self, normal: Normal, links: Sequence[Link]) -> Iterator[Hit]:
        yield from self._catalogue.find(normal.text)
        marked = [(mark, link.start, link.end) for link in links for mark in link.marks]
        marked += [(p.mark, p.start, p.end) for p in find_phones(normal.text)]
        seen: set[str] = set()
        for mark, start, end in marked:
            if mark not in seen:
                seen.add(mark)
                yield Hit(signal=self._catalogue.marks[mark], start=start, end=end)

    def _verdict(self, score: float) -> ScamVerdict:
        if score >= self._catalogue.scam_from:
            return ScamVerdict.SCAM
        if score >= self._catalogue.suspicious_from:
            return ScamVerdict.SUSPICIOUS
        return ScamVerdict.NO_SIGN

    def _says_nothing(self, normal: Normal, links: Sequence[Link], hits: Sequence[Hit]) -> bool:
        """Whether nothing is left once addresses, numbers and asking words are taken away."""
        if any(hit.signal.group == CALM for hit in hits):
            return False
        text = normal.text
        for link in reversed(links):
            text = text[: link.start] + text[link.end :]
        content = [c for c in self._catalogue.asking.sub("", text) if c.isalpha()]
        return len(content) < _LEAST_CONTENT

    def _type(self, hits: Sequence[Hit]) -> FraudType | None:
        """The kind with most votes; its special form when that was pointed to by name."""
        counts = votes(hits)
        families: dict[str, float] = {}
        for key, weight in counts.items():
            family = self._typology.family(key)
            families[family] = families.get(family, 0.0) + weight
        if not families:
            return None
        best = max(families, key=lambda key: families[key])
        forms = {k: w for k, w in counts.items() if self._typology.parents.get(k) == best}
        form = max(forms, key=lambda key: forms[key], default=best)
        chosen = form if forms.get(form, 0.0) >= _LEAST_VOTE else best
        return self._typology.kinds[chosen]


def _reasons(normal: Normal, hits: Sequence[Hit]) -> tuple[Reason, ...]:
    """Shown signs, weightiest first; each quote is a piece of the original text."""
    shown = [hit for hit in hits if hit.signal.meaning]
    shown.sort(key=lambda hit: -hit.signal.weight)
    return tuple(
        Reason(
            rule=hit.signal.name,
            quote=normal.quote(hit.start, hit.end),
            meaning=hit.signal.meaning,
        )
        for hit in shown
    )
