"""What a library knows beside answers and articles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from knowledge_base.sidelights import Sidelights
from knowledge_base.statutes import Statute, Statutes
from tests.unit.actions.conftest import entry

ENDS = "本法自2021年1月1日起施行。《旧法》同时废止。"
TEXTS = Statutes(
    [Statute(law="新法", number="第一条", text=ENDS, chapter="", searched=True)],
    on=date(2026, 11, 23),
)
HELD = """
- {title: 一件, source: 某某法院, date: 2026-03-01, topic: legal_labour, text: 十个字以上的一段经过。}
"""


def test_laws_are_known_by_their_names() -> None:
    known = Sidelights(TEXTS, [], clippings=None)

    assert [facts.law for facts in known.law_facts("旧法和新法")] == ["旧法", "新法"]


def test_nothing_imported_is_nothing_told(tmp_path: Path) -> None:
    known = Sidelights(TEXTS, [entry("unpaid", "legal_labour")], clippings=tmp_path / "none.yml")

    assert known.clippings("unpaid") == []
    assert Sidelights(TEXTS, [], clippings=None).clippings("unpaid") == ()


def test_what_was_imported_is_told_of_entries_that_are_told(tmp_path: Path) -> None:
    (tmp_path / "held.yml").write_text(HELD, encoding="utf-8")
    known = Sidelights(TEXTS, [entry("unpaid", "legal_labour")], clippings=tmp_path / "held.yml")

    assert [clipping.title for clipping in known.clippings("unpaid")] == ["一件"]
    assert known.clippings("gone") == ()
