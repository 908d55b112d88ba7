"""A body without an interface: sheets in a folder, one out a night, and whatever came in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import structlog

from bodies.adapters.base import End
from bodies.adapters.sheets import read_sheet, sheet_bytes
from bodies.contract import Parcel, Receipt, Standing
from bodies.errors import PushCode, PushError
from core.clock import SUZHOU, Clock
from knowledge_base.sheets.tables import write_whole
from knowledge_base.sheets.wording import BadTable

OUT, IN = "out", "in"
TAKEN = (".xlsx", ".csv", ".yml")

log = structlog.get_logger(__name__)


class FolderAdapter:
    """``out/`` holds what the body is to fetch, ``in/`` what it put there; we delete neither.

    Each sheet in ``in/`` is read anew, the oldest first: what was taken before changes nothing.
    """

    nightly = True

    def __init__(self, folder: Path, *, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    async def push(self, parcels: Sequence[Parcel]) -> Sequence[End]:
        """Write one sheet with all of them, whole or not at all."""
        name = f"{self._clock().astimezone(SUZHOU):%Y%m%d-%H%M%S}.xlsx"
        try:
            await asyncio.to_thread(self._write, self._free(name), parcels)
        except OSError:
            return [PushError(PushCode.UNREACHABLE)]
        return [Receipt() for _ in parcels]

    async def standing(self) -> Sequence[Standing]:
        """The last word of the sheets about each case; raises ``PushError``."""
        try:
            return await asyncio.to_thread(self._read)
        except (OSError, BadTable) as error:
            log.warning("sheet_unread", folder=self._folder.name, reason=str(error))
            raise PushError(PushCode.ANSWER_UNREADABLE) from error

    def _free(self, name: str) -> Path:
        """A name that no sheet has: what the body has not fetched yet is not written over."""
        path = self._folder / OUT / name
        number = 1
        while path.exists():
            number += 1
            path = path.with_name(f"{Path(name).stem}-{number}.xlsx")
        return path

    def _write(self, path: Path, parcels: Sequence[Parcel]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole({path: sheet_bytes(parcels)})

    def _read(self) -> Sequence[Standing]:
        lines: dict[str, Standing] = {}
        inbox = self._folder / IN
        found = inbox.iterdir() if inbox.is_dir() else ()
        for path in sorted(p for p in found if p.suffix.lower() in TAKEN):
            sheet = read_sheet(path)
            for fault in sheet.faults:
                log.warning("sheet_row", file=path.name, row=fault.row, column=fault.column)
            lines |= {line.reference: line for line in sheet.lines}
        return tuple(lines.values())
