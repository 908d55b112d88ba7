"""An appointment as a calendar file (RFC 5545): one event with an alarm the day before.

Times are UTC, so that no time zone need be described; lines end with CRLF and are folded at 75
octets between characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

PRODUCT = "-//sufatong//appointments//ZH"
FOLD = 75
ALARM = "-P1D"
ESCAPED = re.compile(r"([\\;,])")
# Control characters have no place in a text value; a line break is written as \n.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def to_ics(values: Mapping[str, str], at: datetime) -> bytes:
    """The file; ``values`` are uid, summary, location, description, and start and end as ISO moments.

    ``at`` is when it was made.
    """
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_text(values['uid'])}",
        f"DTSTAMP:{_moment(at)}",
        f"DTSTART:{_moment(datetime.fromisoformat(values['start']))}",
        f"DTEND:{_moment(datetime.fromisoformat(values['end']))}",
        f"SUMMARY:{_text(values['summary'])}",
        f"LOCATION:{_text(values['location'])}",
        f"DESCRIPTION:{_text(values['description'])}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(values['summary'])}",
        f"TRIGGER:{ALARM}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    plain = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return ESCAPED.sub(r"\\\1", plain).replace("\n", r"\n")


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, those after the first begun by a blank."""
    part, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > FOLD:
            yield part
            part, size = " ", 1
        part, size = part + char, size + octets
    yield part
