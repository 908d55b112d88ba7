"""The law texts that an installation has imported, one file a version in its data folder."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from knowledge_base.corpus import LawVersion, Row
from knowledge_base.errors import BadData

# Part of every file: raise it when the form changes, and read the older one too.
FORM = 1


class Shelved(StrEnum):
    """What became of a text that was put on the shelf."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class LawText:
    """One version of a law with its articles in order."""

    version: LawVersion
    rows: tuple[Row, ...]


class LawShelf:
    """A folder of imported texts. A version stands on it once, by the law's name and its day."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def texts(self) -> Sequence[LawText]:
        """Every text, by file name; raises ``BadData`` naming a file that is damaged."""
        return [_read(file) for file in sorted(self._folder.glob("*.json"))]

    def put(self, text: LawText) -> Shelved:
        """Write a version whole or not at all; the same text again changes nothing."""
        file = self._folder / f"{shelf_id(text.version.law, text.version.published)}.json"
        content = json.dumps(_as_json(text), ensure_ascii=False, indent=1)
        if file.exists() and file.read_text(encoding="utf-8") == content:
            return Shelved.UNCHANGED
        outcome = Shelved.REPLACED if file.exists() else Shelved.ADDED
        self._folder.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
        with temporary.open("w", encoding="utf-8") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(file)
        return outcome


def shelf_id(law: str, published: date) -> str:
    """The id of a version, which is its file's name: law names are longer than file names may be."""
    digest = hashlib.blake2b(f"{law}\0{published}".encode(), digest_size=8).hexdigest()
    return f"imported-{published}-{digest}"


def _as_json(text: LawText) -> dict[str, Any]:  # Any: JSON
    version = text.version
    return {
        "form": FORM,
        "law": version.law,
        "kind": version.kind,
        "published": version.published.isoformat(),
        "effective": version.effective.isoformat(),
        "status": version.status,
        "articles": [[row.number, row.chapter, row.text] for row in text.rows],
    }


def _read(file: Path) -> LawText:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        version = LawVersion(
            id=file.stem,
            law=str(data["law"]),
            kind=str(data["kind"]),
            published=date.fromisoformat(data["published"]),
            effective=date.fromisoformat(data["effective"]),
            status=str(data["status"]),
            imported=True,
        )
        rows = tuple(
            Row(law_id=file.stem, number=number, chapter=chapter, text=text)
            for number, chapter, text in data["articles"]
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BadData(f"{file}: {error!r}") from error
    return LawText(version=version, rows=rows)
