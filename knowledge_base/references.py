"""Reads which law, and which article of it, a person names in free text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from knowledge_base.aliases import aliases
from knowledge_base.notation import article_number, notation, short_name, squeeze
from knowledge_base.old_texts import AskedVersion

# How far behind the law's name its article may be named: 《劳动合同法》里面的第四十七条.
GAP = 15


class ReferenceReader:
    """Finds law names and article numbers, given the names that exist."""

    def __init__(self, laws: Iterable[str]) -> None:
        self._printed = {_clean(name): name for name in laws} | dict(aliases())
        names = sorted(self._printed, key=len, reverse=True)
        self._names = re.compile("|".join(re.escape(name) for name in names))
        self._quoted = re.compile(notation().pattern["quoted_law"])

    def laws(self, text: str) -> Sequence[str]:
        """The laws a text names, by their printed names, in order."""
        found = (match.group() for match in self._names.finditer(_clean(text)))
        return list(dict.fromkeys(self._printed[name] for name in found))

    def find(self, text: str) -> tuple[str, str] | None:
        """The first (law, article number) named, or None.

        《劳动合同法》第四十七条怎么说, 民法典1254, 刑法133条之一, 第47条 劳动合同法. Neither the
        article nor a law in book marks need exist, so that “no such article” can be said.
        """
        text = _clean(text)
        name = self._names.search(text) or self._quoted.search(text)
        if name is None:
            return None
        number = _behind(text[name.end() :]) or _anywhere(text)
        law = short_name(name.group())
        return (self._printed.get(law, law), number) if number else None

    def version(self, text: str) -> AskedVersion | None:
        """The version of the first law named that a text asks for.

        2012年的劳动合同法第四十七条, 《商标法》（2013年修正）第一条, 旧仲裁法第五十八条. A year stands
        for its last day.
        """
        text = _clean(text)
        name = self._names.search(text) or self._quoted.search(text)
        if name is None:
            return None
        patterns = notation().pattern
        before, behind = text[: name.start()], text[name.end() :]
        year = patterns["year_before"].search(before) or patterns["year_after"].match(behind)
        if year:
            return AskedVersion(until=date(int(year["year"]), 12, 31))
        return AskedVersion() if patterns["previous"].search(before) else None


def _clean(text: str) -> str:
    return squeeze(unicodedata.normalize("NFKC", text))


def _behind(rest: str) -> str | None:
    """The number that follows a law's name at once, or a little later if fully written."""
    patterns = notation().pattern
    rest = rest.lstrip("》")
    full = patterns["reference"].search(rest[: GAP * 2])
    if full and full.start() <= GAP:
        return article_number(full.group())
    bare = patterns["bare_reference"].match(rest)
    return article_number(bare.group()) if bare else None


def _anywhere(text: str) -> str | None:
    """The number where a text holds just one: 第47条 劳动合同法."""
    found = list(notation().pattern["reference"].finditer(text))
    return article_number(found[0].group()) if len(found) == 1 else None
