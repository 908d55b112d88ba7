"""Every form there is, read from the catalogue, and how one is found among several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from actions.forms.limits import Limits
from actions.forms.quantities import Unit
from actions.forms.spec import Choice, Confirm, Form, Note, Shown, Slot, Takes
from core.messages import Citation, InForce

FOLDER = Path(__file__).parent / "catalogue"
SHARED = Path(__file__).with_name("shared.yml")


@cache
def forms() -> Mapping[str, Form]:
    """Every form of the catalogue by its name."""
    return {form.name: form for path in sorted(FOLDER.rglob("*.yml")) for form in [_form(path)]}


def forms_of(intent: str) -> tuple[Form, ...]:
    """The forms that an intent opens, in the order of their names."""
    return tuple(form for form in forms().values() if form.intent == intent)


def pressed_form(payload: str) -> tuple[Form | None, str]:
    """The form that a button belongs to, with the rest of its payload."""
    names = [name for name in forms() if payload == name or payload.startswith(f"{name}/")]
    if not names:
        return None, payload
    name = max(names, key=len)
    return forms()[name], payload[len(name) + 1 :]


def meant(intent: str, text: str) -> Form | None:
    """The form of an intent that a text names, by the longest of its words."""
    named = [(len(word), form) for form in forms_of(intent) for word in form.means if word in text]
    return max(named, key=lambda found: found[0])[1] if named else None


def _form(path: Path) -> Form:
    row = _with_shared("forms", yaml.safe_load(path.read_text(encoding="utf-8")))
    return Form(
        **{
            **row,
            "name": path.relative_to(FOLDER).with_suffix("").as_posix(),
            "entries": tuple(row.get("entries", ())),
            "together": tuple(row.get("together", ())),
            "slots": _slots(row["slots"]),
            "openers": tuple(row.get("openers", ())),
            "bare": tuple(row.get("bare", ())),
            "means": tuple(row.get("means", ())),
            "tells": tuple(row.get("tells", ())),
            "follows": tuple(row.get("follows", ())),
            "confirms": tuple(
                Confirm(key=c["key"], title=c["title"], words=tuple(c["words"]))
                for c in row.get("confirms", ())
            ),
            "notes": tuple(_note(note) for note in row.get("notes", ())),
            "citations": tuple(_citation(cited) for cited in row.get("citations", ())),
        }
    )


@cache
def _shared() -> dict[str, dict[str, dict[str, Any]]]:  # Any: YAML
    document: dict[str, dict[str, dict[str, Any]]]  # Any: YAML
    document = yaml.safe_load(SHARED.read_text(encoding="utf-8"))
    return document


def _with_shared(what: str, row: dict[str, Any]) -> dict[str, Any]:  # Any: YAML
    """The row with what it is ``like``; its own values win, but ``bare`` words are added."""
    base = dict(_shared()[what][row["like"]]) if "like" in row else {}
    own = {key: value for key, value in row.items() if key != "like"}
    bare = [*base.get("bare", ()), *own.get("bare", ())]
    return {**base, **own, **({"bare": bare} if bare else {})}


def _slots(rows: list[dict[str, Any]]) -> tuple[Slot, ...]:  # Any: YAML
    """The slots of a form, each that keeps rows with the slots it names."""
    listed = {row["name"]: row.pop("rows") for row in rows if "rows" in row}
    slots = {slot.name: slot for slot in map(_slot, rows)}
    return tuple(
        replace(slot, columns=tuple(slots[name] for name in listed.get(slot.name, ())))
        for slot in slots.values()
    )


def _slot(row: dict[str, Any]) -> Slot:  # Any: YAML
    row = _with_shared("slots", row)
    return Slot(
        **{
            **row,
            "takes": Takes(row["takes"]),
            "shown": Shown(row.get("shown", Shown.PLAIN)),
            "names": tuple(row.get("names", ())),
            "entities": tuple(row.get("entities", ())),
            "before": tuple(row.get("before", ())),
            "after": tuple(row.get("after", ())),
            "apart": tuple(row.get("apart", ())),
            "unit": Unit(row["unit"]) if "unit" in row else None,
            "when": {n: w if isinstance(w, bool) else tuple(w) for n, w in _when(row).items()},
            "limits": _limits(row.get("limits", {})),
            "citations": tuple(_citation(cited) for cited in row.get("citations", ())),
            "choices": tuple(
                Choice(**{**c, "words": tuple(map(str, c["words"]))})
                for c in row.get("choices", ())
            ),
        }
    )


def _when(row: dict[str, Any]) -> dict[str, Any]:  # Any: YAML
    found: dict[str, Any] = row.get("when", {})  # Any: as above
    return found


def _limits(row: dict[str, Any]) -> Limits:  # Any: YAML
    bounds: tuple[str, ...] = ("least", "most")
    numbers = {name: Decimal(str(row[name])) for name in bounds if name in row}
    listed: dict[str, list[str]] = row.get("ahead", {})
    ahead = {name: tuple(values) for name, values in listed.items()}
    known: dict[str, Any] = {**row, **numbers, "ahead": ahead}  # Any: YAML
    return Limits(**known)


def _note(row: dict[str, Any]) -> Note:  # Any: YAML
    return Note(say=row["say"], words=tuple(row["words"]), citation=_citation(row["citation"]))


def _citation(row: dict[str, Any]) -> Citation:  # Any: YAML
    stands: InForce = True if row.get("in_force") else "attested"
    return Citation(law=row["law"], article=row["article"], quote=row["quote"], in_force=stands)
