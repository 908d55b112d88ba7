"""QR codes of links into this server: drawn for a page, or in characters for the terminal."""

from __future__ import annotations

import io

import segno

# Paper gets stained: a seventh of it may be lost.
ERROR = "m"
QUIET_ZONE = 4


def as_svg(link: str) -> bytes:
    """The code as an SVG image, black on white in any colour scheme, of whatever size it is given."""
    drawn = io.BytesIO()
    segno.make(link, error=ERROR, micro=False).save(
        drawn, kind="svg", border=QUIET_ZONE, light="white", xmldecl=False, omitsize=True, nl=False
    )
    return drawn.getvalue()


def as_blocks(link: str) -> str:
    """The code in half blocks, two modules a character high."""
    drawn = io.StringIO()
    segno.make(link, error=ERROR, micro=False).terminal(drawn, border=2, compact=True)
    return drawn.getvalue().rstrip("\n")
