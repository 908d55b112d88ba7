"""What can be said of a law as a whole: how many articles, since when, and what it replaced."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from core.knowledge import LawFacts
from core.messages import Citation
from knowledge_base.aliases import aliases
from knowledge_base.notation import article_number, notation, short_name, squeeze, to_int
from knowledge_base.statutes import Statute, Statutes

NAME = re.compile("《([^《》]+)》")
QUOTED = 20


class LawRegister:
    """The laws of one day by their names, with those that they have replaced.

    A law says in its last article from when it applies and which laws end with that; a law is
    gone only if such an article of a law in force says so.
    """

    def __init__(self, statutes: Statutes) -> None:
        by_law: dict[str, list[Statute]] = defaultdict(list)
        for statute in statutes.searched:
            if notation().pattern["numbered"].fullmatch(statute.number):
                by_law[statute.law].append(statute)
        self._facts = {law: _in_force(law, articles) for law, articles in by_law.items()}
        gone = [f for s in statutes.searched for f in _ended(s) if f.law not in statutes.laws]
        self._facts |= {facts.law: facts for facts in gone}
        # An alias may have become a law's own name.
        self._printed = {name: name for name in self._facts}
        self._printed |= {a: law for a, law in aliases().items() if law in self._facts}
        names = sorted(self._printed, key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, names)) or "(?!)")

    def named_in(self, text: str) -> Sequence[LawFacts]:
        """The facts of every law that a text names, in order, once each."""
        squeezed = squeeze(text)
        found = (self._printed[match.group()] for match in self._names.finditer(squeezed))
        return [_beyond(self._facts[law], squeezed) for law in dict.fromkeys(found)]


def _in_force(law: str, articles: Sequence[Statute]) -> LawFacts:
    last = articles[-1]
    whole = _number(last.number) == len(articles)
    cited = Citation(law=law, article=last.number, quote=last.text[:QUOTED], in_force=True)
    return LawFacts(law=law, articles=len(articles) if whole else None, last=cited)


def _beyond(facts: LawFacts, text: str) -> LawFacts:
    """The facts with the article asked for, if the law ends before it.

    An article that the corpus misses in between is not said not to exist.
    """
    patterns = notation().pattern
    asked = patterns["reference"].search(text) or patterns["article_asked"].search(text)
    last = _number(facts.last.article) if facts.last else None
    number = _number(asked.group()) if asked else None
    if asked is None or number is None or last is None or number <= last:
        return facts
    return replace(facts, beyond=article_number(asked.group()) or asked.group())


def _number(article: str) -> int | None:
    """第一千二百六十条 → 1260; 之一 adds nothing."""
    found = notation().pattern["article_asked"].search(article)
    try:
        return to_int(found["main"]) if found else None
    except ValueError:
        return None


def _ended(statute: Statute) -> Iterator[LawFacts]:
    """The laws that an article ends, if it says when."""
    pattern = notation().pattern["ends_laws"]
    listed, day = pattern.search(squeeze(statute.text)), _since(statute.text)
    if listed is None or day is None:
        return
    for name in NAME.findall(listed.group(1)):
        yield LawFacts(
            law=short_name(name),
            ended_on=day,
            ended_by=_ending(statute),
        )


def _since(text: str) -> date | None:
    found = notation().pattern["in_effect"].search(squeeze(text))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _ending(statute: Statute) -> Citation:
    found = notation().pattern["in_effect"].search(squeeze(statute.text))
    quote = found.group() if found else statute.text[:QUOTED]
    return Citation(law=statute.law, article=statute.number, quote=quote, in_force=True)
