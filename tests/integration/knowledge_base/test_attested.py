from __future__ import annotations

from pathlib import Path

from knowledge_base.attested import attested
from knowledge_base.regulations import read_regulations
from knowledge_base.statutes import Statutes


def test_every_attested_phrase_stands_in_the_regulations_text(regulations_folder: Path) -> None:
    texts = {regulation.law: regulation for regulation in read_regulations(regulations_folder)}
    wrong = [
        f"{row.law}{row.article} {row.key}"
        for row in attested().rows
        if row.law not in texts or not texts[row.law].holds(row.article, row.key)
    ]
    assert wrong == []


def test_no_attested_law_is_in_the_corpus(statutes: Statutes) -> None:
    assert attested().laws & statutes.laws == set()
