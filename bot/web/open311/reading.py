"""Reads an update that another system sends."""

from __future__ import annotations

import re
from datetime import datetime

from bot.web.open311.asking import Parameters
from cases.open311.errors import BadRequest, Fault
from cases.open311.moments import read_moment
from cases.open311.offers import LONGEST_TEXT
from cases.open311.plain import has_html, plain
from cases.open311.updates import STATUSES, Sent

NEEDED = ("update_id", "service_request_id", "status", "updated_datetime", "description")
_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)


def read_update(asked: Parameters, now: datetime) -> Sent:
    """The update; raises ``BadRequest`` with everything that is wrong."""
    values = {name: asked.one(name) for name in NEEDED}
    faults = [Fault(name="missing", values={"name": n}) for n, text in values.items() if not text]
    text, status = plain(values["description"]), values["status"].lower()
    if values["update_id"] and not _ID.fullmatch(values["update_id"]):
        faults.append(Fault(name="bad_id", values={"name": "update_id"}))
    if status and status not in STATUSES:
        faults.append(Fault(name="bad_update_status"))
    if values["updated_datetime"] and read_moment(values["updated_datetime"]) is None:
        faults.append(Fault(name="not_a_moment", values={"name": "updated_datetime"}))
    if len(text) > LONGEST_TEXT:
        faults.append(Fault(name="too_long", values={"name": "description", "most": LONGEST_TEXT}))
    elif has_html(text):
        faults.append(Fault(name="html", values={"name": "description"}))
    if faults:
        raise BadRequest(*faults)
    return Sent(
        update_id=values["update_id"],
        reference=values["service_request_id"],
        status=status,
        text=text,
        at=now,
    )
