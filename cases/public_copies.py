"""Copies of citizens' pictures that can be shown to everybody."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from cases.errors import FileGone

# Enough to see a blocked stairway; nobody's face from across the street.
SIDE = 1600
MOST_PIXELS = 60_000_000
QUALITY = 82


def bare_copy(content: bytes) -> bytes:
    """The picture as JPEG: upright, at most ``SIDE`` pixels a side, without what phones write into it.

    Place, time, telephone and preview stand in a photo's metadata; only the pixels are drawn anew.
    Raises ``FileGone`` for what cannot be drawn, or only at the cost of too much memory.
    """
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise FileGone
            opened.draft("RGB", (SIDE, SIDE))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((SIDE, SIDE))
            return _as_jpeg(upright)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise FileGone from error


def _as_jpeg(picture: Image.Image) -> bytes:
    """Drawn onto white, so that nothing but pixels goes along."""
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    drawn = io.BytesIO()
    paper.save(drawn, "JPEG", quality=QUALITY, optimize=True)
    return drawn.getvalue()
