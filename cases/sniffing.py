"""What a file is by its first bytes, whatever it is called; and a name that does no harm."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import NamedTuple

LONGEST_NAME = 60
# Letters, digits and a few marks; everything else, above all what turns the reading direction, goes.
UNFIT = re.compile(r"[^\w .()（）【】\-]+")


class FileType(NamedTuple):
    """A type that is taken: its name on the web, and the ending it gets."""

    mime: str
    ending: str


JPEG = FileType("image/jpeg", ".jpg")
PNG = FileType("image/png", ".png")
WEBP = FileType("image/webp", ".webp")
PDF = FileType("application/pdf", ".pdf")
MP4 = FileType("video/mp4", ".mp4")
PICTURES = frozenset({JPEG, PNG, WEBP})

# Type, where its mark stands, the mark. RIFF and ftyp files have their kind behind it.
MARKS = (
    (JPEG, 0, b"\xff\xd8\xff"),
    (PNG, 0, b"\x89PNG\r\n\x1a\n"),
    (PDF, 0, b"%PDF-"),
    (WEBP, 8, b"WEBP"),
    (MP4, 4, b"ftyp"),
)
BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "}
)


def sniff(content: bytes) -> FileType | None:
    """The type of a file by its content, or None where it is none of those taken."""
    for kind, at, mark in MARKS:
        if content[at : at + len(mark)] == mark and _is_whole(kind, content):
            return kind
    return None


def safe_name(name: str, kind: FileType) -> str:
    """A name to show: no path, no control or direction marks, the ending of what it really is."""
    plain = unicodedata.normalize("NFKC", name.replace("\\", "/"))
    stem = UNFIT.sub("", PurePath(plain).stem).strip(" .")[:LONGEST_NAME]
    return f"{stem or 'file'}{kind.ending}"


def _is_whole(kind: FileType, content: bytes) -> bool:
    if kind is WEBP:
        return content[:4] == b"RIFF"
    if kind is MP4:
        return content[8:12] in BRANDS
    return True
