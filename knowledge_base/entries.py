"""FAQ entries as they are written in ``faq/*.yml``, read strictly, and as they are told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from core.knowledge import Entry
from core.messages import Citation, InForce
from knowledge_base.attested import Attested
from knowledge_base.hotlines import hotlines
from knowledge_base.notation import article_number, short_name
from knowledge_base.statutes import Statutes

FOLDER = Path(__file__).with_name("faq")


class Status(StrEnum):
    """The stages of an entry's life; only ``published`` is told to citizens."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    EXPIRED = "expired"
    RETIRED = "retired"


class Cited(BaseModel):
    """An article behind an entry; ``key`` are words that stand in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    law: str = Field(min_length=1)
    article: str = Field(min_length=1)
    key: str = Field(min_length=1)


class Draft(BaseModel):
    """One entry as its author wrote it. Lengths and citations are the linter's business."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    intent: str = Field(min_length=1)
    title: str = Field(min_length=1)
    question: str = Field(min_length=1)
    variants: tuple[str, ...]
    answer: str = Field(min_length=1)
    next_step: str = Field(min_length=1)
    time_limit: str | None = None
    hotlines: tuple[str, ...]
    detail: str = Field(min_length=1)
    citations: tuple[Cited, ...]
    related: tuple[str, ...] = ()
    source: str
    checked_on: date
    status: Status
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        """Every wording it is found by, its own question first."""
        return (self.question, *self.variants)

    def is_told(self, on: date) -> bool:
        """Whether citizens may get it on a day."""
        started = self.valid_from is None or self.valid_from <= on
        return self.status is Status.PUBLISHED and started and not self.is_expired(on)

    def is_expired(self, on: date) -> bool:
        """Whether its last day has passed."""
        return self.valid_to is not None and self.valid_to < on

    @property
    def revision(self) -> str:
        """A short fingerprint of its content."""
        content = self.model_dump_json().encode()
        return hashlib.blake2b(content, digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong with an entry: a stable code, where, and the piece that is wrong."""

    file: str
    entry: str
    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a folder of entries gave: (file name, draft) in order, and what could not be read."""

    drafts: tuple[tuple[str, Draft], ...]
    faults: tuple[Fault, ...]

    @property
    def entries(self) -> Sequence[Draft]:
        """The drafts without their files; of entries with the same id the first."""
        return list({draft.id: draft for _, draft in reversed(self.drafts)}.values())[::-1]


def load_drafts(folder: Path = FOLDER) -> Loaded:
    """Read every ``*.yml`` of a folder; a bad entry becomes a fault and spares the others."""
    drafts: list[tuple[str, Draft]] = []
    faults: list[Fault] = []
    for file in sorted(folder.glob("*.yml")):
        try:
            # libyaml: a seventh of the second that the folder takes otherwise.
            read = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            items = TypeAdapter(list[dict[str, object]]).validate_python(read)
        except (yaml.YAMLError, ValidationError) as error:
            text = str(error).replace("\n", " ")
            faults.append(Fault(file=file.name, entry="", code="file_unreadable", text=text))
            continue
        for item in items:
            try:
                drafts.append((file.name, Draft.model_validate(item)))
            except ValidationError as error:
                faults.extend(_faults(file.name, item, error))
    return Loaded(drafts=tuple(drafts), faults=tuple(faults))


def told_entries(
    drafts: Iterable[Draft], *, statutes: Statutes, attested: Attested
) -> Sequence[Entry]:
    """The drafts that citizens may get on the statutes' day, with citations and links resolved."""
    told = [draft for draft in drafts if draft.is_told(statutes.on)]
    titles = {draft.id: draft.title for draft in told}
    return [_entry(draft, titles, statutes, attested) for draft in told]


def cite(cited: Cited, statutes: Statutes, attested: Attested) -> Citation:
    """The citation with whether its article is in force, attested, or neither."""
    in_force: InForce = False
    if statutes.get(cited.law, cited.article):
        in_force = True
    elif attested.holds(cited.law, cited.article):
        in_force = "attested"
    article = article_number(cited.article) or cited.article
    return Citation(law=short_name(cited.law), article=article, quote=cited.key, in_force=in_force)


def _entry(
    draft: Draft, titles: Mapping[str, str], statutes: Statutes, attested: Attested
) -> Entry:
    known = hotlines()
    return Entry(
        id=draft.id,
        intent=draft.intent,
        title=draft.title,
        question=draft.question,
        answer=draft.answer,
        detail=draft.detail,
        next_step=draft.next_step,
        time_limit=draft.time_limit,
        hotlines=tuple(known[n].hotline for n in draft.hotlines if n in known),
        citations=tuple(cite(cited, statutes, attested) for cited in draft.citations),
        related=tuple((other, titles[other]) for other in draft.related if other in titles),
        revision=draft.revision,
        checked_on=draft.checked_on,
    )


def _faults(file: str, item: dict[str, object], error: ValidationError) -> list[Fault]:
    return [
        Fault(
            file=file,
            entry=str(item.get("id", "")),
            code="field_invalid",
            text=f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}",
        )
        for problem in error.errors(include_url=False, include_input=False)
    ]
