"""Every fault of every FAQ entry, for the editors and for CI."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from knowledge_base.attested import KEY_AT_MOST, Attested, attested
from knowledge_base.entries import FOLDER, Cited, Draft, Fault, Status, load_drafts
from knowledge_base.hotlines import hotlines
from knowledge_base.notation import article_number, mentions, short_name, squeeze
from knowledge_base.statutes import Statutes, open_statutes
from knowledge_base.style import style_faults
from knowledge_base.tokens import normalise

# Characters that fit a phone screen, a button, a line.
AT_MOST: Mapping[str, int] = {
    "title": 12,
    "question": 40,
    "answer": 145,
    "next_step": 42,
    "time_limit": 45,
    "detail": 700,
}
VARIANTS, HOTLINES, RELATED = range(6, 21), range(1, 4), range(4)
NEAR_DUPLICATE = 95
TEXT_FIELDS = ("title", "question", "answer", "next_step", "time_limit", "detail")
NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LintReport:
    """How many entries and citations were looked at, and what is wrong with them."""

    entries: int
    citations: int
    faults: tuple[Fault, ...]

    def as_json(self) -> dict[str, Any]:  # Any: JSON
        """Counts by their names; the faults themselves under ``details``."""
        return {
            "entries": self.entries,
            "citations": self.citations,
            "faults": len(self.faults),
            "by_code": dict(Counter(fault.code for fault in self.faults)),
            "details": [asdict(fault) for fault in self.faults],
        }


def lint(on: date, intents: AbstractSet[str], *, folder: Path = FOLDER) -> LintReport:
    """Check every entry of a folder against the law of a day; ``intents`` are the known names."""
    loaded = load_drafts(folder)
    statutes, table = open_statutes(on), attested()
    written = {d.id for d in loaded.entries}
    published = {d.id for d in loaded.entries if d.status is Status.PUBLISHED}
    faults = list(loaded.faults)
    for file, draft in loaded.drafts:
        problems = (
            *_citation_faults(draft, statutes, table),
            *_form_faults(draft),
            *_style_faults(draft),
            # What citizens get leads on to what they get; what is in review may lead to others.
            *_link_faults(draft, intents, published if draft.id in published else written),
            *((("expired", str(draft.valid_to)),) if draft.is_expired(on) else ()),
        )
        faults += [Fault(file=file, entry=draft.id, code=c, text=t) for c, t in problems]
    faults += _conflicts(loaded.drafts)
    faults += _duplicates(loaded.drafts)
    return LintReport(
        entries=len(loaded.drafts),
        citations=sum(len(draft.citations) for _, draft in loaded.drafts),
        faults=tuple(faults),
    )


def _citation_faults(
    draft: Draft, statutes: Statutes, table: Attested
) -> Iterator[tuple[str, str]]:
    for cited in draft.citations:
        if len(cited.key) > KEY_AT_MOST:
            yield "key_too_long", cited.key
        fault = _citation_fault(cited, statutes, table)
        if fault:
            yield fault, f"{cited.law}{cited.article} {cited.key}"
    # A legal answer rests on an article; a service's answer may rest on none.
    if not draft.citations and draft.intent.startswith("legal_"):
        yield "no_citation", draft.intent
    listed = {(short_name(c.law), article_number(c.article)) for c in draft.citations}
    for field in TEXT_FIELDS:
        for law, article in mentions(getattr(draft, field) or ""):
            if (law, article) not in listed:
                yield "mention_not_cited", f"{field}: {law}{article}"


def _citation_fault(cited: Cited, statutes: Statutes, table: Attested) -> str | None:
    """The code of what is wrong with one citation; a mistyped number is told from a dead law."""
    statute = statutes.get(cited.law, cited.article)
    if statute:
        return None if squeeze(cited.key) in squeeze(statute.text) else "key_missing"
    law = short_name(cited.law)
    if law in statutes.laws:
        return "no_such_article"
    if law not in table.laws:
        return "not_in_force"
    return None if table.attests(law, cited.article, cited.key) else "not_attested"


def _form_faults(draft: Draft) -> Iterator[tuple[str, str]]:
    for field, most in AT_MOST.items():
        length = len(getattr(draft, field) or "")
        if length > most:
            yield "too_long", f"{field}: {length} > {most}"
    for field, allowed in (("variants", VARIANTS), ("hotlines", HOTLINES), ("related", RELATED)):
        count = len(getattr(draft, field))
        if count not in allowed:
            yield "wrong_count", f"{field}: {count}, not {allowed.start} to {allowed.stop - 1}"


def _style_faults(draft: Draft) -> Iterator[tuple[str, str]]:
    for field in TEXT_FIELDS:
        for code, text in style_faults(getattr(draft, field) or ""):
            yield code, f"{field}: {text}"


def _link_faults(
    draft: Draft, intents: AbstractSet[str], linked: AbstractSet[str]
) -> Iterator[tuple[str, str]]:
    if draft.intent not in intents:
        yield "unknown_intent", draft.intent
    for number in draft.hotlines:
        if number not in hotlines():
            yield "unknown_hotline", number
    for other in draft.related:
        if other not in linked or other == draft.id:
            yield "unknown_related", other


def _conflicts(drafts: Sequence[tuple[str, Draft]]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for file, draft in drafts:
        if draft.id in seen:
            yield Fault(file=file, entry=draft.id, code="conflict", text=seen[draft.id])
        seen.setdefault(draft.id, file)


def _duplicates(drafts: Sequence[tuple[str, Draft]]) -> Iterable[Fault]:
    """Wordings that stand in two entries, or twice in one, or almost so in two."""
    asked = [(file, d.id, q) for file, d in drafts for q in d.questions]
    plain = [NOT_A_WORD.sub("", normalise(question)) for _, _, question in asked]
    # uint8 keeps the table of all pairs small; below the cut-off it holds 0.
    near = process.cdist(
        plain, plain, scorer=fuzz.ratio, score_cutoff=NEAR_DUPLICATE, dtype=np.uint8
    )
    for later, earlier in zip(*np.nonzero(np.tril(near, -1)), strict=True):
        file, entry, question = asked[later]
        same = plain[later] == plain[earlier]
        if same or entry != asked[earlier][1]:
            yield Fault(
                file=file,
                entry=entry,
                code="duplicate" if same else "near_duplicate",
                text=f"{question} = {asked[earlier][1]}: {asked[earlier][2]}",
            )
