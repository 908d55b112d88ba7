"""What is answered, as GeoReport names it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from bot.web.hazards import picture_path
from bot.web.open311.formats import MIMES, Body, Value
from bot.web.open311.wording import sentence
from cases.open311.intake import Filed
from cases.open311.moments import written
from cases.open311.offers import DISTRICT, SORT, Attribute, Catalogue, Offer
from cases.open311.updates import Update
from cases.open311.views import Shown
from core.clock import SUZHOU

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
OPEN, CLOSED = "open", "closed"
END_OF_DAY = time(23, 59, 59)


def discovery(on_offer: Catalogue, *, url: str, contact: str, live: bool) -> Body:
    """Where this endpoint is and what it speaks; ``live`` unless demo data is in it."""
    changeset = written(on_offer.changeset)
    endpoint: dict[str, Value] = {
        "specification": SPECIFICATION,
        "url": url,
        "changeset": changeset,
        "type": "production" if live else "test",
        "formats": list(MIMES.values()),
    }
    value: dict[str, Value] = {
        "changeset": changeset,
        "contact": contact or sentence("contact"),
        "key_service": sentence("key_service"),
        "endpoints": [endpoint],
    }
    return Body(root="discovery", value=value)


def services(offers: Iterable[Offer]) -> Body:
    """The list of services."""
    return Body(root="services", value=[_service(offer) for offer in offers])


def definition(offer: Offer) -> Body:
    """The questions of a service."""
    asked = [_attribute(a, order) for order, a in enumerate(offer.attributes, start=1)]
    value: dict[str, Value] = {"service_code": offer.code, "attributes": asked}
    return Body(root="service_definition", value=value)


def filed(filed_as: Filed, *, account_id: str, extended: bool) -> Body:
    """The answer to a report: its number, or a token, or neither."""
    request: dict[str, Value] = {
        name: value
        for name, value in (
            ("service_request_id", filed_as.reference),
            ("token", filed_as.token),
        )
        if value
    }
    request |= {"service_notice": filed_as.notice, "account_id": account_id or None}
    if extended and filed_as.code:
        request["extended_attributes"] = {"query_code": filed_as.code}
    return Body(root="service_requests", value=[request])


def resolved(token: str, reference: str) -> Body:
    """The number a token stands for; empty while there is none."""
    return Body(root="service_requests", value=[{"service_request_id": reference, "token": token}])


def requests(cases: Iterable[Shown], *, site: str, extended: bool) -> Body:
    """Cases as requests; always a list, of one too. ``site`` is where addresses of pages begin."""
    told = [
        _request(case, pictures := _pictures(case, site))
        | (_extensions(case, pictures) if extended else {})
        for case in cases
    ]
    return Body(root="service_requests", value=told)


def updates(found: Iterable[Update]) -> Body:
    """Updates with the status each led to."""
    return Body(root="service_request_updates", value=[_update(update) for update in found])


def taken(update_id: str) -> Body:
    """The answer to an update that was sent here."""
    return Body(root="service_request_updates", value=[{"update_id": update_id}])


def errors(status: int, descriptions: Sequence[str]) -> Body:
    """All that is wrong, each with the status."""
    listed: list[Value] = [{"code": status, "description": text} for text in descriptions]
    return Body(root="errors", value=listed)


def _service(offer: Offer) -> Value:
    return {
        "service_code": offer.code,
        "service_name": offer.name,
        "description": offer.description,
        "metadata": bool(offer.attributes),
        "type": offer.answers.value,
        "keywords": ",".join(offer.keywords),
        "group": offer.group,
    }


def _attribute(attribute: Attribute, order: int) -> Value:
    asked: dict[str, Value] = {
        "variable": attribute.variable,
        "code": attribute.code,
        "datatype": attribute.datatype.value,
        "required": attribute.required,
        "datatype_description": attribute.datatype_description or None,
        "order": order,
        "description": attribute.description,
    }
    if attribute.choices:
        asked["values"] = [{"key": k, "name": name} for k, name in attribute.choices.items()]
    return asked


def _pictures(case: Shown, site: str) -> list[Value]:
    return [f"{site}{picture_path(case.reference, picture)}" for picture in case.pictures]


def _request(case: Shown, pictures: Sequence[Value]) -> dict[str, Value]:
    return {
        "service_request_id": case.reference,
        "status": CLOSED if case.closed else OPEN,
        "status_notes": case.state_label,
        "service_name": case.offer.name,
        "service_code": case.offer.code,
        "description": case.description,
        "agency_responsible": case.agency,
        "service_notice": None,
        "requested_datetime": written(case.requested_at),
        "updated_datetime": written(max(case.updated_at, case.requested_at)),
        "expected_datetime": _expected(case),
        "address": case.place or None,
        "address_id": None,
        "zipcode": None,
        "lat": case.latitude,
        "long": case.longitude,
        "media_url": pictures[0] if pictures else None,
    }


def _extensions(case: Shown, pictures: list[Value]) -> dict[str, Value]:
    labels = {a.code: a.description for a in case.offer.attributes}
    attributes: list[Value] = [
        {"label": labels[name], "name": name, "code": code, "value": value}
        for name, code, value in (
            (SORT, case.sub_kind, case.sub_kind_label),
            (DISTRICT, case.district, case.district_label),
        )
        if name in labels
    ]
    notes: list[Value] = [
        {"datetime": written(note.at), "description": note.text, "type": note.step}
        for note in case.notes
    ]
    return {
        "attributes": attributes,
        "extended_attributes": {"state": case.state, "supervision": case.supervision},
        "media_urls": pictures,
        "notes": notes,
    }


def _expected(case: Shown) -> str | None:
    if case.expected_on is None:
        return None
    return written(datetime.combine(case.expected_on, END_OF_DAY, SUZHOU))


def _update(update: Update) -> Value:
    return {
        "update_id": update.id,
        "service_request_id": update.reference,
        "status": update.status,
        "updated_datetime": written(update.note.at),
        "description": update.note.text,
        "media_url": "",
        "external_status_code": update.note.step,
    }
