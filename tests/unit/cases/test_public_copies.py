"""Pictures for everybody: upright, not too large, and nothing in them but what can be seen."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from cases.errors import FileGone
from cases.public_copies import SIDE, bare_copy

SECRETS = (b"SECRET-PHONE", b"SECRET-COMMENT")
ROTATED = 6  # to be turned by a quarter to stand upright
RED, BLUE = (200, 20, 20), (20, 20, 200)


def photo(as_format: str, *, size: tuple[int, int] = (400, 300), mode: str = "RGB") -> bytes:
    """Red on its left, blue on its right, with what a telephone writes into it."""
    picture = Image.new(mode, size, RED if mode == "RGB" else (*RED, 255))
    half = (size[0] // 2, 0, size[0], size[1])
    picture.paste(BLUE if mode == "RGB" else (*BLUE, 0), half)
    exif = Image.Exif()
    exif[0x0110] = SECRETS[0].decode()
    exif[0x0112] = ROTATED
    drawn = io.BytesIO()
    more = {"comment": SECRETS[1]} if as_format == "JPEG" else {}
    picture.save(drawn, as_format, exif=exif, **more)
    return drawn.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("as_format", ["JPEG", "PNG", "WEBP"])
def test_what_the_telephone_wrote_is_gone_and_the_picture_stands_upright(as_format: str) -> None:
    content = photo(as_format)
    assert SECRETS[0] in content

    copy = bare_copy(content)

    assert not any(secret in copy for secret in SECRETS)
    seen = opened(copy)
    assert (seen.format, seen.size, dict(seen.getexif())) == ("JPEG", (300, 400), {})
    # Turned clockwise, the left is on top.
    top, bottom = seen.getpixel((150, 20)), seen.getpixel((150, 380))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 150 > top[2]
    assert bottom[2] > 150 > bottom[0]


def test_a_large_picture_is_made_smaller() -> None:
    assert max(opened(bare_copy(photo("JPEG", size=(4000, 3000)))).size) == SIDE
    assert max(opened(bare_copy(photo("PNG", size=(2000, 100)))).size) == SIDE


def test_what_could_be_seen_through_is_white() -> None:
    pixel = opened(bare_copy(photo("PNG", mode="RGBA"))).getpixel((150, 380))

    assert pixel == (255, 255, 255)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\xff\xd8\xff", photo("PNG")[:60]])
def test_what_cannot_be_drawn_is_refused(content: bytes) -> None:
    with pytest.raises(FileGone):
        bare_copy(content)


def test_what_would_take_all_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.public_copies.MOST_PIXELS", 400 * 300 - 1)
    with pytest.raises(FileGone):
        bare_copy(photo("JPEG"))
