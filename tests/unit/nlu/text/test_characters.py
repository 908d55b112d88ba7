"""A text made plain is as long as before, and every traditional character in use is known."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from nlu.text.characters import FILE, plain

HAN = re.compile("[\u4e00-\u9fff]")
# They see a text as it was typed.
OTHERS = [FILE.with_name(f"{name}.py") for name in ("homophones", "language", "normalise")]


@given(st.text())
def test_places_stay_where_they_are(text: str) -> None:
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("３．５萬", "3.5万"),
        ("兩千塊", "两千块"),
        ("ＸＦ１", "XF1"),
        ("￥３，０００：", "¥3，000:"),
        ("二○二三—二〇二四", "二〇二三-二〇二四"),
        ("崑山　蘇州", "昆山 苏州"),
    ],
)
def test_examples(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_the_table_knows_the_traditional_form_of_every_character_in_use() -> None:
    every = [chr(code) for code in range(0x4E00, 0xA000)]
    simplified = OpenCC("t2s").convert("\n".join(every)).split("\n")
    files = {*FILE.parent.glob("*.py"), *FILE.parent.glob("*.json")} - {FILE, *OTHERS}
    used = set(HAN.findall("".join(f.read_text(encoding="utf-8") for f in files)))
    expected: dict[str, str] = {}
    for character, spelt in zip(every, simplified, strict=True):
        if spelt != character and spelt in used:
            expected[spelt] = expected.get(spelt, "") + character

    assert json.loads(FILE.read_text(encoding="utf-8")) == expected
