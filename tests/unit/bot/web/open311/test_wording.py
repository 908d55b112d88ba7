"""Every sentence is there, and used."""

from __future__ import annotations

import re

import yaml

from bot.web.open311.wording import WORDING, sentence
from tests.house.tree import modules, read

CODE = [n for n in modules() if n.startswith(("bot/web/open311/", "cases/open311/"))]


def test_places_are_filled() -> None:
    assert sentence("missing", name="lat") == "缺 lat。"


def test_every_sentence_is_used() -> None:
    code = "\n".join(read(name) for name in CODE)
    keys = yaml.safe_load(WORDING.read_text(encoding="utf-8"))

    assert [key for key in keys if f'"{key}"' not in code] == []


def test_every_fault_has_its_sentence() -> None:
    code = "\n".join(read(name) for name in CODE)
    named = re.findall(r'(?:Fault\(name=|_fault\(|_wrong\(|Unknown\(|sentence\()"(\w+)"', code)
    keys = yaml.safe_load(WORDING.read_text(encoding="utf-8"))

    assert len(named) > 20
    assert set(named) - keys.keys() == set()
