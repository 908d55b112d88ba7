"""A calendar file as RFC 5545 has it: CRLF, folded at 75 octets, text escaped, times in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from documents.calendar_file import FOLD, to_ics

AT = datetime(2026, 11, 30, 2, tzinfo=UTC)
VALUES = {
    "uid": "YY3205082611300000019@sufatong",
    "summary": "派出所驻点律师",
    "location": "姑苏区某派出所，二楼; 左手, 201",
    "description": "YY3205082611300000019\n带上：身份证\\复印件",
    "start": "2026-12-02T09:30:00+08:00",
    "end": "2026-12-02T10:00:00+08:00",
}


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def read_back(content: bytes, name: str) -> str:
    [value] = [line for line in unfolded(content) if line.startswith(f"{name}:")][:1]
    out, rest = "", value.removeprefix(f"{name}:")
    while rest:
        if rest[0] == "\\":
            out, rest = out + ("\n" if rest[1] == "n" else rest[1]), rest[2:]
        else:
            out, rest = out + rest[0], rest[1:]
    return out


def test_the_whole_file() -> None:
    assert unfolded(to_ics(VALUES, AT)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//sufatong//appointments//ZH",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:YY3205082611300000019@sufatong",
        "DTSTAMP:20261130T020000Z",
        "DTSTART:20261202T013000Z",
        "DTEND:20261202T020000Z",
        "SUMMARY:派出所驻点律师",
        "LOCATION:姑苏区某派出所，二楼\\; 左手\\, 201",
        "DESCRIPTION:YY3205082611300000019\\n带上：身份证\\\\复印件",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:派出所驻点律师",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@given(text=st.text(st.characters(codec="utf-8"), max_size=300))
def test_any_text_comes_back_and_no_line_is_too_long(text: str) -> None:
    content = to_ics({**VALUES, "location": text}, AT)

    for line in content.split(b"\r\n"):
        assert len(line) <= FOLD
        line.decode()
    assert b"\r" not in content.replace(b"\r\n", b"")
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in plain if c == "\n" or not (c < " " or c == "\x7f"))
    assert read_back(content, "LOCATION") == kept
