"""Every entry as a table, the same bytes for the same entries."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from knowledge_base.entries import FOLDER, Draft, load_drafts
from knowledge_base.faq_files import Placed
from knowledge_base.faq_table import cells_of, faq_layout, fields_of
from knowledge_base.faq_words import refused
from knowledge_base.faq_yaml import entries_yaml
from knowledge_base.sheets.rows import Row
from knowledge_base.sheets.wording import refused as unreadable
from knowledge_base.sheets.xlsx_writing import workbook_bytes


def export(path: Path, *, folder: Path = FOLDER, template: bool = False) -> bytes:
    """Every entry, by intent and id, as the kind of file that the name asks for.

    The same entries give the same bytes. A ``template`` has headings and no entry. Raises
    ``BadData`` for another kind of file, and for an entry that would not come back as it is.
    """
    drafts = [] if template else [draft for _, draft in sound_drafts(folder)]
    drafts.sort(key=lambda draft: (draft.intent, draft.id))
    match path.suffix.lower():
        case ".yml" | ".yaml":
            return entries_yaml(drafts).encode()
        case ".xlsx":
            return workbook_bytes(faq_layout(), [_exact(draft) for draft in drafts])
        case _:
            raise unreadable("file_format", name=path.name, more="")


def _exact(draft: Draft) -> Mapping[str, str]:
    """An entry's cells, if they are read back as this very entry."""
    cells = cells_of(draft)
    fields, _ = fields_of(Row(sheet="", number=0, cells=cells))
    if Draft.model_validate(fields) != draft:
        raise refused("entry_not_exact", entry=draft.id)
    return cells


def sound_drafts(folder: Path) -> Placed:
    """The folder's entries; raises ``BadData`` if any cannot be read, or is there twice."""
    loaded = load_drafts(folder)
    count = len(loaded.faults) + len(loaded.drafts) - len(loaded.entries)
    if count:
        raise refused("folder_faulty", count=count)
    return loaded.drafts
