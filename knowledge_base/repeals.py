"""Which laws the texts themselves repeal: 《婚姻法》、《继承法》……同时废止.

Collections of texts keep repealed laws beside living ones and do not say which is which. The
packaged database does, so this is asked about imported texts alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from knowledge_base.corpus import LawVersion, Row
from knowledge_base.notation import notation, short_name
from knowledge_base.regulations import printed_name


def repealed_laws(text: str) -> list[str]:
    """The laws that an article repeals whole, by their printed names.

    《消防条例》第五条同时废止 repeals no law.
    """
    patterns = notation().pattern
    text = text.replace("\n", "")
    return [
        printed_name(short_name(name))
        for chain in patterns["repeal"].finditer(text)
        for name in patterns["named_law"].findall(chain.group())
    ]


def without_repealed(
    versions: Iterable[LawVersion], rows: Mapping[str, Iterable[Row]], on: date
) -> list[LawVersion]:
    """The versions less the imported ones that a later text had repealed by a day."""
    versions = list(versions)
    word = re.compile(notation().database["repeals"])
    repealed: dict[str, date] = {}
    for version in versions:
        if version.starts > on:
            continue
        for row in rows[version.id]:
            for law in repealed_laws(row.text) if word.search(row.text) else ():
                repealed[law] = max(repealed.get(law, date.min), version.published)
    return [
        version
        for version in versions
        if not version.imported or version.published >= repealed.get(version.law, date.min)
    ]
