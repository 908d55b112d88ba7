"""The Chinese font of the PDFs: it comes with a library and is embedded, so any reader shows it.

The built-in CID fonts of PDF need no file, but leave the glyphs to the reader, which many phones
and printers do not have, and garble whatever follows a character beyond the basic plane.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PACKAGE = "paperang_p2_fonts_cjk"
FILE = "fonts/wqy-microhei.ttc"
NAME = "SufatongHei"
# Printers' sign for a character that is not in the case.
MISSING = "〓"


@cache
def known() -> frozenset[int]:
    """The code points that the font has a shape for; registers it on first use."""
    font = TTFont(NAME, str(files(PACKAGE) / FILE), subfontIndex=0)
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


def printable(text: str) -> str:
    """The text with ``MISSING`` for each character the font has no shape for."""
    shapes = known()
    return "".join(c if ord(c) in shapes else MISSING for c in text)
