"""Entries from a table into the files: every row checked first, then all of them written or none."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from knowledge_base.entries import FOLDER, Draft, Fault, Status
from knowledge_base.faq_export import sound_drafts
from knowledge_base.faq_files import Placed, placed, rewritten
from knowledge_base.faq_table import Fields, faq_layout, fields_of
from knowledge_base.faq_words import fault
from knowledge_base.lint import faults_of
from knowledge_base.sheets.rows import Row, RowFault
from knowledge_base.sheets.sniffing import Kind, kind_of
from knowledge_base.sheets.tables import bounded, table_rows
from knowledge_base.sheets.texts import yaml_items

TOLD = frozenset({Status.PUBLISHED, Status.SCHEDULED})
SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do: new content by file, ids by what becomes of them.

    ``faults`` are of rows that cannot be taken; ``notices`` are what `kb lint` will say of those
    that can, as long as citizens do not get them.
    """

    contents: Mapping[Path, bytes]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: int
    faults: tuple[RowFault, ...]
    notices: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What entries are held against: the law of a day and the intents there are."""

    on: date
    intents: AbstractSet[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """The rows that are entries, by id, with the row each stands in; and what is wrong."""

    drafts: Mapping[str, Draft]
    rows: Mapping[str, Row]
    faults: tuple[RowFault, ...]
    notices: tuple[RowFault, ...] = ()


def plan_import(path: Path, rules: Rules, *, folder: Path = FOLDER) -> Plan:
    """Read and check a table of entries; nothing is written.

    Raises ``BadData`` for a file that cannot be read, or where the folder's own files cannot.
    The good rows' content is planned even where others are faulty: whether that may be written is
    for the caller to say.
    """
    before = sound_drafts(folder)
    known = {draft.id: draft for _, draft in before}
    taken = _checked(before, _read(path, known, rules.intents), rules)
    contents = rewritten(folder, before, placed(before, taken.drafts.values()))
    ids = taken.drafts.keys()
    return Plan(
        contents=contents,
        added=tuple(i for i in ids if i not in known),
        changed=tuple(i for i in ids if i in known and known[i] != taken.drafts[i]),
        same=sum(known.get(i) == draft for i, draft in taken.drafts.items()),
        faults=taken.faults,
        notices=taken.notices,
    )


def _read(path: Path, known: Mapping[str, Draft], intents: AbstractSet[str]) -> _Taken:
    rows, faults = _fields(path, known)
    drafts: dict[str, Draft] = {}
    where: dict[str, Row] = {}
    for row, fields in rows:
        wrong: list[RowFault] = list(row.faults)
        draft = None if wrong else _draft(row, fields, wrong)
        if draft is not None and draft.intent not in intents:
            wrong.append(_wrong(row, "intent", "no_intent", draft.intent))
        if draft is not None and draft.id in drafts:
            wrong.append(_wrong(row, "id", "twice", f"{draft.id} {where[draft.id].number}"))
        if draft is not None and not wrong:
            drafts[draft.id], where[draft.id] = draft, row
        faults += wrong
    return _Taken(drafts=drafts, rows=where, faults=tuple(faults))


def _fields(
    path: Path, known: Mapping[str, Draft]
) -> tuple[list[tuple[Row, Fields]], list[RowFault]]:
    """Each row with its fields, filled up from the entry that is there already."""
    found: list[tuple[Row, Fields]] = []
    faults: list[RowFault] = []
    if kind_of(path) is Kind.YAML:
        items = [Row(sheet=path.name, number=i.line, cells={}) for i in yaml_items(path)]
        given = [dict(item.fields) for item in yaml_items(path)]
        bounded(items)
        read = list(zip(items, given, strict=True))
    else:
        read = []
        for row in table_rows(path, faq_layout()):
            fields, wrong = fields_of(row)
            faults += wrong
            if not wrong:
                read.append((row, fields))
    for row, fields in read:
        before = known.get(str(fields.get("id", "")).strip())
        whole = before.model_dump() if before and row.cells else {}
        status = before.status if before else Status.IN_REVIEW
        found.append((row, {**whole, "status": status, **fields}))
    return found, faults


def _draft(row: Row, fields: Fields, wrong: list[RowFault]) -> Draft | None:
    try:
        return Draft.model_validate(fields)
    except ValidationError as error:
        for problem in error.errors():
            key = str(problem["loc"][0])
            missing = problem["input"] in (None, "") or problem["type"] == "missing"
            code = "missing" if missing else problem["type"]
            wrong.append(_wrong(row, key, code, str(problem["input"])[:SHOWN]))
        return None


def _checked(before: Placed, taken: _Taken, rules: Rules) -> _Taken:
    """Without the rows that would break an answer which citizens get.

    Only what an import brings about counts, not what was wrong already.
    """
    known = {draft.id: draft for _, draft in before}
    there: frozenset[Fault] = frozenset()
    drafts, faults = dict(taken.drafts), list(taken.faults)
    new: list[Fault] = []
    while any(known.get(i) != draft for i, draft in drafts.items()):
        now = faults_of(placed(before, drafts.values()), rules.on, rules.intents)
        if now and not there:
            there = frozenset(faults_of(before, rules.on, rules.intents))
        new = [found for found in now if found not in there and found.entry in drafts]
        broken = [found for found in new if drafts[found.entry].status in TOLD]
        if not broken:
            break
        faults += [_linted(taken.rows[found.entry], found) for found in broken]
        for entry in {found.entry for found in broken}:
            del drafts[entry]
        new = []
    notices = [_linted(taken.rows[found.entry], found) for found in new]
    return _Taken(drafts=drafts, rows=taken.rows, faults=tuple(faults), notices=tuple(notices))


def _linted(row: Row, found: Fault) -> RowFault:
    """A fault as `kb lint` would tell it, at the column it names."""
    titles = faq_layout().titles
    column = titles.get(found.text.partition(":")[0], titles["id"])
    return row.fault(column, fault("broken", text=f"{found.code} {found.text}"))


def _wrong(row: Row, key: str, code: str, text: str) -> RowFault:
    return row.fault(faq_layout().titles.get(key, key), fault(code, text=text))
