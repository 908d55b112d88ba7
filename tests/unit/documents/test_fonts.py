"""The font that is embedded has what Chinese documents need."""

from __future__ import annotations

from documents.fonts import MISSING, known, printable
from documents.templates import layouts, wording


def test_every_word_of_the_catalogue_has_its_shape() -> None:
    texts = [wording().notice, wording().missing, wording().page]
    for layout in layouts().values():
        texts += [layout.title, *(block.text.template for block in layout.blocks)]
        texts += [text for meant in layout.choices.values() for text in meant.values()]
    needed = {ord(char) for text in texts for char in text if char != "\n"}

    assert {chr(code) for code in needed - known()} == set()


def test_common_characters_are_all_there() -> None:
    common = {bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xF8)
              for low in range(0xA1, 0xFF) if (high, low) < (0xD7, 0xFA) or high > 0xD7}  # fmt: skip

    assert {char for char in common if ord(char) not in known()} == set()


def test_a_character_without_a_shape_is_shown_as_missing() -> None:
    assert ord(MISSING) in known()
    assert printable("冯䶮，𠮷") == f"冯{MISSING}，{MISSING}"
