from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import segno

from bot.qr import ERROR, QUIET_ZONE, as_blocks, as_svg

LINK = "https://sufatong.example/t/XF3205082610120001236"
# What an SVG of one path draws with: go to, line to the right, from here.
STROKES = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")


def drawn(svg: bytes) -> set[tuple[int, int]]:
    """The dark modules, column and row, as the path in the image has them."""
    path = ET.fromstring(svg).findall("{http://www.w3.org/2000/svg}path")[-1]
    x, y, dark = 0.0, 0.0, set()
    for command, first, second in STROKES.findall(path.attrib["d"]):
        if command == "M":
            x, y = float(first), float(second)
        elif command == "m":
            x, y = x + float(first), y + float(second)
        else:
            dark |= {(int(x) + step, int(y)) for step in range(int(float(first)))}
            x += float(first)
    return {(column - QUIET_ZONE, row - QUIET_ZONE) for column, row in dark}


def test_the_image_shows_this_very_link() -> None:
    rows = segno.make(LINK, error=ERROR, micro=False).matrix

    assert drawn(as_svg(LINK)) == {
        (x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module
    }
    assert as_svg(LINK) != as_svg(LINK[:-1])


def test_the_image_takes_any_size_and_is_white_behind() -> None:
    root = ET.fromstring(as_svg(LINK))

    assert "viewBox" in root.attrib
    assert {"width", "height"} & root.attrib.keys() == set()
    assert b'fill="#fff"' in as_svg(LINK)


def test_the_terminal_draws_two_modules_a_character() -> None:
    side = segno.make(LINK, error=ERROR, micro=False).symbol_size(border=2)[1]

    lines = as_blocks(LINK).splitlines()

    assert len(lines) == (side + 1) // 2
    assert as_blocks(LINK) != as_blocks(LINK[:-1])
