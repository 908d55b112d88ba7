"""Reads ``attribute[code]`` fields against the questions of a service."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cases.open311.errors import Fault
from cases.open311.moments import read_moment, written
from cases.open311.offers import DISTRICT, SORT, Attribute, Datatype, Offer
from cases.open311.plain import plain

_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,6})?", re.ASCII)
BETWEEN = "、"


@dataclass(slots=True, kw_only=True)
class Answered:
    """What was answered: the two choices every case needs, the rest by code, and what is wrong."""

    chosen: dict[str, str] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    of_person: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_answers(
    offer: Offer, fields: Mapping[str, Sequence[str]], known: Mapping[str, str]
) -> Answered:
    """Read the answers to a service's questions; others are ignored.

    ``known`` answers what was not answered, by code.
    """
    told = Answered()
    for attribute in offer.attributes:
        if not attribute.variable:
            continue
        given = _given(attribute.code, fields) or _as_given(known.get(attribute.code))
        if not given:
            if attribute.required:
                told.faults.append(Fault(name="missing", values={"name": _field(attribute)}))
            continue
        value = _read(attribute, given)
        if isinstance(value, Fault):
            told.faults.append(value)
        else:
            _put(told, attribute, value)
    return told


def _put(told: Answered, attribute: Attribute, value: str) -> None:
    if attribute.code in {DISTRICT, SORT}:
        told.chosen[attribute.code] = value
        told.details[attribute.code] = value
    elif attribute.person:
        told.of_person[attribute.code] = value
    else:
        told.details[attribute.code] = value


def _given(code: str, fields: Mapping[str, Sequence[str]]) -> list[str]:
    """The values of ``attribute[code]`` and ``attribute[code][]``, each once, in their order."""
    values = [*fields.get(f"attribute[{code}]", ()), *fields.get(f"attribute[{code}][]", ())]
    return list(dict.fromkeys(plain(value).strip() for value in values if plain(value).strip()))


def _as_given(value: str | None) -> list[str]:
    return [] if value is None else [value]


def _read(attribute: Attribute, given: Sequence[str]) -> str | Fault:
    """The value as it is kept, or what is wrong with it."""
    name = _field(attribute)
    if len(given) > 1 and attribute.datatype is not Datatype.MULTI:
        return Fault(name="one_only", values={"name": name})
    match attribute.datatype:
        case Datatype.SINGLE | Datatype.MULTI:
            return _chosen(attribute, given)
        case Datatype.NUMBER:
            return given[0] if _NUMBER.fullmatch(given[0]) else _fault("not_a_number", name)
        case Datatype.DATETIME:
            moment = read_moment(given[0])
            return _fault("not_a_moment", name) if moment is None else written(moment)
        case _ if len(given[0]) > attribute.most:
            return Fault(name="too_long", values={"name": name, "most": attribute.most})
        case _:
            return given[0]


def _chosen(attribute: Attribute, given: Sequence[str]) -> str | Fault:
    choices = attribute.choices
    if not set(given) <= choices.keys():
        listed = BETWEEN.join(choices)
        return Fault(name="not_listed", values={"name": _field(attribute), "choices": listed})
    if attribute.datatype is Datatype.SINGLE:
        return given[0]
    # Staff read the names.
    return BETWEEN.join(choices[key] for key in given)


def _field(attribute: Attribute) -> str:
    return f"attribute[{attribute.code}]"


def _fault(name: str, field_name: str) -> Fault:
    return Fault(name=name, values={"name": field_name})
