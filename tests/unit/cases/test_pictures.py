"""Pictures keep their size and looks, and nothing of what was written into them."""

from __future__ import annotations

import contextlib
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps

from cases.errors import FileRefused
from cases.pictures import MOST_PIXELS, cleaned
from cases.sniffing import JPEG, PNG, WEBP, FileType, sniff
from tests.pictures import SECRET, looks_like, photo, saved, scene, telling

STEEP = 24
FORMS = {"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP}
# What Pillow tells of a file without notes: the density of a JPEG, how a WebP would move.
HARMLESS = {
    *("jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"),
    *("background", "timestamp", "loop", "duration", "adobe", "adobe_transform"),
}


def reopened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("form", FORMS)
def test_what_the_camera_wrote_is_gone(form: str) -> None:
    told = photo(form)
    assert SECRET.encode() in told or form == "PNG"

    clean = cleaned(told, FORMS[form])

    image = reopened(clean)
    assert sniff(clean) == FORMS[form]
    assert dict(image.getexif()) == {}
    assert {"exif", "icc_profile", "comment", "xmp"} & image.info.keys() == set()
    assert not any(word in clean for word in (SECRET.encode(), b"SecretPhone", b"Exif", b"sRGB"))
    assert looks_like(image, scene()) < 3


@given(
    form=st.sampled_from(sorted(FORMS)),
    mode=st.sampled_from(["RGB", "L", "RGBA", "P", "1", "CMYK", "LA"]),
    size=st.tuples(st.integers(1, 50), st.integers(1, 50)),
    turned=st.integers(1, 8),
)
@settings(max_examples=40)
def test_every_picture_keeps_its_size_and_looks(
    form: str, mode: str, size: tuple[int, int], turned: int
) -> None:
    mode = _writable(form, mode)
    image = scene(*size, mode=mode)
    told = saved(image, form, exif=telling(image, turned=turned), comment=SECRET.encode())
    expected = ImageOps.exif_transpose(reopened(told))

    clean = reopened(cleaned(told, FORMS[form]))

    assert clean.size == expected.size
    assert clean.info.keys() - HARMLESS - {"transparency"} == set()
    assert dict(clean.getexif()) == {}
    # Of a few steep points a JPEG tells less each time it is written.
    assert min(size) < STEEP or looks_like(clean, expected) < 6


def test_colours_are_turned_to_srgb_and_not_only_the_note_dropped() -> None:
    """In a profile whose red is blue, a red picture is seen as a blue one."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"....").replace(b"bXYZ", b"rXYZ").replace(b"....", b"bXYZ")
    red = Image.new("RGB", (8, 8), (255, 0, 0))

    blue = reopened(cleaned(saved(red, "PNG", icc_profile=swapped), PNG))

    assert looks_like(blue, Image.new("RGB", (8, 8), (0, 0, 255))) < 2


def test_a_profile_in_disorder_says_nothing_about_the_picture() -> None:
    told = saved(scene(), "PNG", icc_profile=b"\0" * 200)

    assert looks_like(reopened(cleaned(told, PNG)), scene()) == 0


def test_transparency_is_of_the_look() -> None:
    image = scene(mode="P")
    told = saved(image, "PNG", transparency=3)

    assert reopened(cleaned(told, PNG)).info["transparency"] == 3


def test_the_first_frame_of_a_moving_picture_is_kept() -> None:
    told = saved(scene(), "WEBP", save_all=True, append_images=[scene(mode="L")], lossless=True)

    clean = reopened(cleaned(told, WEBP))

    assert getattr(clean, "n_frames", 1) == 1
    assert looks_like(clean, scene()) == 0


@pytest.mark.parametrize("form", FORMS)
def test_what_does_not_decode_is_refused(form: str) -> None:
    whole = photo(form)
    for bad in (whole[: len(whole) // 2], whole[:12] + b"\0" * 200):
        with pytest.raises(FileRefused) as refused:
            cleaned(bad, FORMS[form])
        assert refused.value.why == "broken"


@given(at=st.integers(2, 2000), byte=st.integers(0, 255), form=st.sampled_from(sorted(FORMS)))
@settings(max_examples=40)
def test_any_damage_is_refused_or_harmless(at: int, byte: int, form: str) -> None:
    whole = bytearray(photo(form))
    whole[at % len(whole)] = byte
    with contextlib.suppress(FileRefused):
        assert SECRET.encode() not in cleaned(bytes(whole), FORMS[form])


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    for side in (8000, 12_000, 60_000):
        with pytest.raises(FileRefused) as refused:
            cleaned(_huge(side), PNG)
        assert refused.value.why == "too_large"
    assert MOST_PIXELS < 8000**2


def test_what_hangs_behind_the_picture_is_gone() -> None:
    assert b"PK\x03\x04" not in cleaned(photo() + b"PK\x03\x04 a whole archive", JPEG)


def test_only_the_decoder_of_its_kind_looks_at_it() -> None:
    with pytest.raises(FileRefused):
        cleaned(photo("PNG"), FileType(*JPEG))


def _writable(form: str, mode: str) -> str:
    allowed = {
        "JPEG": {"RGB", "L", "CMYK", "1"},
        "PNG": {"RGB", "L", "RGBA", "P", "1", "LA"},
        "WEBP": {"RGB", "RGBA"},
    }
    return mode if mode in allowed[form] else "RGB"


def _huge(side: int) -> bytes:
    """A PNG that says it is that large; what follows would be unpacked without end."""
    small = saved(scene(), "PNG")
    head = b"IHDR" + side.to_bytes(4, "big") * 2 + small[24:29]
    return small[:12] + head + zlib.crc32(head).to_bytes(4, "big") + small[33:]
