"""Reads what another system posts into a report that can be filed, or says all that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cases.open311.answers import Answered, read_answers
from cases.open311.errors import BadRequest, Fault
from cases.open311.offers import DISTRICT, LONGEST_TEXT, SORT, Answers, Offer
from cases.open311.plain import has_html, plain
from cases.orders import Place

Fields = Mapping[str, Sequence[str]]
"""What was posted, by name; blank values are left out."""

AreaIn = Callable[[str], str | None]
"""Finds the key of the district that an address names."""

# Suzhou with its waters, in degrees (WGS 84); whoever is outside meant another city.
LATITUDES, LONGITUDES = (30.7, 32.1), (119.9, 121.4)
LONGEST = {
    "address_string": 200, "address_id": 64, "media_url": 2000, "email": 120, "phone": 40,
    "first_name": 60, "last_name": 60,
}  # fmt: skip
NOWHERE = Place()
_DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d{0,15})?", re.ASCII)
# A person will look at it and may follow it: nothing that hides where it leads.
_LINK = re.compile(r"https?://[a-z0-9.:\[\]-]+(?:[/?#][!#-;=?-~]*)?", re.IGNORECASE | re.ASCII)
_CLIENT_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)
_LATIN = re.compile(r"[\x20-\u024f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is filed: checked, in the words of cases. ``client_id`` is the sender's name of it."""

    district: str
    sub_kind: str
    description: str = ""
    place: Place = NOWHERE
    person: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    client_id: str | None = None


def read_report(offer: Offer, fields: Fields, area_in: AreaIn) -> Report:
    """The report that these fields make; raises ``BadRequest`` with everything that is wrong."""
    reading = _Reading(fields=fields)
    description = reading.description(offer)
    place = reading.place(required=offer.located)
    area = area_in(place.words) if place.words else None
    answers = read_answers(offer, fields, {DISTRICT: area} if area else {})
    person = reading.person() | answers.of_person
    media = reading.link("media_url")
    client_id = reading.client_id()
    if faults := (*reading.faults, *answers.faults):
        raise BadRequest(*faults)
    return Report(
        district=answers.chosen[DISTRICT],
        sub_kind=offer.sub_kind or answers.chosen[SORT],
        description=description,
        place=place,
        # Who gives a clue is nobody's business, whatever the sending system thinks.
        person={} if offer.answers is Answers.BLACKBOX else person,
        details=_details(answers, address_id=reading.text("address_id"), media_url=media),
        client_id=client_id,
    )


def _details(answers: Answered, **more: str) -> dict[str, str]:
    return answers.details | {name: value for name, value in more.items() if value}


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One reading of the fixed fields, with the faults found on the way."""

    fields: Fields
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A field on one line or more; a fault where it is too long."""
        value = plain(next(iter(self.fields.get(name, ())), "")).strip()
        if len(value) > LONGEST[name]:
            self._wrong("too_long", name=name, most=LONGEST[name])
        return value

    def description(self, offer: Offer) -> str:
        text = plain(next(iter(self.fields.get("description", ())), ""))
        if len(text) > LONGEST_TEXT:
            self._wrong("too_long", name="description", most=LONGEST_TEXT)
        elif has_html(text):
            self._wrong("html", name="description")
        elif offer.described and not text.strip():
            self._wrong("missing", name="description")
        return text.strip()

    def place(self, *, required: bool) -> Place:
        """Where it is; raises nothing, a wrong half of it is a fault."""
        words, known = self.text("address_string"), bool(self.text("address_id"))
        given = [name for name in ("lat", "long") if self.fields.get(name)]
        if len(given) == 1:
            self._wrong("half_a_point")
        elif not given and not words and not known and required:
            self._wrong("nowhere")
        latitude = longitude = None
        if len(given) == 2:  # noqa: PLR2004  # both
            latitude, longitude = (self._degrees(name) for name in given)
            if latitude is not None and longitude is not None and not _in(latitude, longitude):
                self._wrong("not_suzhou")
        return Place(words=words, latitude=latitude, longitude=longitude)

    def person(self) -> dict[str, str]:
        """Who it is, by the names that chat uses: who, phone, and email."""
        told = {
            "who": _name(self.text("last_name"), self.text("first_name")),
            "phone": self.text("phone"),
            "email": self.text("email"),
        }
        return {name: value for name, value in told.items() if value}

    def link(self, name: str) -> str:
        value = self.text(name)
        if value and not _LINK.fullmatch(value):
            self._wrong("not_a_link", name=name)
        return value

    def client_id(self) -> str | None:
        value = next(iter(self.fields.get("client_id", ())), None)
        if value is not None and not _CLIENT_ID.fullmatch(value):
            self._wrong("bad_id", name="client_id")
        return value

    def _degrees(self, name: str) -> float | None:
        value = self.fields[name][0].strip()
        if _DEGREES.fullmatch(value):
            return float(value)
        self._wrong("not_a_number", name=name)
        return None

    def _wrong(self, fault: str, **values: object) -> None:
        self.faults.append(Fault(name=fault, values=values))


def _in(latitude: float, longitude: float) -> bool:
    (south, north), (west, east) = LATITUDES, LONGITUDES
    return south <= latitude <= north and west <= longitude <= east


def _name(last: str, first: str) -> str:
    """A Chinese name has its family name first and no blank within."""
    if last and first and _LATIN.fullmatch(last + first):
        return f"{first} {last}"
    return last + first
