"""Small real pictures for tests, with what cameras and editors write into them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

GPS_IFD, MAKER, OWNER = 0x8825, 0x010F, 0xA430
SECRET = "31.2989N 120.5853E"


def scene(width: int = 48, height: int = 32, mode: str = "RGB") -> Image.Image:
    """A smooth picture whose corners differ, so that turning it shows."""
    image = Image.new("RGB", (width, height))
    image.putdata(
        [
            (255 * x // width, 255 * y // height, 40 + 120 * x * y // (width * height))
            for y in range(height)
            for x in range(width)
        ]
    )
    return image.convert(mode)


def telling(image: Image.Image, *, turned: int = 1) -> Image.Exif:
    """Notes of a camera that tell where and whose it is; ``turned`` is the orientation, 1 to 8."""
    exif = image.getexif()
    exif[0x0112] = turned
    exif[MAKER] = "SecretPhone"
    exif[0x9286] = SECRET
    exif.get_ifd(GPS_IFD).update(
        {1: "N", 2: (31.0, 17.0, 56.0), 3: "E", 4: (120.0, 35.0, 7.0), 29: "2026:11:30"}
    )
    return exif


def saved(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:  # Any: of the format
    """The picture as a file."""
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def photo(form: str = "JPEG", *, shade: int = 0, turned: int = 1) -> bytes:
    """A small photo full of notes; ``shade`` makes it another one."""
    image = scene(48 + shade)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more: dict[str, Any] = {"exif": telling(image, turned=turned), "icc_profile": profile}
    if form == "JPEG":
        more |= {"comment": SECRET.encode(), "quality": 92}
    if form == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", SECRET)
        notes.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
        more |= {"pnginfo": notes}
    if form != "PNG":
        more |= {"xmp": f"<x>{SECRET}</x>".encode()}
    return saved(image, form, **more)


def looks_like(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures of a size differ, 0 to 255, on average of all points."""
    assert one.size == other.size
    pairs = zip(one.convert("RGB").tobytes(), other.convert("RGB").tobytes(), strict=True)
    found = [abs(a - b) for a, b in pairs]
    return sum(found) / len(found)
