"""Rounds of the same questions: what was told before is kept as a row, and they are asked again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from actions.forms.draft import Draft
from actions.forms.spec import SKIPPED, Slot, Takes


def slot_of(draft: Draft) -> Slot | None:
    """The slot that keeps the rows of a form, if it has one."""
    return next((s for s in draft.form.slots if s.takes is Takes.ROWS), None)


def rows(draft: Draft) -> tuple[Mapping[str, str], ...]:
    """Every round told, the present one last; what was skipped is left out."""
    slot = slot_of(draft)
    if slot is None:
        return ()
    return (*kept(draft.value(slot.name) or ""), _present(draft, slot))


def kept(value: str) -> tuple[Mapping[str, str], ...]:
    """The rows that a slot keeps."""
    read: list[dict[str, str]] = json.loads(value) if value else []
    return tuple(read)


def another(draft: Draft) -> Draft:
    """The draft with the present round kept as a row, asking for the next."""
    slot = slot_of(draft)
    if slot is None:
        return draft
    names = {column.name for column in slot.columns}
    left = {n: v for n, v in draft.slots.items() if n not in names}
    value = json.dumps([dict(row) for row in rows(draft)], ensure_ascii=False)
    fresh = Draft.new(draft.form, {**left, slot.name: value})
    return replace(fresh, how="")


def _present(draft: Draft, slot: Slot) -> Mapping[str, str]:
    said = {column.name: draft.slots.get(column.name, SKIPPED) for column in slot.columns}
    return {name: value for name, value in said.items() if value != SKIPPED}
