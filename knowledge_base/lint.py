"""Every fault of every FAQ entry, for the editors and for CI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from knowledge_base.ageing import grown_old
from knowledge_base.attested import KEY_AT_MOST, Attested, attested
from knowledge_base.entries import FOLDER, Cited, Draft, Fault, Status, load_drafts
from knowledge_base.hotlines import hotlines
from knowledge_base.likeness import alike, duplicates
from knowledge_base.notation import article_number, mentions, short_name, squeeze
from knowledge_base.statutes import Statutes, open_statutes
from knowledge_base.style import density_faults, style_faults
from knowledge_base.vectors import SHIPPED, TextEncoder, VectorCache

# Characters that fit a phone screen, a button, a line.
AT_MOST: Mapping[str, int] = {
    "title": 12,
    "question": 40,
    "answer": 145,
    "next_step": 42,
    "time_limit": 45,
    "detail": 700,
}
# The answer with its next step and time limit is the first screen that citizens see.
SCREEN = 220
FIRST_SCREEN = ("answer", "next_step", "time_limit")
VARIANTS, HOTLINES, RELATED = range(6, 21), range(1, 4), range(4)
VECTORS = "lint-vectors.npz"
TEXT_FIELDS = ("title", "question", "answer", "next_step", "time_limit", "detail")


@dataclass(frozen=True, slots=True, kw_only=True)
class LintReport:
    """How many entries and citations were looked at, what is wrong with them, and what may be."""

    entries: int
    citations: int
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...] = ()

    def also(self, warnings: Iterable[Fault]) -> LintReport:
        """The report with more warnings."""
        return replace(self, warnings=(*self.warnings, *warnings))

    def as_json(self) -> dict[str, Any]:  # Any: JSON
        """Counts by their names; the faults themselves under ``details``, warnings apart."""
        return {
            "entries": self.entries,
            "citations": self.citations,
            "faults": len(self.faults),
            "by_code": dict(Counter(fault.code for fault in self.faults)),
            "details": [asdict(fault) for fault in self.faults],
            "warnings": [asdict(warning) for warning in self.warnings],
        }


def lint(
    on: date,
    intents: AbstractSet[str],
    *,
    folder: Path = FOLDER,
    shelf: Path | None = None,
    today: date | None = None,
) -> LintReport:
    """Check every entry of a folder against the law of a day; ``intents`` are the known names.

    A citation to a regulation is held to its full text where ``shelf`` has it, else to the table.

    What is wrong on ``on`` is a fault. What ``today`` makes of it besides is a warning, so that a
    check on a fixed day ends tomorrow as it does now.
    """
    loaded = load_drafts(folder)
    faults = faults_of(loaded.drafts, on, intents, shelf=shelf)
    warnings: Sequence[Fault] = ()
    if today is not None:
        now = faults if today == on else faults_of(loaded.drafts, today, intents, shelf=shelf)
        warnings = grown_old(loaded.drafts, today, then=faults, now=now)
    return LintReport(
        entries=len(loaded.drafts),
        citations=sum(len(draft.citations) for _, draft in loaded.drafts),
        faults=(*loaded.faults, *faults),
        warnings=tuple(warnings),
    )


def questions_alike(cache: Path, *, folder: Path = FOLDER) -> Sequence[Fault]:
    """Warnings of questions that mean nearly the same; minutes the first time, then seconds.

    Raises ``EmbedderMissing``.
    """
    vectors = VectorCache(cache / VECTORS, shipped=SHIPPED)
    found = list(alike(load_drafts(folder).drafts, vectors, TextEncoder()))
    vectors.save()
    return found


def faults_of(
    drafts: Sequence[tuple[str, Draft]],
    on: date,
    intents: AbstractSet[str],
    *,
    shelf: Path | None = None,
) -> Sequence[Fault]:
    """What is wrong with some entries, each with its file, and between them."""
    statutes, table = open_statutes(on, shelf=shelf), attested()
    written = {draft.id for _, draft in drafts}
    published = {draft.id for _, draft in drafts if draft.status is Status.PUBLISHED}
    faults: list[Fault] = []
    for file, draft in drafts:
        problems = (
            *_citation_faults(draft, statutes, table),
            *_form_faults(draft),
            *_style_faults(draft),
            # What citizens get leads on to what they get; what is in review may lead to others.
            *_link_faults(draft, intents, published if draft.id in published else written),
            *((("expired", str(draft.valid_to)),) if draft.is_expired(on) else ()),
        )
        faults += [Fault(file=file, entry=draft.id, code=c, text=t) for c, t in problems]
    return (*faults, *_conflicts(drafts), *duplicates(drafts))


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
    screen = sum(len(getattr(draft, field) or "") for field in FIRST_SCREEN)
    if screen > SCREEN:
        yield "too_long", f"{'+'.join(FIRST_SCREEN)}: {screen} > {SCREEN}"
    for field, allowed in (("variants", VARIANTS), ("hotlines", HOTLINES), ("related", RELATED)):
        count = len(getattr(draft, field))
        if count not in allowed:
            yield "wrong_count", f"{field}: {count}, not {allowed.start} to {allowed.stop - 1}"


def _style_faults(draft: Draft) -> Iterator[tuple[str, str]]:
    for field in TEXT_FIELDS:
        for code, text in style_faults(getattr(draft, field) or ""):
            yield code, f"{field}: {text}"
    for code, text in density_faults(draft.answer):
        yield code, f"answer: {text}"


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
