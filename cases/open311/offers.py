"""What may be filed over Open311: a service a kind of case, as ``offers.yml`` has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml
from pydantic import TypeAdapter

from cases.districts import districts
from cases.kinds.catalogue import machine_of, machines
from cases.kinds.machine import Machine

OFFERS = Path(__file__).with_name("offers.yml")
LONGEST_TEXT = 4000
DISTRICT, SORT = "district", "sort"


class Answers(StrEnum):
    """What a filing is answered with: the reference, a token that stands for it, or neither."""

    REALTIME = "realtime"
    BATCH = "batch"
    BLACKBOX = "blackbox"


class Datatype(StrEnum):
    """What an attribute takes, in GeoReport's words."""

    STRING = "string"
    NUMBER = "number"
    DATETIME = "datetime"
    TEXT = "text"
    SINGLE = "singlevaluelist"
    MULTI = "multivaluelist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A question of a service; ``values`` is the list to choose from, by key.

    One that is not ``variable`` is only shown. ``most`` is its length in characters; what is of
    the ``person`` is kept with the name.
    """

    code: str
    datatype: Datatype
    description: str
    datatype_description: str = ""
    variable: bool = True
    required: bool = False
    values: Mapping[str, str] | str = field(default_factory=dict)
    most: int = LONGEST_TEXT
    person: bool = False

    @property
    def choices(self) -> Mapping[str, str]:
        """The list to choose from; empty where there is none."""
        return {} if isinstance(self.values, str) else self.values


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A service: which kind of case it opens, what it asks and what it answers with."""

    code: str
    kind: str
    answers: Answers
    name: str
    group: str
    keywords: tuple[str, ...]
    description: str
    notice: str
    sub_kind: str
    described: bool
    located: bool
    statuses: Mapping[str, str]
    attributes: tuple[Attribute, ...]

    @property
    def public(self) -> bool:
        """Whether its cases may be listed."""
        return self.answers is Answers.REALTIME and machine_of(self.kind).public


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Everything on offer, since when, and what is told of what is not."""

    changeset: datetime
    offers: tuple[Offer, ...]
    refused: Mapping[str, str]

    def by_code(self, code: str) -> Offer | None:
        """The service of that code."""
        return next((offer for offer in self.offers if offer.code == code), None)

    def by_kind(self, kind: str) -> Offer | None:
        """The service that opens cases of that kind."""
        return next((offer for offer in self.offers if offer.kind == kind), None)

    @property
    def public(self) -> tuple[Offer, ...]:
        """The services whose cases may be listed."""
        return tuple(offer for offer in self.offers if offer.public)


@cache
def catalogue() -> Catalogue:
    """What this installation offers: of the packaged services those whose kind is handled here."""
    raw = yaml.safe_load(OFFERS.read_text(encoding="utf-8"))
    written = TypeAdapter(Catalogue).validate_python(raw)
    handled = {machine.kind: machine for machine in machines()}
    offers = (offer for offer in written.offers if offer.kind in handled)
    return replace(written, offers=tuple(complete(offer, handled[offer.kind]) for offer in offers))


def complete(offer: Offer, machine: Machine) -> Offer:
    """The service with its named lists filled in; raises ``ValueError`` where it does not fit.

    A state without a status would break the answer to whoever asks for that case.
    """
    lists = {"districts": districts(), "sub_kinds": machine.sub_kind_labels}
    attributes = tuple(
        replace(a, values=MappingProxyType(dict(lists[a.values])))
        if isinstance(a.values, str)
        else a
        for a in offer.attributes
    )
    seen = offer.answers is not Answers.BLACKBOX
    if seen and offer.statuses.keys() != machine.state_labels.keys():
        raise ValueError(f"{offer.code}: a status for each state and no other")
    codes = {a.code for a in attributes}
    if DISTRICT not in codes or (SORT in codes) == bool(offer.sub_kind):
        raise ValueError(f"{offer.code}: it asks the district, and the sort unless that is set")
    return replace(offer, attributes=attributes)
