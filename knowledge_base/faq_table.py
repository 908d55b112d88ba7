"""Entries as rows of a table and back: one a row, lists a line each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from knowledge_base.entries import Cited, Draft, Status
from knowledge_base.faq_words import faq_words, fault
from knowledge_base.sheets.cells import lines, read_day
from knowledge_base.sheets.layout import Layout, load_layout
from knowledge_base.sheets.rows import Row, RowFault

LAYOUT = Path(__file__).with_name("faq_table.yml")
LISTS = frozenset({"variants", "hotlines", "related"})
DAYS = frozenset({"checked_on", "valid_from", "valid_to"})
OPTIONAL = frozenset({"time_limit"})
# 《…《…》…》第几条：几个字
CITED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》\s*([^《》：:\s][^《》：:]*)[：:]\s*(.+)")
SEPARATOR = re.compile(r"[、,，;；\n]+")

SHOWN = 40

Fields = dict[str, object]
Read = tuple[object, Sequence[str]]
"""A cell's value and what is wrong with it."""


@cache
def faq_layout() -> Layout:
    """The table's columns."""
    return load_layout(LAYOUT)


def cells_of(draft: Draft) -> Mapping[str, str]:
    """An entry as the texts of its row by column key."""
    return {
        **{key: str(value) for key, value in draft if isinstance(value, str)},
        **{key: "\n".join(getattr(draft, key)) for key in LISTS},
        **{key: str(getattr(draft, key) or "") for key in DAYS},
        "time_limit": draft.time_limit or "",
        "citations": "\n".join(map(_cited_text, draft.citations)),
        "status": faq_words().statuses[draft.status],
    }


def fields_of(row: Row) -> tuple[Fields, Sequence[RowFault]]:
    """A row's cells as an entry's fields, and what cannot be read in them.

    A blank status says nothing; a blank in a column that may be empty says that it is.
    """
    fields: Fields = {}
    faults: list[RowFault] = []
    for key, text in row.cells.items():
        wrong: Sequence[str] = ()
        if key in READERS:
            fields[key], wrong = READERS[key](text)
        elif text.strip() or key == "source":
            fields[key] = _status(text) if key == "status" else text
        elif key in OPTIONAL:
            fields[key] = None
        faults += [row.fault(faq_layout().titles[key], told) for told in wrong]
    return fields, faults


def _cited_text(cited: Cited) -> str:
    return f"《{cited.law}》{cited.article}：{cited.key}"


def _cited(text: str) -> Read:
    found, wrong = [], []
    for line in lines(text):
        match = CITED.fullmatch(line)
        if match is None:
            wrong.append(fault("no_citation", text=line[:SHOWN]))
        else:
            law, article, key = (part.strip() for part in match.groups())
            found.append({"law": law, "article": article, "key": key})
    return found, wrong


def _words(text: str) -> Read:
    return tuple(word.strip() for word in SEPARATOR.split(text) if word.strip()), ()


def _day(text: str) -> Read:
    day = read_day(text)
    blank = not text.strip()
    return day, () if day or blank else (fault("no_day", text=text[:SHOWN]),)


def _status(text: str) -> str:
    """The code of a stage by its name or its code; anything else as it stands, to be refused."""
    codes = {name: code.value for code, name in faq_words().statuses.items()}
    codes |= {code.value: code.value for code in Status}
    return codes.get(text.strip(), text.strip())


READERS: Mapping[str, Callable[[str], Read]] = {
    **dict.fromkeys(DAYS, _day),
    "variants": lambda text: (lines(text), ()),
    "hotlines": _words,
    "related": _words,
    "citations": _cited,
}
